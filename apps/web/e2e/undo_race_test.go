package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// What somebody else changed since stays, the message says who and what, and the next press goes on past it.
func TestAnUndoThatIsRefusedSaysWhoAndTheNextGoesPastIt(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	grace := s.joined(t, "Grace", w)
	v := s.at(t, ada, w.page())
	other := s.at(t, grace, w.page())
	other.chord('z', input.ControlLeft)
	other.find(".toast p", "^There is nothing of yours to undo")
	for _, card := range []string{"b", "a"} {
		v.on(card)
		v.answers("/move", 200, func() { v.hit('>') })
	}
	must(grace.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	v.sentAll()

	v.on("b")
	v.hit('z')
	v.find(".toast p", "^Grace moved this card to “Done” since. Nothing was undone.$")
	v.find(".toast .small", "Request ")
	v.hit('z')
	v.wantSaid("Undone: moved “b” to “Doing”.")
	v.wantOn("b")
	ada.wantStored(t, w, "b", "", "a")
	v.hit('z')
	v.wantSaid("Undone: added “b” to “To do”.")
}

// A press on the message of a change that is under way takes back that change, and goes with it where it is refused.
func TestUndoBeforeTheChangeIsAnswered(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.on("b")
	v.answers("/move", 200, func() { v.hit('>') })
	v.slow(400)
	v.on("a")
	v.hit('>')
	v.click(".toast button", "Undo")
	v.wantOrder("To do: a", "Doing: b", "Done: ") // at once
	v.wantOn("a")
	v.wantSaid("Undone: moved “a” to “Doing”.")
	ada.wantStored(t, w, "a", "b", "")

	v.slow(0)
	v.deaf() // a stays where it can be pressed
	v.reload()
	must(ada.DeleteCard(t.Context(), w.ID, "1", 1))(t) // a, by somebody else
	v.slow(400)
	v.on("a")
	v.hit('>', 'z')
	v.find(".toast p", "no such card")
	v.sentAll()
	ada.wantStored(t, w, "", "b", "")
}

// A rename goes the way of all changes, so that what takes back the last one waits for it, and doesn't take the one before.
func TestUndoBeforeARenameIsAnswered(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.on("b")
	v.answers("/move", 200, func() { v.hit('>') })
	v.slow(400)
	v.on("a")
	v.hit('e')
	v.hit('x', input.Enter, 'z')
	v.wantOrder("To do: a", "Doing: b", "Done: ") // at once
	v.wantSaid("Undone: renamed “a” to “x”.")
	ada.wantStored(t, w, "a", "b", "")

	v.on("a")
	v.hit('e')
	v.hit('x', input.Enter, 'e')
	v.hit('y', input.Enter, 'z') // made over a version that there is only once the first is answered
	v.wantSaid("Undone: renamed “x” to “y”.")
	v.wantOrder("To do: x", "Doing: b", "Done: ")
	ada.wantStored(t, w, "x", "b", "")

	v.click("h2 a", "^Doing$")
	v.write(v.find(".retitle [name=title]"), "In hand")
	v.hit(input.Enter)
	v.leaving(func() { v.chord('z', input.ControlLeft) })
	v.find(".toast p", "Undone: renamed the column “Doing” to “In hand”.")
	v.wantColumns("To do, Doing, Done")

	v.click(".card a", "^x$")
	v.find("dialog h1", "^x$")
	v.hit('e')
	v.fill("#title", "xx")
	v.hit(input.Enter)
	v.find("dialog h1").MustFocus()
	v.chord('z', input.ControlLeft)
	v.find("dialog .toast p", "^Undone: renamed “x” to “xx”.$")
	ada.wantStored(t, w, "x", "b", "")
}

// wantSent waits until nothing is left to send; then a wall that stands open is loaded anew where it had to be.
func (p *person) wantSent(t *testing.T, w wall, v *visitor) {
	t.Helper()
	eventually(t, "all is sent, and shown", func() bool {
		return v.outbox() == "" && v.page.MustEval(`(seq) => Number(document.querySelector("[data-board]")?.dataset.seq ?? seq) === seq`, must(p.Board(t.Context(), w.ID))(t).Seq).Bool()
	})
}

// What was done and taken back at once is so on the server too, whatever page comes next.
func TestAPressedUndoIsMadeThoughThePageIsLeft(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	for _, next := range []string{"/account", w.page()} {
		v.slow(400)
		v.on("a")
		v.hit('>', 'z')
		v.open(next)
		ada.wantSent(t, w, v)
		ada.wantStored(t, w, "a b", "", "")
		v.open(w.page())
		v.on("b")
		v.hit('e')
		v.hit('x', input.Enter)
		v.open(next)
		ada.wantSent(t, w, v)
		ada.wantStored(t, w, "a x", "", "")
		v.slow(0)
		v.open(w.page())
		v.chord('z', input.ControlLeft)
		v.wantSaid("Undone: renamed “b” to “x”.")
		ada.wantStored(t, w, "a b", "", "")
	}
}

// leaveBehind is as if a page had been left before its changes were answered.
func (v *visitor) leaveBehind(changes string) {
	v.t.Helper()
	now := fmt.Sprintf(`"at":%d,"id":`, time.Now().UnixMilli())
	v.keep(`{"changes":` + strings.ReplaceAll(changes, `"id":`, now) + `}`)
	v.open("/account")
	v.sentAll()
}

// An undo that a page leaves behind is made by the next, of what it was pressed for, and once.
func TestAnUndoOutlivesItsPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.on("b")
	v.answers("/move", 200, func() { v.hit('>') })
	eventually(t, "the answer is known", func() bool { return v.outbox() == "" })
	own, undo := uuid.NewString(), uuid.NewString()
	move := fmt.Sprintf(`{"id":"`+own+`","path":"cards/%s/move","body":{"column_id":%q,"at":"end"}}`, w.Cards[0].Id, w.Columns[1])
	v.leaveBehind("[" + move + `,{"id":"` + undo + `","path":"undo","body":{},"of":"` + own + `"}]`)
	ada.wantStored(t, w, "a", "b", "")

	// Left behind once more, as if the answer hadn't come: the server knows it by its id.
	v.leaveBehind(`[{"id":"` + undo + `","path":"undo","body":{}}]`)
	ada.wantStored(t, w, "a", "b", "")
	// What it was for is refused.
	other := uuid.NewString()
	gone := strings.NewReplacer(w.Cards[0].Id.String(), w.ID.String(), own, other).Replace(move)
	v.leaveBehind("[" + gone + `,{"id":"` + uuid.NewString() + `","path":"undo","body":{},"of":"` + other + `"}]`)
	ada.wantStored(t, w, "a", "b", "")
}

