package rest_test

import (
	"slices"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// What one act added goes as one and comes back as one, each thing to its own place.
func TestWhatWasAddedAtOnceIsUndoneAtOnce(t *testing.T) {
	t.Parallel()
	for name, add := range map[string]func(t *testing.T, p pair){
		"cards": func(t *testing.T, p pair) {
			must(p.ada.CreateCards(t.Context(), p.ID, kanbanapi.NewCardList{ColumnId: p.Columns[0], Cards: lines("d", "e", "f")}))(t)
		},
		"columns": func(t *testing.T, p pair) {
			must(p.ada.CreateColumns(t.Context(), p.ID, kanbanapi.NewColumn{Title: "d"}, kanbanapi.NewColumn{Title: "e"}, kanbanapi.NewColumn{Title: "f"}))(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			first, columns := p.ada.order(t, p.ID), p.ada.titled(t, p.wall)
			add(t, p)
			then, more, state := p.ada.order(t, p.ID), p.ada.titled(t, p.wall), p.state(t, p.ID)

			undone := p.ada.undo(t, p.ID)
			if got := p.ada.order(t, p.ID); !slices.Equal(got, first) || !slices.Equal(p.ada.titled(t, p.wall), columns) || len(undone.Activities) != 3 {
				t.Errorf("undone there is %q, undone were %d", got, len(undone.Activities))
			}
			if p.ada.redo(t, p.ID); p.state(t, p.ID) != state {
				t.Errorf("redone there is %q in %q, there was %q in %q", p.ada.order(t, p.ID), p.ada.titled(t, p.wall), then, more)
			}
			if p.ada.undo(t, p.ID); !slices.Equal(p.ada.order(t, p.ID), first) {
				t.Errorf("undone again there is %q", p.ada.order(t, p.ID))
			}
			story := must(p.ada.Story(t.Context(), p.ID, nil, "", 20))(t)
			var counts []int
			for _, item := range story.Items[:5] {
				counts = append(counts, item.Cards)
			}
			if !slices.Equal(counts, []int{3, 3, 3, 3, 1}) {
				t.Errorf("the story's lines tell of %d things", counts)
			}
		})
	}
}

// Somebody changed one of several: none goes, and it says who changed which of them, and how.
func TestWhatWasAddedAtOnceIsUndoneAllOrNone(t *testing.T) {
	t.Parallel()
	cards := func(t *testing.T, p pair) {
		must(p.ada.CreateCards(t.Context(), p.ID, kanbanapi.NewCardList{ColumnId: p.Columns[1], Cards: lines("d", "e", "f")}))(t)
	}
	columns := func(t *testing.T, p pair) {
		must(p.ada.CreateColumns(t.Context(), p.ID, kanbanapi.NewColumn{Title: "New"}, kanbanapi.NewColumn{Title: "Old"}))(t)
	}
	for name, c := range map[string]struct {
		add, grace func(t *testing.T, p pair)
		says       string
	}{
		"a_card_was_renamed": {cards, func(t *testing.T, p pair) {
			must(p.grace.UpdateCard(t.Context(), p.ID, "5", 1, kanbanapi.CardPatch{Title: ref("E")}))(t)
		}, "Grace Hopper changed #5's title"},
		"a_card_was_moved": {cards, func(t *testing.T, p pair) { p.move(t, p.grace, "6", 2) }, "Grace Hopper moved #6 to “Done”"},
		"a_column_has_a_card": {columns, func(t *testing.T, p pair) {
			column := must(p.grace.Board(t.Context(), p.ID))(t).Columns[4].Id
			must(p.grace.CreateCard(t.Context(), p.ID, kanbanapi.NewCard{ColumnId: column, Title: "x"}))(t)
		}, "Grace Hopper put a card into “Old”"},
		"a_column_was_renamed": {columns, func(t *testing.T, p pair) {
			column := must(p.grace.Board(t.Context(), p.ID))(t).Columns[3]
			must(p.grace.UpdateColumn(t.Context(), p.ID, column.Id, 1, kanbanapi.ColumnPatch{Title: ref("Newer")}))(t)
		}, "Grace Hopper changed “Newer”'s title"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			c.add(t, p)
			c.grace(t, p)
			now := p.state(t, p.ID)
			_, err := p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{})
			doc := wantProblem(t, err, problem.Conflict, "changed_since")
			if want := c.says + " since. Nothing was undone."; doc.Detail != want {
				t.Errorf("it says %q, not %q", doc.Detail, want)
			}
			if p.state(t, p.ID) != now {
				t.Error("something was undone all the same")
			}
			p.grace.undo(t, p.ID)
			p.ada.undo(t, p.ID)
		})
	}
}

// One of the columns is gone for good: the others go.
func TestUndoOfColumnsOfWhichOneIsGoneForGood(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	made := must(p.ada.CreateColumns(t.Context(), p.ID, kanbanapi.NewColumn{Title: "New"}, kanbanapi.NewColumn{Title: "Old"}))(t)
	must(p.grace.DeleteColumn(t.Context(), p.ID, made.Columns[1].Id, 1))(t)
	must(p.grace.PurgeColumn(t.Context(), p.ID, made.Columns[1].Id))(t)
	p.ada.undo(t, p.ID)
	if got := p.ada.titled(t, p.wall); !slices.Equal(got, []string{"To do", "Doing", "Done"}) {
		t.Errorf("from the left: %q", got)
	}
}
