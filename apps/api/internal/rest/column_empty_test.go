package rest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestMoveAllCards(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c", "d", "e")
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	if _, err := ada.DeleteCard(t.Context(), w.ID, "4", 1); err != nil {
		t.Fatal(err)
	}
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "x"}))(t)
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	move := func(t *testing.T, from, to uuid.UUID) kanbanapi.CardsMoved {
		t.Helper()
		return must(ada.MoveColumnCards(t.Context(), w.ID, from, to))(t)
	}
	if got := move(t, w.Columns[0], w.Columns[1]); got.Moved != 3 || got.Seq != before+3 {
		t.Errorf("%+v", got)
	}
	if got := ada.order(t, w.ID); !slices.Equal(got, []string{"", "x a c e", ""}) {
		t.Errorf("on the wall: %q", got)
	}
	t.Run("tells_of_each_card_in_turn", func(t *testing.T) {
		activity := must(ada.Activity(t.Context(), w.ID, before, 0))(t)
		if len(activity.Items) != 3 || activity.Seq != before+3 {
			t.Fatalf("%+v", activity)
		}
		for i, card := range []string{"a", "c", "e"} {
			got := activity.Items[i]
			if got.Seq != before+1+int64(i) || got.Verb != kanbanapi.CardMoved || *got.CardId != w.Cards[card].Id || *got.ColumnId != w.Columns[1] ||
				got.Before["column_id"] != w.Columns[0].String() || got.Before["rank"] == nil ||
				got.After["column_id"] != w.Columns[1].String() || got.After["rank"] == nil || got.Batch == nil || *got.Batch != *activity.Items[0].Batch {
				t.Errorf("%s is told as %+v", card, got)
			}
		}
	})
	t.Run("of_an_empty_column_changes_nothing", func(t *testing.T) {
		if got := move(t, w.Columns[0], w.Columns[1]); got.Moved != 0 || got.Seq != before+3 {
			t.Errorf("%+v", got)
		}
		if seq := must(ada.Board(t.Context(), w.ID))(t).Seq; seq != before+3 {
			t.Errorf("the board is at %d", seq)
		}
	})
	t.Run("leaves_the_next_change_the_next_seq", func(t *testing.T) {
		if got := must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t); got.Seq != before+4 {
			t.Errorf("%+v", got)
		}
		wantGapless(t, ada, w)
	})
	t.Run("leaves_archived_cards_where_they_were", func(t *testing.T) {
		if got := must(ada.RestoreCard(t.Context(), w.ID, "2"))(t); got.ColumnId != w.Columns[0] {
			t.Errorf("%+v", got)
		}
	})
}

func TestMoveAllCardsIsRefused(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w, hers := ada.wall(t, "a"), eve.wall(t, "b")
	seq := must(ada.Board(t.Context(), w.ID))(t).Seq
	for name, c := range map[string]struct {
		board, from, to uuid.UUID
		kind            problem.Kind
		code            string
	}{
		"on_a_strangers_board":      {hers.ID, hers.Columns[0], hers.Columns[1], problem.NotFound, "board_not_found"},
		"from_a_strangers_column":   {w.ID, hers.Columns[0], w.Columns[1], problem.NotFound, "column_not_found"},
		"to_a_strangers_column":     {w.ID, w.Columns[0], hers.Columns[1], problem.NotFound, "column_not_found"},
		"to_a_column_of_nobodys":    {w.ID, w.Columns[0], *newID(), problem.NotFound, "column_not_found"},
		"to_the_column_they_are_in": {w.ID, w.Columns[0], w.Columns[0], problem.Invalid, "validation_failed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.MoveColumnCards(t.Context(), c.board, c.from, c.to)
			wantProblem(t, err, c.kind, c.code)
		})
	}
	if now := must(ada.Board(t.Context(), w.ID))(t).Seq; now != seq {
		t.Errorf("the board went from %d to %d", seq, now)
	}
	if got := eve.order(t, hers.ID)[0]; got != "b" {
		t.Errorf("on the stranger's wall: %q", got)
	}
}

