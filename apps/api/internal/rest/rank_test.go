package rest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// ranksOf are the cards of a column's, as a page that shows them knows them.
func (p *person) ranksOf(t *testing.T, w wall) map[uuid.UUID]string {
	t.Helper()
	known := map[uuid.UUID]string{}
	for _, card := range must(p.Board(t.Context(), w.ID))(t).Columns[0].Cards {
		known[card.Id] = card.Rank
	}
	return known
}

// inOrder are the titles of cards by their ranks.
func inOrder(w wall, ranks map[uuid.UUID]string) string {
	titles := make([]string, 0, len(ranks))
	for title := range w.Cards {
		titles = append(titles, title)
	}
	slices.SortFunc(titles, func(a, b string) int { return strings.Compare(ranks[w.Cards[a].Id], ranks[w.Cards[b].Id]) })
	return strings.Join(titles, " ")
}

// Who looks on puts each card where its event's rank says, among those that were read; new ranks for all are told.
func TestAnEventsRankLeadsToItsPlace(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c", "d")
	known, renewed := ada.ranksOf(t, w), 0
	seq := must(ada.Board(t.Context(), w.ID))(t).Seq
	for i := range 400 { // into one gap, until it is too narrow
		card := []string{"3", "4"}[i%2]
		moved := must(ada.MoveCard(t.Context(), w.ID, card, kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["a"].Id)}))(t)
		event := must(ada.Activity(t.Context(), w.ID, seq, 1))(t).Items[0]
		seq = event.Seq
		known[*event.CardId] = event.After["rank"].(string)
		if moved.Rank != known[moved.Id] {
			t.Fatalf("the answer says %q, the event %q", moved.Rank, known[moved.Id])
		}
		if event.After["renewed"] == true {
			known = ada.ranksOf(t, w)
			renewed++
		}
		want := []string{"a c d b", "a d c b"}[i%2]
		if i == 0 {
			want = "a c b d"
		}
		if got := inOrder(w, known); got != want {
			t.Fatalf("after %d moves who looks on has %q, want %q", i+1, got, want)
		}
	}
	if renewed == 0 {
		t.Error("the ranks were never renewed")
	}
}
