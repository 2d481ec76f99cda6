package rest_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// cardsInPlay is how many cards the people below fight for: few, so that they meet.
const cardsInPlay = 8

// step is one request of one of them.
type step struct {
	verb         string
	card, beside int // of the cards in play
	others       int // how many cards after the first a batch has
	column       int
	where        string
}

func drawStep(t *rapid.T) step {
	return step{
		verb:   rapid.SampledFrom([]string{"move", "move", "batch", "archive", "archive all", "restore"}).Draw(t, "verb"),
		card:   rapid.IntRange(0, cardsInPlay-1).Draw(t, "card"),
		beside: rapid.IntRange(0, cardsInPlay-1).Draw(t, "beside"),
		others: rapid.IntRange(0, 3).Draw(t, "others"),
		column: rapid.IntRange(0, 2).Draw(t, "column"),
		// Most go into the same gap, so that its ranks grow.
		where: rapid.SampledFrom([]string{"after", "after", "after", "before", "start", "end"}).Draw(t, "where"),
	}
}

// take does the step; that another was faster and archived the card or took the neighbour away is no failure.
func (s step) take(t *testing.T, p *person, w wall, cards []uuid.UUID) error {
	batch := kanbanapi.CardBatch{}
	for i := range s.others + 1 {
		batch.CardIds = append(batch.CardIds, cards[(s.card+i)%len(cards)])
	}
	var err error
	switch card := cards[s.card].String(); s.verb {
	case "move":
		_, err = p.MoveCard(t.Context(), w.ID, card, s.place(w, cards))
	case "archive":
		_, err = p.ArchiveCard(t.Context(), w.ID, card)
	case "restore":
		_, err = p.RestoreCard(t.Context(), w.ID, card)
	case "archive all":
		batch.Archive = ref(true)
		_, err = p.ChangeCards(t.Context(), w.ID, batch)
	case "batch":
		batch.Move = to(s.place(w, cards))
		_, err = p.ChangeCards(t.Context(), w.ID, batch)
	}
	if problem.Is(err, problem.Conflict) || problem.Is(err, problem.Invalid) { // Invalid: beside itself
		return nil
	}
	return err
}

func (s step) place(w wall, cards []uuid.UUID) kanbanapi.CardMove {
	place := kanbanapi.CardMove{ColumnId: w.Columns[s.column]}
	switch at := kanbanapi.CardMoveAt(s.where); s.where {
	case "after":
		place.After = &cards[s.beside]
	case "before":
		place.Before = &cards[s.beside]
	default:
		place.At = &at
	}
	return place
}

// People move, archive, restore and batch at the same time, partly on ranks that are near their limit: in the end there
// is one order for all readers, no two cards in one place, no card lost, no rank of 64 characters, and the activity
// leads from the first state to the last without a gap.
func TestOrderHoldsWhateverPeopleDoAtOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	rapid.Check(t, func(rt *rapid.T) {
		w := ada.wall(t)
		a.member(t, w.ID, bob, "editor")
		cards := make([]uuid.UUID, cardsInPlay)
		for i := range cards {
			cards[i] = must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: strconv.Itoa(i)}))(t).Id
		}
		// Just short of where ranks are given out anew, or so far beyond that the next in between would be too long.
		if zeros := rapid.SampledFrom([]int{0, 44, 60}).Draw(rt, "zeros"); zeros > 0 {
			a.exec(t, `UPDATE cards SET rank = 'a0' || repeat('0', $2) || number WHERE board_id = $1`, w.ID, zeros)
		}
		var group errgroup.Group
		for i := range rapid.IntRange(2, 4).Draw(rt, "people") {
			steps := rapid.SliceOfN(rapid.Custom(drawStep), 1, 8).Draw(rt, "steps")
			group.Go(func() error {
				for _, s := range steps {
					if err := s.take(t, []*person{ada, bob}[i%2], w, cards); err != nil {
						return fmt.Errorf("%+v: %w", s, err)
					}
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			rt.Fatal(err)
		}
		kept := a.kept(t, w)
		wantOneOrder(rt, kept, ada.seen(t, w), bob.seen(t, w))
		wantHistory(rt, kept, ada.history(t, w))
	})
}

// place is where a card stands, as the database has it.
type place struct {
	card     uuid.UUID
	column   uuid.UUID
	rank     string
	archived bool
}

