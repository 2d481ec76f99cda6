package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// on puts the keyboard's focus on a card.
func (v *visitor) on(card string) {
	v.t.Helper()
	v.card(card).MustElement(".card-title a").MustFocus()
}

// press keys together, as Ctrl and z.
func (v *visitor) chord(key input.Key, with ...input.Key) {
	v.t.Helper()
	v.do(v.page.KeyActions().Press(with...).Type(key).Do())
}

// Whatever is done with cards on the wall is taken back by a click on its message, without a new page.
func TestCardsAreUndoneByTheirMessage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Urgent", Hue: kanbanapi.Red}))(t)
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => { window.isSame = true }`)
	asBefore := []string{"To do: a b c", "Doing: ", "Done: "}
	undo := func(did, undone string) {
		t.Helper()
		v.find("[data-toasts] .toast p", "^"+did+"$")
		v.click("[data-toasts] .toast button", "Undo")
		v.find("[data-toasts] .toast p", "^Undone: "+undone+"\\.$")
		v.wantOrder(asBefore...)
		ada.wantStored(t, w, "a b c", "", "")
	}

	v.on("b")
	v.hit('>')
	undo("Moved to Doing, 1 of 1", "moved “b” to “Doing”")
	v.wantOn("b")
	v.drag("c", v.card("a"), -20, "To do: c a b", "Doing: ", "Done: ")
	undo("Moved to To do, 1 of 3", "moved “c” within “To do”")
	v.on("b")
	v.hit('c')
	undo("Archived “b”", "archived “b”")
	v.on("b")
	v.hit('e')
	v.hit('b', 'b', input.Enter)
	undo("Renamed to bb", "renamed “b” to “bb”")
	v.wantOn("b")
	v.addCard("d")
	undo("Added “d” to To do", "added “d” to “To do”")

	choose := func() {
		t.Helper()
		v.on("a")
		v.hit('s')
		v.on("c")
		v.hit('s')
	}
	choose()
	v.click(".selection button", "Archive")
	undo("Archived 2 cards", "archived 2 cards")
	choose()
	v.click(".selection summary", "Move to")
	v.click(".selection button", "Done")
	undo("Moved 2 cards to Done", "moved 2 cards to “Done”")
	choose()
	v.click(".selection summary", "Label")
	v.click(".selection button", "Urgent")
	undo("Put Urgent on 2 cards", "put “Urgent” on 2 cards")
	if v.page.MustHas(".card .label") {
		t.Error("a card wears the label still")
	}

	v.click(".toast button", "Redo")
	v.find(".toast p", "^Redone: put “Urgent” on 2 cards.$")
	if got := len(v.page.MustElements(".card .label")); got != 2 {
		t.Errorf("%d cards wear the label again", got)
	}
	if !v.page.MustEval(`() => window.isSame === true`).Bool() {
		t.Error("the page was loaded again")
	}
	if counts := v.page.MustEval(`() => [...document.querySelectorAll(".column-head [data-count-text]")].map((c) => c.textContent).join()`).Str(); counts != "3,0,0" {
		t.Errorf("the columns count %s", counts)
	}
}

// A message stays its 8 seconds, or 10 with nothing to take back, and longer while somebody has the pointer or the focus on it, be it the page's or the server's. The clock is
// the test's.
func TestAMessageWaitsForWhoeverIsOnIt(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.page.MustEvalOnNewDocument(`
		const real = window.setTimeout
		window.timers = []
		window.setTimeout = (act, time, ...rest) => ([8000, 10000].includes(time) ? timers.push({ act, time }) : real(act, time, ...rest))
		window.pass = () => { const due = timers; timers = []; due.forEach(({ act }) => act()); return timers.length }
	`)
	v.open(w.page())
	pass := func(waits bool) {
		t.Helper()
		v.page.MustEval(`() => pass()`)
		if stays := v.page.MustHas(".toast"); stays != waits {
			t.Errorf("after its time it is there: %t", stays)
		}
	}
	told := func(card string, key input.Key, message, time string, held ...input.Key) {
		t.Helper()
		v.on(card)
		v.chord(key, held...)
		v.find("[data-toasts] .toast p", message)
		if times := v.page.MustEval(`() => timers.map(({ time }) => time).join()`).Str(); times != time {
			t.Errorf("%s waits for %s ms", message, times)
		}
	}
	told("a", '>', "^Moved to Doing", "8000")
	pass(false)
	told("b", 'Z', "^There is nothing to redo", "10000", input.ShiftLeft)
	pass(false)

	told("b", '>', "^Moved to Doing", "8000")
	v.find("[data-toasts] .toast").MustHover()
	pass(true)
	pass(true)
	v.page.Mouse.MustMoveTo(5, 5)
	v.find("[data-toasts] .toast button").MustFocus()
	pass(true)
	v.page.MustEval(`() => document.activeElement.blur()`)
	pass(false)

	v.open(w.page() + "/settings")
	v.fill("#new-label", "Urgent")
	v.follow("button", "Add label")
	v.find(".flash button", "Undo").MustFocus()
	pass(true)
	v.page.MustEval(`() => document.activeElement.blur()`)
	pass(false)
}

// z goes back through what one did, Shift with it forth, wherever the focus is but in a text field.
func TestUndoByKeys(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.on("a")
	v.hit('>')
	v.wantSaid("Moved to Doing, 1 of 1")
	v.hit('>')
	v.wantSaid("Moved to Done, 1 of 1")
	v.hit('z')
	v.wantSaid("Undone: moved “a” to “Done”.")
	v.wantOrder("To do: b", "Doing: a", "Done: ")
	v.wantOn("a")
	v.chord('z', input.ControlLeft)
	v.wantSaid("Undone: moved “a” to “Doing”.")
	v.wantOrder("To do: a b", "Doing: ", "Done: ")
	v.chord('Z', input.ShiftLeft)
	v.wantSaid("Redone: moved “a” to “Doing”.")
	v.chord('Z', input.ControlLeft, input.ShiftLeft)
	v.wantSaid("Redone: moved “a” to “Done”.")
	v.wantOrder("To do: b", "Doing: ", "Done: a")
	ada.wantStored(t, w, "b", "", "a")
	v.chord('Z', input.ShiftLeft)
	v.find(".toast p", "There is nothing to redo")

	v.on("b")
	v.hit('n')
	v.hit('x', 'y')
	v.chord('z', input.ControlLeft) // the field's own
	v.hit(input.Escape)
	ada.wantStored(t, w, "b", "", "a")

	v.click(".card a", "^b$")
	v.find("dialog h1", "^b$")
	v.hit('e')
	v.fill("#title", "bb")
	v.hit(input.Enter)
	v.find("dialog .toast p", "^Renamed “b” to “bb”.$")
	v.find("dialog h1", "^bb$").MustFocus()
	v.chord('z', input.ControlLeft)
	v.find("dialog .toast p", "^Undone: renamed “b” to “bb”.$")
	v.find("dialog h1", "^b$")
	v.hit(input.Escape)
	v.find(".card a", "^b$")
}

func TestAColumnIsUndoneOnAPageAnew(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	undo := func(did, undone string) {
		t.Helper()
		v.find("[data-toasts] .toast p", "^"+did+"$")
		v.leaving(func() { v.click("[data-toasts] .toast button", "Undo") })
		v.find("[data-toasts] .toast p", "^Undone: "+undone+"\\.$")
		v.wantColumns("To do, Doing, Done")
	}
	v.dragColumn("To do", "Done", 200)
	undo("Moved To do, 3 of 3", "moved the column “To do”")
	v.click("h2 a", "^Doing$")
	v.write(v.find(".retitle [name=title]"), "In hand")
	v.hit(input.Enter)
	undo("Renamed to In hand", "renamed the column “Doing” to “In hand”")
	v.wantFocus("#column-" + w.Columns[1].String() + " h2 a") // where it was, on the page anew
	v.openColumnMenu("To do")
	v.follow(".column-tools .menu button", "Archive")
	undo("Archived the column “To do” and its 1 card.", "archived the column “To do”")
	v.click(".switcher summary")
	v.leaving(func() { v.click(".switcher button", "Redo") })
	v.wantColumns("Doing, Done")
	v.click("h2 a", "^Doing$")
	v.write(v.find(".retitle [name=title]"), "In hand")
	v.hit(input.Enter)
	v.find("[data-toasts] .toast p", "^Renamed to In hand$")
	v.sentAll()
	v.inColumnMenu("In hand", "button", "Delete column") // at the version that the name has made it
	v.find("[data-toasts] .toast p", "^Deleted the column “In hand”.$")
	v.wantColumns("Done")
}
