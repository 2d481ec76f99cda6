package e2e_test

import (
	"slices"
	"testing"
	"time"

	"cardwall/packages/kanbanapi"
)

// joins puts somebody on a board.
func (s *stack) joins(t *testing.T, who *person, w wall, role string) {
	t.Helper()
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, $3)`, w.ID, must(who.Me(t.Context()))(t).Id, role)
}

// becomes waits until the wall shows an order.
func (v *visitor) becomes(want ...string) {
	v.t.Helper()
	deadline := time.Now().Add(patience)
	for got := v.order(); !slices.Equal(got, want); got = v.order() {
		if time.Now().After(deadline) {
			v.t.Fatalf("on the wall %q, want %q", got, want)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Two people look at one board: what one does, the other sees.
func TestTwoPeopleSeeWhatEachOtherDoes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b", "c")
	s.joins(t, bob, w, "editor")
	a, b := s.at(t, ada, w.page()), s.at(t, bob, w.page())

	a.card("a").MustElement("a").MustFocus()
	a.hit('>')
	b.becomes("To do: b c", "Doing: a", "Done: ")
	b.card("c").MustElement("a").MustFocus()
	b.hit('<')
	must(bob.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	for _, v := range []*visitor{a, b} {
		v.becomes("To do: c", "Doing: a", "Done: b")
	}

	a.addCard("seeds")
	b.becomes("To do: c seeds", "Doing: a", "Done: b")
	b.find(".card .card-no", "#4")
}