// kept reads all cards of a board in their order.
func (a *api) kept(t *testing.T, w wall) []place {
	t.Helper()
	rows := must(a.pool.Query(t.Context(), `SELECT k.id, k.column_id, k.rank, k.archived_at IS NOT NULL FROM cards k
		JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id WHERE k.board_id = $1 ORDER BY c.rank, k.rank`, w.ID))(t)
	defer rows.Close()
	var all []place
	for rows.Next() {
		var p place
		if err := rows.Scan(&p.card, &p.column, &p.rank, &p.archived); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// seen reads what is on the wall card by card, once from the board and once from its columns' lists, in small pages.
func (p *person) seen(t *testing.T, w wall) [2][]uuid.UUID {
	t.Helper()
	var seen [2][]uuid.UUID
	for _, column := range must(p.Board(t.Context(), w.ID))(t).Columns {
		for _, card := range column.Cards {
			seen[0] = append(seen[0], card.Id)
		}
		for cursor, more := "", true; more; {
			part := must(p.Cards(t.Context(), w.ID, column.Id, cursor, 3))(t)
			for _, card := range part.Items {
				seen[1] = append(seen[1], card.Id)
			}
			next, err := part.NextCursor.Get()
			cursor, more = next, err == nil
		}
	}
	return seen
}

// history reads a board's activity from its beginning to the board's seq.
func (p *person) history(t *testing.T, w wall) []kanbanapi.Activity {
	t.Helper()
	var all []kanbanapi.Activity
	for {
		part := must(p.Activity(t.Context(), w.ID, int64(len(all)), 100))(t)
		all = append(all, part.Items...)
		if int64(len(all)) == part.Seq {
			return all
		}
		if len(part.Items) == 0 {
			t.Fatalf("the activity ends at %d, the board is at %d", len(all), part.Seq)
		}
	}
}

func wantOneOrder(t *rapid.T, kept []place, readers ...[2][]uuid.UUID) {
	if len(kept) != cardsInPlay {
		t.Fatalf("%d cards are left of %d", len(kept), cardsInPlay)
	}
	var live []uuid.UUID
	taken := map[place]bool{}
	for _, p := range kept {
		if len(p.rank) >= 64 {
			t.Fatalf("a rank of %d characters: %q", len(p.rank), p.rank)
		}
		if p.archived {
			continue
		}
		live = append(live, p.card)
		if spot := (place{column: p.column, rank: p.rank}); taken[spot] {
			t.Fatalf("two cards at %+v", spot)
		} else {
			taken[spot] = true
		}
	}
	for _, reader := range readers {
		for _, seen := range reader {
			if !slices.Equal(seen, live) {
				t.Fatalf("a reader sees\n%v, the order is\n%v", seen, live)
			}
		}
	}
}

// wantHistory follows each card through the activity, each of whose rows must begin where the one before ended.
func wantHistory(t *rapid.T, kept []place, history []kanbanapi.Activity) {
	at, archived := map[uuid.UUID]string{}, map[uuid.UUID]bool{}
	for i, activity := range history {
		if activity.Seq != int64(i+1) {
			t.Fatalf("after %d comes %d", i, activity.Seq)
		}
		if activity.CardId == nil {
			continue
		}
		card := *activity.CardId
		if was, told := activity.Before["column_id"].(string); told && was != at[card] {
			t.Fatalf("%s takes %s from %s, but it stood in %s", activity.Verb, card, was, at[card])
		}
		switch activity.Verb {
		case kanbanapi.CardCreated:
			at[card] = activity.ColumnId.String()
		case kanbanapi.CardMoved:
			if archived[card] {
				t.Fatalf("%s was moved in the archive", card)
			}
			at[card], _ = activity.After["column_id"].(string)
		case kanbanapi.CardArchived, kanbanapi.CardRestored:
			if archived[card] == (activity.Verb == kanbanapi.CardArchived) {
				t.Fatalf("%s: %s twice", card, activity.Verb)
			}
			archived[card] = !archived[card]
		}
	}
	for _, p := range kept {
		if at[p.card] != p.column.String() || archived[p.card] != p.archived {
			t.Fatalf("the activity leaves %s in %s, archived %v; the board has %+v", p.card, at[p.card], archived[p.card], p)
		}
	}
}
