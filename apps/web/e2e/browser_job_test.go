package e2e_test

import (
	"net/http"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

func TestTheMainJobInABrowser(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.visitor(t)
	ada.signUp("Ada", "ada@example.org")
	ada.buildWall()
	board := ada.path()
	ada.wantOrder("To do: a b c d e", "Doing: ", "Done: ")

	ada.drag("a", ada.column(1), 0, "To do: b c d e", "Doing: a", "Done: ")
	ada.drag("d", ada.card("a"), 70, "To do: b c e", "Doing: a d", "Done: ")
	ada.drag("e", ada.card("b"), -20, "To do: e b c", "Doing: a d", "Done: ")
	ada.drag("d", ada.card("a"), -20, "To do: e b c", "Doing: d a", "Done: ")

	ada.click(".card a", "^b$")
	ada.click("dialog .detail-title summary")
	ada.fill("#title", "bb")
	ada.hit(input.Enter)
	ada.find("dialog h1", "^bb$")
	ada.hit(input.Escape)
	ada.find(".card a", "^bb$")
	ada.openMenu("c")
	ada.click(".card > .menu button", "Archive")
	ada.find(".toast", "Archived “c”")
	ada.wantOrder("To do: e bb", "Doing: d a", "Done: ")
	ada.comeBack(board, "ada@example.org")
	ada.wantOrder("To do: e bb", "Doing: d a", "Done: ")
	ada.reload()
	ada.wantOrder("To do: e bb", "Doing: d a", "Done: ")

	eve := s.visitor(t)
	eve.signUp("Eve", "eve@example.org")
	for _, path := range []string{board, board + "/cards/1"} {
		eve.open(path)
		if status := eve.status(); status != http.StatusNotFound || !eve.says("Nothing here") || eve.says("Garden") {
			t.Errorf("Eve at %s: %d %s", path, status, eve.text())
		}
	}
}

// buildWall makes a board of the template that is offered first, with five cards in the first of its three columns.
func (v *visitor) buildWall() {
	v.t.Helper()
	v.createBoard("Garden")
	for _, card := range []string{"a", "b", "c", "d", "e"} {
		v.addCard(card)
	}
}

// comeBack signs out and in again by way of the board.
func (v *visitor) comeBack(board, email string) {
	v.t.Helper()
	v.signOut()
	v.open(board)
	if v.path() != "/sign-in" {
		v.t.Fatalf("a guest is at %s", v.path())
	}
	v.signIn(email)
	if v.path() != board {
		v.t.Fatalf("the sign-in led to %s, not back to %s", v.path(), board)
	}
}

func TestTheMainJobWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.visitor(t)
	ada.script(false)
	ada.signUp("Ada", "ada@example.org")
	ada.buildWall()
	board := ada.path()

	ada.moveByForm("a", "Doing", "At the top")
	ada.moveByForm("d", "Doing", "After #1 a")
	ada.moveByForm("e", "", "At the top")
	ada.wantOrder("To do: e b c", "Doing: a d", "Done: ")

	ada.follow(".card a", "^b$")
	ada.click(".detail-title summary")
	ada.fill("#title", "bb")
	ada.follow("button", "Save title")
	ada.click("summary", "Edit")
	ada.fill("#description", "Two\nlines")
	ada.follow("button", "Save description")
	if !ada.says("Two\nlines") {
		t.Error("the description isn't shown as it was written")
	}
	ada.follow("a", "Back to the board")
	ada.openMenu("c")
	ada.follow(".card > .menu button", "Archive")
	ada.wantOrder("To do: e bb", "Doing: a d", "Done: ")
	ada.follow("button", "Undo")
	ada.wantOrder("To do: e bb c", "Doing: a d", "Done: ")
	ada.comeBack(board, "ada@example.org")
	ada.wantOrder("To do: e bb c", "Doing: a d", "Done: ")
	if ada.page.MustHas(".is-draggable") {
		t.Error("a script ran")
	}
}

// moveByForm goes by a card's menu to the form that moves it; column "" leaves it where it is.
func (v *visitor) moveByForm(card, column, place string) {
	v.t.Helper()
	v.openMenu(card)
	v.follow(".card > .menu a", "Move to…")
	if column != "" {
		v.follow(".choices a", column)
	}
	v.choose("#place", place)
	v.follow("button", "Move the card")
}

// openMenu opens a card's own menu, which shows under the mouse.
func (v *visitor) openMenu(card string) {
	v.t.Helper()
	v.hover(v.card(card))
	v.pressOpening(v.card(card).MustElement(".more"), ".card > .menu")
}

func TestADragThatIsRefusedGoesBackAndSaysWhy(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, "/boards")
	v.deaf()
	v.open(w.page())
	must(ada.ArchiveBoard(t.Context(), w.ID))(t)
	v.carry("b", v.column(1), 0, "To do: a c", "Doing: b", "Done: ")
	v.drop()
	v.find(".toast", "archive")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")
	must(ada.RestoreBoard(t.Context(), w.ID))(t)
	v.drag("b", v.column(2), 0, "To do: a c", "Doing: ", "Done: b")
	ada.wantStored(t, w, "a c", "", "b")
}

func TestEscapePutsACarriedCardBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.visitor(t)
	ada.signUp("Ada", "ada@example.org")
	ada.buildWall()
	ada.carry("b", ada.column(1), 0, "To do: a c d e", "Doing: b", "Done: ")
	ada.hit(input.Escape)
	ada.drop()
	ada.wantOrder("To do: a b c d e", "Doing: ", "Done: ")
}
