package e2e_test

import (
	"fmt"
	"strings"
	"testing"

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
	eventually(t, "nothing is under way", func() bool { return v.outbox() == "" })

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
	must(ada.DeleteCard(t.Context(), w.ID, "1", 1))(t) // a, by somebody else
	v.slow(400)
	v.on("a")
	v.hit('>', 'z')
	v.find(".toast p", "no such card")
	eventually(t, "nothing is under way", func() bool { return v.outbox() == "" })
	ada.wantStored(t, w, "", "b", "")
}

// leaveBehind is as if a page had been left before its changes were answered.
func (v *visitor) leaveBehind(seq int64, changes string) {
	v.t.Helper()
	v.page.MustEval(`(seq, changes) => {
		const key = Object.keys(sessionStorage).find((k) => k.startsWith("changes:"))
		sessionStorage[key] = JSON.stringify({ seq, changes: JSON.parse(changes) })
	}`, seq, changes)
	v.open("/account")
	eventually(v.t, "nothing is left to send", func() bool { return v.outbox() == "" })
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
	seq := must(ada.Board(t.Context(), w.ID))(t).Seq
	own, undo := uuid.NewString(), uuid.NewString()
	move := fmt.Sprintf(`{"id":"`+own+`","path":"cards/%s/move","body":{"column_id":%q,"at":"end"}}`, w.Cards[0].Id, w.Columns[1])
	v.leaveBehind(seq, "["+move+`,{"id":"`+undo+`","path":"undo","body":{},"of":"`+own+`"}]`)
	ada.wantStored(t, w, "a", "b", "")

	// Left behind once more, as if the answer hadn't come: the server knows it by its id.
	v.leaveBehind(seq, `[{"id":"`+undo+`","path":"undo","body":{}}]`)
	ada.wantStored(t, w, "a", "b", "")
	// What it was for is refused.
	other := uuid.NewString()
	gone := strings.NewReplacer(w.Cards[0].Id.String(), w.ID.String(), own, other).Replace(move)
	v.leaveBehind(seq+2, "["+gone+`,{"id":"`+uuid.NewString()+`","path":"undo","body":{},"of":"`+other+`"}]`)
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
	v.resize(390, 500)
	v.open(w.page())
	v.on("l")
	v.hit('n')
	v.hit('x', input.Enter)
	v.find(".toast p", "Added x to To do")
	if covered := v.page.MustEval(`() => {
		const toast = document.querySelector("[data-toasts] .toast").getBoundingClientRect(), box = document.activeElement.closest("form").getBoundingClientRect()
		return toast.top < box.bottom && box.top < toast.bottom
	}`).Bool(); covered {
		t.Error("it covers the box that one writes in")
	}
	if got := v.focus(); got[:8] != "TEXTAREA" {
		t.Errorf("the focus is on %s", got)
	}
}