// On a phone a message leaves free what has the focus.
func TestAMessageGivesWayToTheFocus(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 560)
	v.open(w.page())
	v.on("l")
	v.hit('n')
	v.hit('x', input.Enter)
	v.find(".toast p", "Added “x” to To do")
	if v.covers("document.activeElement.closest('form')") {
		t.Error("it covers the box that one writes in")
	}
	if got := v.focus(); got[:8] != "TEXTAREA" {
		t.Errorf("the focus is on %s", got)
	}

	v.reload()
	v.on("b")
	v.hit('<', 'c')
	v.find(".toast p", "Archived")
	if v.covers("document.querySelector('.column-foot')") {
		t.Error("it covers where cards are added")
	}
	under := `[...document.querySelectorAll(".card")].find((card) => card.getBoundingClientRect().bottom > document.querySelector("[data-toasts] .toast").getBoundingClientRect().top)`
	if !v.covers(under) {
		t.Fatal("it covers no card")
	}
	v.page.MustEval(`() => ` + under + `.querySelector("a").focus({ preventScroll: true })`)
	if v.covers("document.activeElement.closest('.card')") {
		t.Error("it covers the card that got the focus later")
	}
}

// covers reports whether the message lies over a part of the page.
func (v *visitor) covers(part string) bool {
	v.t.Helper()
	return v.page.MustEval(`() => {
		const toast = document.querySelector("[data-toasts] .toast").getBoundingClientRect(), part = ` + part + `.getBoundingClientRect()
		return toast.top < part.bottom && part.top < toast.bottom
	}`).Bool()
}

// What was just done is told by one page, and not by its reload or its kept address.
func TestWhatWasDoneIsSaidOnce(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page()+"/settings")
	v.fill("#new-label", "Urgent")
	v.follow("button", "Add label")
	v.find(".flash p", "Made the label “Urgent”.")
	if at := v.page.MustInfo().URL; strings.Contains(at, "did=") {
		t.Errorf("the address says it still: %s", at)
	}
	v.reload()
	if v.page.MustHas(".flash") || !v.says("Urgent") {
		t.Errorf("a reload says it again: %s", v.text())
	}
}
