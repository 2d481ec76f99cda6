package e2e_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// joined puts a second person on a board, as an editor.
func (s *stack) joined(t *testing.T, name string, w wall) *person {
	t.Helper()
	p := s.person(t, name)
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, w.ID, must(p.Me(t.Context()))(t).Id)
	return p
}

// Each change is told on the page that follows, and taken back by the button there.
func TestUndoWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.visitor(t)
	v.script(false)
	v.borrow(ada)
	v.open(w.page())
	told := func(sentence, way string) {
		t.Helper()
		v.find(".flash p", "^"+sentence+"$")
		v.follow(".flash button", way)
	}

	v.addCard("d")
	told("Added “d” to “To do”.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")
	told("Undone: added “d” to “To do”.", "Redo")
	v.wantOrder("To do: a b c d", "Doing: ", "Done: ")
	told("Redone: added “d” to “To do”.", "Undo")

	if adds := v.column(0).MustElements(".adds"); len(adds) > 0 {
		v.pressOpening(adds[0], ".adder[open]")
	}
	v.fill(".adder[open] textarea", "e\nf")
	v.follow("[data-each]")
	told("Added 2 cards to “To do”.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")
	told("Undone: added 2 cards to “To do”.", "Redo")
	v.wantOrder("To do: a b c e f", "Doing: ", "Done: ")
	told("Redone: added 2 cards to “To do”.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")

	v.moveByForm("a", "Doing", "At the top")
	told("Moved “a” to “Doing”.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")
	v.moveByForm("c", "", "At the top")
	told("Moved “c” within “To do”.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")

	v.follow(".card a", "^b$")
	v.click(".detail-title summary")
	v.fill("#title", "bb")
	v.follow("button", "Save title")
	told("Renamed “b” to “bb”.", "Undo")
	v.find("h1", "^b$")
	v.find(".flash p", "Undone: renamed “b” to “bb”.")
	v.follow("a", "Delete…")
	v.follow("button", "Delete the card")
	told("Deleted “b”.", "Undo")
	v.find("h1", "^b$")
	told("Undone: deleted “b”.", "Redo")
	v.wantOrder("To do: a c", "Doing: ", "Done: ")
	told("Redone: deleted “b”.", "Undo")
	v.follow(".card a", "^b$")
	v.follow("button", "Archive")
	told("Archived “b”.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")

	v.follow(".tabs a", "Settings")
	v.fill("#new-label", "Urgent")
	v.follow("button", "Add label")
	told("Made the label “Urgent”.", "Undo")
	if v.page.MustHas("#labels ul") {
		t.Error("the label is there still")
	}
	told("Undone: made the label “Urgent”.", "Redo")
	v.click("#labels .unfold > summary")
	v.click("#labels .asks > summary")
	v.follow("button", "Delete label")
	told("Deleted the label “Urgent”.", "Undo")
	v.find("#labels .label", "Urgent")

	v.open(w.page() + "?select=1")
	v.press(v.card("a").MustElement(".pick"))
	v.press(v.card("c").MustElement(".pick"))
	v.press(v.card("a").MustElement(".pick"))
	v.follow(".selection button", "Archive")
	told("Archived 2 cards.", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")
	told("Undone: archived 2 cards.", "Redo")
	v.wantOrder("To do: b", "Doing: ", "Done: ")
	v.click(".switcher summary")
	v.follow(".switcher button", "Undo")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")

	bare := must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Bare"}))(t)
	v.open("/boards/" + bare.Id.String())
	v.follow("button", "Add To do, Doing, Done")
	told("Added 3 columns.", "Undo")
	v.find("button", "Add To do, Doing, Done")
	told("Undone: added 3 columns.", "Redo")
	v.wantColumns("To do, Doing, Done")
	v.open("/boards/" + bare.Id.String() + "/settings")
	v.follow("#danger form button", "^Archive")
	v.follow(".notice button", "Undo")
	v.find(".flash p", "^Undone: archived the board.$")
	v.wantColumns("To do, Doing, Done")
}

func TestAnUndoThatIsRefusedGoesOnPastItWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	grace := s.joined(t, "Grace", w)
	v := s.visitor(t)
	v.script(false)
	v.borrow(ada)
	v.open(w.page())
	v.moveByForm("b", "Doing", "At the top")
	v.moveByForm("a", "Doing", "At the top")
	must(grace.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)

	v.follow(".flash button", "Undo")
	v.find("h1", "Nothing was undone")
	if v.status() != 409 || !v.says("Grace moved this card to “Done” since.") || !v.says("Request ") {
		t.Errorf("%d %s", v.status(), v.text())
	}
	v.follow("main button", "Undo what was before it")
	v.wantOrder("To do: b", "Doing: ", "Done: a")
	v.find(".flash p", "Undone: moved “b” to “Doing”.")
}

// A form that is sent again, as when no answer came, tells of what it made: not of what was done since.
func TestAFormThatIsSentAgainTellsOfWhatItMade(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for form, c := range map[string]struct{ name, said string }{
		"/cards":           {"title", "Added “x” to “To do”."},
		"/columns":         {"title", "Added the column “x”."},
		"/settings/labels": {"name", "Made the label “x”."},
	} {
		w := ada.wall(t, "Garden", "a")
		fields := url.Values{"id": {uuid.Must(uuid.NewV7()).String()}, c.name: {"x"}, "column_id": {w.Columns[0].String()}, "hue": {"red"}}
		send := func() string {
			return ada.submit(t, w.page()+form, fields).Header.Get("Location")
		}
		first := send()
		must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
		again := send()
		if page := ada.get(t, again).Body; again != first || !strings.Contains(page, c.said) {
			t.Errorf("%s: it led to %s, again to %s, which doesn't say %s", form, first, again, c.said)
		}
	}
}
