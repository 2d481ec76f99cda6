package e2e_test

import (
	"math"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

func TestAMoveAndAColumnsSettingsOverTheBoard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => { window.isTheSame = true }`)

	// By mouse: the place is chosen over the board, and the wall changes at once.
	v.openMenu("a")
	v.click(".card > .menu a", "Move to")
	v.find("dialog h1", "Move “a”")
	v.wantFocus("dialog h1")
	if v.path() != w.page()+"/cards/1/move" || v.page.MustHas(".card > .menu") {
		t.Errorf("the dialog is at %s", v.path())
	}
	v.wantNoViolations("move-over-board", false)
	v.click("dialog .choices a", "Done")
	v.find("dialog label", "Where in Done")
	v.wantFocus("dialog .choices [aria-current]")
	v.answers("/move", 200, func() { v.click("dialog button", "Move the card") })
	v.wantOrder("To do: b c", "Doing: ", "Done: a")
	v.wantFocus("#card-1 a")
	ada.wantStored(t, w, "b c", "", "a")

	// Back and Cancel close it, the choice of a column being no step of its own.
	v.openMenu("b")
	v.click(".card > .menu a", "Move to")
	v.click("dialog .choices a", "Doing")
	v.find("dialog label", "Where in Doing")
	v.click("dialog a", "Cancel")
	v.wantShut(w.page(), "#card-2 > .more")
	v.page.MustEval(`() => history.forward()`)
	v.find("dialog label", "Where in Doing")
	v.page.MustEval(`() => history.back()`)
	v.wantShut(w.page(), "#card-2 > .more")

	// By keyboard: among the cards of its own column, and out again.
	v.find("#card-3 a").MustFocus()
	v.hit('m')
	v.wantFocus("dialog h1")
	v.hit(input.Escape)
	v.wantShut(w.page(), "#card-3 a")
	v.hit('m')
	v.wantFocus("dialog h1")
	v.tabTo("SELECT.")
	v.hit(input.Home)
	v.hit(input.Tab)
	v.answers("/move", 200, func() { v.hit(input.Enter) })
	v.wantOrder("To do: c b", "Doing: ", "Done: a")
	v.wantSaid("Moved to To do, 1 of 2")
	v.wantFocus("#card-3 a")

	// From the card's own dialog, Cancel leads back there; archiving shows the wall with the way back.
	v.click(".card a", "^b$")
	v.find("dialog h1", "^b$")
	v.click("dialog .actions a", "Move to")
	v.find("dialog h1", "Move “b”")
	v.click("dialog a", "Cancel")
	v.find("dialog h1", "^b$")
	v.answers("/archive", 200, func() { v.click("dialog .actions button", "Archive") })
	v.find(".toast", "Archived “b”")
	v.wantShut(w.page(), "#card-3 a")
	v.click(".toast button", "Undo")
	ada.wantStored(t, w, "c b", "", "a")

	// A column's settings: what is refused stays in the dialog, what is saved is on the wall.
	v.openColumnMenu("Doing")
	v.click(".column-tools .menu a", "Name, WIP limit")
	v.find("dialog h1", "Edit “Doing”")
	v.wantFocus("dialog h1")
	v.wantNoViolations("column-edit-over-board", false)
	v.fill("dialog #column-title", "In hand")
	v.fill("dialog #column-limit", "1000")
	v.page.MustEval(`() => { document.querySelector("dialog form").noValidate = true }`)
	v.click("dialog button", "Save column")
	v.find("dialog #column-limit-fault", ".")
	v.fill("dialog #column-limit", "2")
	v.click("dialog label", "Teal")
	v.click("dialog button", "Save column")
	v.wantShut(w.page(), "#column-"+w.Columns[1].String()+" .column-tools .more")
	v.wantOnServer(ada, w, "To do, In hand, Done")
	v.find(".column-head .hue-teal")
	v.find(".column-head [data-count-text]", "0 / 2")
	v.card("c").MustElement("a").MustFocus()
	v.hit('>')
	v.wantSaid("Moved to In hand, 1 of 1")
	ada.wantStored(t, w, "b", "c", "a")

	if !v.page.MustEval(`() => window.isTheSame`).Bool() {
		t.Error("the board was left on the way")
	}

	// All cards of a column: the board is drawn anew, with the focus on the column that they came to.
	v.openColumnMenu("To do")
	v.click(".column-tools .menu a", "Move all cards")
	v.find("dialog h1", "Move all cards of “To do”")
	v.click("dialog label", "Done")
	v.leaving(func() { v.click("dialog button", "Move 1 card") })
	v.wantOrder("To do: ", "In hand: c", "Done: a b")
	v.wantFocus("#column-" + w.Columns[2].String() + " h2 a")
	v.find(".toast", "Moved “b” to “Done”")
}

// What somebody else changed meanwhile is on the wall when the dialog is shut.
func TestAColumnsSettingsThatAreStale(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.deaf() // so that the name comes with the page that the dialog has drawn when it is shut
	v.reload()
	v.openColumnMenu("Doing")
	v.click(".column-tools .menu a", "Name, WIP limit")
	v.fill("dialog #column-title", "Mine")
	must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 1, kanbanapi.ColumnPatch{Title: ref("Theirs")}))(t)
	v.click("dialog button", "Save column")
	v.find("dialog form", "its name is “Theirs” now")
	v.click("dialog a", "Leave it as it is now")
	v.wantShut(w.page(), "#column-"+w.Columns[1].String()+" .column-tools .more")
	v.find("h2", "^Theirs$")
	v.wantFocus("#column-" + w.Columns[1].String() + " .column-tools .more")
	v.wantOnServer(ada, w, "To do, Theirs, Done")
}

// A menu that was left by keyboard doesn't lie over what one came to.
func TestTabbingOutOfAMenuShutsIt(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.click(".card a", "^a$")
	v.find("dialog h1", "^a$")
	v.click("#labels > summary")
	v.wantFocus("#label-name")
	v.tabTo("BUTTON.btn Create label")
	v.find("#labels[open]")
	v.hit(input.Tab)
	v.find("#labels:not([open])")
	v.wantFocus("dialog [data-key=d]")
	v.hit(input.Enter)
	v.wantFocus("#due")
	v.do(v.page.KeyActions().Press(input.ShiftLeft).Type(input.Tab, input.Tab).Do())
	v.find("dialog details:has(> [data-key=d]):not([open])")
}

func TestTheDialogsCrossStandsInItsRow(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.visitor(t)
	v.borrow(ada)
	for _, width := range []int{1280, 390} {
		v.resize(width, 800)
		v.open(w.page())
		v.press(v.card("a"))
		v.find("dialog h1", "^a$")
		apart := v.page.MustEval(`() => {
			const top = (selector) => document.querySelector(selector).getBoundingClientRect().top
			return top(".dialog-close") - top("dialog [data-copy]")
		}`).Num()
		if math.Abs(apart) > 0.5 {
			t.Errorf("at %d px the cross is %v px below its row", width, apart)
		}
	}
}

// wantShut waits until the dialog is away, and who it leads to has the focus.
func (v *visitor) wantShut(path, focus string) {
	v.t.Helper()
	eventually(v.t, "the dialog is shut", func() bool { return !v.page.MustHas("dialog[open]") })
	v.wantFocus(focus)
	if v.path() != path {
		v.t.Errorf("the address is %s, want %s", v.path(), path)
	}
}