func TestMoveAllCardsOfAFullColumn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	fill := func(from, to int) {
		a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by)
			SELECT $1, gen_random_uuid(), n, $2, 'm' || lpad(n::text, 13, '0'), 'card ' || n, $3 FROM generate_series($4::int, $5::int) n`,
			w.ID, w.Columns[0], ada.ID, from, to)
	}
	fill(1, 5001)
	seq := must(ada.Board(t.Context(), w.ID))(t).Seq
	_, err := ada.MoveColumnCards(t.Context(), w.ID, w.Columns[0], w.Columns[1])
	wantProblem(t, err, problem.Conflict, "too_many_cards")
	a.exec(t, `DELETE FROM cards WHERE number = 5001`)
	began := time.Now()
	if got := must(ada.MoveColumnCards(t.Context(), w.ID, w.Columns[0], w.Columns[1]))(t); got.Moved != 5000 || got.Seq != seq+5000 {
		t.Errorf("%+v", got)
	}
	t.Logf("5,000 cards went in %s", time.Since(began))
	first := must(ada.Cards(t.Context(), w.ID, w.Columns[1], "", 3))(t).Items
	var titles []string
	for _, card := range first {
		titles = append(titles, card.Title)
	}
	if got := strings.Join(titles, ", "); got != "card 1, card 2, card 3" {
		t.Errorf("it begins with %s", got)
	}
	longest := 0
	if err := a.pool.QueryRow(t.Context(), `SELECT max(length(rank)) FROM cards`).Scan(&longest); err != nil || longest > 63 {
		t.Errorf("ranks of up to %d characters, %v", longest, err)
	}
}

// met reports whether a change met one of the states that others may bring about meanwhile.
func met(err error, codes ...string) bool {
	return err == nil || slices.Contains(codes, problem.From(err).Code)
}

// Movers, people who empty columns, and others who archive and restore them, all at once: no card is lost or doubled, no
// two columns or cards share a rank, and the activity counts without a gap.
func TestEmptyingColumnsWhileOthersMoveAndArchive(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	titles := make([]string, 20)
	for i := range titles {
		titles[i] = fmt.Sprintf("c%02d", i)
	}
	w := ada.wall(t, titles...)
	ctx := t.Context()

	var group errgroup.Group
	for n := range 3 {
		group.Go(func() error {
			for i := range 20 {
				to := kanbanapi.CardMove{ColumnId: w.Columns[(i+n)%3], At: ref(kanbanapi.Start)}
				if _, err := ada.MoveCard(ctx, w.ID, fmt.Sprint(1+(i*7+n)%len(titles)), to); !met(err, "column_archived") {
					return err
				}
			}
			return nil
		})
		group.Go(func() error {
			for i := range 10 {
				if _, err := ada.MoveColumnCards(ctx, w.ID, w.Columns[(i+n)%3], w.Columns[(i+n+1)%3]); !met(err, "column_archived") {
					return err
				}
			}
			return nil
		})
		group.Go(func() error {
			for range 8 {
				if _, err := ada.ArchiveColumn(ctx, w.ID, w.Columns[n]); err != nil {
					return err
				}
				if _, err := ada.RestoreColumn(ctx, w.ID, w.Columns[n]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := ada.titles(t, w.ID); !slices.Equal(got, []string{"To do", "Doing", "Done"}) {
		t.Errorf("columns: %q", got)
	}
	onWall := strings.Fields(strings.Join(ada.order(t, w.ID), " "))
	slices.Sort(onWall)
	if !slices.Equal(onWall, titles) {
		t.Errorf("on the wall: %q", onWall)
	}
	wantGapless(t, ada, w)
	a.wantNoMoveIntoTheArchive(t)
}

// wantNoMoveIntoTheArchive reads the activity in its order: between a column's archiving and its restoring no card
// comes or goes.
func (a *api) wantNoMoveIntoTheArchive(t *testing.T) {
	t.Helper()
	var wrong int
	err := a.pool.QueryRow(t.Context(), `
		SELECT count(*) FROM activity m
		WHERE m.verb = 'card_moved' AND EXISTS (
			SELECT FROM unnest(ARRAY[m.was->>'column_id', m.became->>'column_id']::uuid[]) side (column_id)
			CROSS JOIN LATERAL (
				SELECT s.verb FROM activity s
				WHERE s.board_id = m.board_id AND s.column_id = side.column_id AND s.seq < m.seq AND s.verb IN ('column_archived', 'column_restored')
				ORDER BY s.seq DESC LIMIT 1
			) latest
			WHERE latest.verb = 'column_archived')`).Scan(&wrong)
	if err != nil || wrong > 0 {
		t.Errorf("%d cards moved into an archived column or out of one, %v", wrong, err)
	}
}
