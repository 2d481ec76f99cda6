package rest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"cardwall/packages/kanbanapi"
)

// Eight people move, archive, restore and add at once: nothing is lost, nothing doubled, every reader sees one
// order, and the activity counts without a gap.
func TestConcurrentChangesKeepOneOrder(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	titles := make([]string, 30)
	for i := range titles {
		titles[i] = fmt.Sprintf("c%02d", i)
	}
	w := ada.wall(t, titles...)

	var group errgroup.Group
	for range 8 {
		group.Go(func() error { return ada.shuffle(t, w, 25) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}

	first, second := ada.order(t, w.ID), ada.order(t, w.ID)
	if !slices.Equal(first, second) {
		t.Errorf("two readers see two orders:\n%q\n%q", first, second)
	}
	onWall := strings.Fields(strings.Join(first, " "))
	slices.Sort(onWall)
	if len(slices.Compact(slices.Clone(onWall))) != len(onWall) || len(onWall) != len(titles)+8 {
		t.Errorf("%d cards on the wall, or some twice: %q", len(onWall), onWall)
	}
	wantGapless(t, ada, w)
}

// shuffle makes n random moves, with an archive and restore of every tenth card, and adds one card.
func (p *person) shuffle(t *testing.T, w wall, n int) error {
	start, end := kanbanapi.Start, kanbanapi.End
	for i := range n {
		card := fmt.Sprint(1 + rand.IntN(len(w.Cards)))
		at := &start
		if i%2 == 0 {
			at = &end
		}
		if _, err := p.MoveCard(t.Context(), w.ID, card, kanbanapi.CardMove{ColumnId: w.Columns[rand.IntN(3)], At: at}); err != nil && !isArchived(err) {
			return err
		}
		if i%10 == 0 {
			if _, err := p.ArchiveCard(t.Context(), w.ID, card); err != nil {
				return err
			}
			if _, err := p.RestoreCard(t.Context(), w.ID, card); err != nil {
				return err
			}
		}
	}
	_, err := p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: fmt.Sprintf("new%d", rand.Int64())})
	return err
}

// isArchived tells a move that met a card which another was just restoring.
func isArchived(err error) bool { return strings.HasPrefix(err.Error(), "archived:") }

func wantGapless(t *testing.T, p *person, w wall) {
	t.Helper()
	var seq int64
	for {
		part := must(p.Activity(t.Context(), w.ID, seq, 100))(t)
		for _, activity := range part.Items {
			if activity.Seq != seq+1 {
				t.Fatalf("after %d comes %d", seq, activity.Seq)
			}
			seq = activity.Seq
		}
		if len(part.Items) == 0 {
			if seq != part.Seq {
				t.Errorf("the activity ends at %d, the board is at %d", seq, part.Seq)
			}
			return
		}
	}
}
