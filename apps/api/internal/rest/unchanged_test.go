package rest_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

func TestWhatChangesNothingIsNotRecorded(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	title, todo, empty := "a", "To do", ""
	start, end := kanbanapi.Start, kanbanapi.End
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	move := func(card string, to kanbanapi.CardMove) func(*testing.T) int64 {
		return func(t *testing.T) int64 {
			to.ColumnId = w.Columns[0]
			return must(ada.MoveCard(t.Context(), w.ID, card, to))(t).Seq
		}
	}
	moveColumn := func(to kanbanapi.ColumnMove) func(*testing.T) int64 {
		return func(t *testing.T) int64 {
			return must(ada.MoveColumn(t.Context(), w.ID, w.Columns[1], to))(t).Seq
		}
	}
	for name, again := range map[string]func(*testing.T) int64{
		"patching_a_card_with_its_own_texts": func(t *testing.T) int64 {
			card := must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: &title, Description: &empty}))(t)
			if card.Version != 1 || card.Title != title {
				t.Errorf("%+v", card)
			}
			return card.Seq
		},
		"patching_a_column_with_its_own_title": func(t *testing.T) int64 {
			column := must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[0], 1, kanbanapi.ColumnPatch{Title: &todo, WipLimit: nullable.NewNullNullable[int]()}))(t)
			if column.Version != 1 || column.Title != todo {
				t.Errorf("%+v", column)
			}
			return column.Seq
		},
		"moving_a_card_before_the_next":         move("2", kanbanapi.CardMove{Before: ref(w.Cards["c"].Id)}),
		"moving_a_card_after_the_one_above":     move("2", kanbanapi.CardMove{After: ref(w.Cards["a"].Id)}),
		"moving_the_top_card_to_the_top":        move("1", kanbanapi.CardMove{At: &start}),
		"moving_the_last_card_to_the_foot":      move("3", kanbanapi.CardMove{At: &end}),
		"moving_a_column_after_the_one_before":  moveColumn(kanbanapi.ColumnMove{After: &w.Columns[0]}),
		"moving_a_column_before_the_one_behind": moveColumn(kanbanapi.ColumnMove{Before: &w.Columns[2]}),
	} {
		t.Run(name, func(t *testing.T) {
			if seq := again(t); seq != before {
				t.Errorf("the answer says seq %d, want %d", seq, before)
			}
			if now := must(ada.Board(t.Context(), w.ID))(t); now.Seq != before {
				t.Errorf("the board went from %d to %d", before, now.Seq)
			}
		})
	}
}

// A card's version tells of its texts alone, so it can't vouch for a whole copy.
func TestACardThatMovedIsNeverCalledUnchanged(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	path := "/v1/boards/" + w.ID.String() + "/cards/1"
	res, _ := ada.send(t, "GET", path, "")
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	if res, _ := ada.send(t, "GET", path, "", "If-None-Match", res.Header.Get("ETag")); res.StatusCode != 200 || res.Header.Get("ETag") != `"1"` {
		t.Errorf("%d with %q for a copy from before it was archived", res.StatusCode, res.Header.Get("ETag"))
	}
}

func newID() *uuid.UUID { return ref(uuid.Must(uuid.NewV7())) }
