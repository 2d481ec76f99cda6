package rest_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// An undo, and the redo after it, send at most half as many statements again as the change, in no more round trips for what was
// done to one thing, and in one more for a batch that was read before it was changed. What may stand in the way isn't asked where nothing was done since.
func TestAnUndoCostsLittleMoreThanTheChange(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	ada.Session = uuid.New()
	ctx := t.Context()
	a := kanban.CardRef{ID: w.Cards["a"].Id}
	labels, _, err := service.Labels(ctx, ada, w.ID)
	if err != nil {
		t.Fatal(err)
	}
	rain := labels[0].ID
	title, first := "A", 1
	more := map[string]int{"batch_move": 1, "batch_archive": 1, "batch_label": 1, "create_a_list": 2, "columns": 1}
	for name, do := range map[string]func() error{
		"move": func() error {
			_, err := service.MoveCard(ctx, ada, w.ID, a, kanban.Place{Column: w.Columns[2], At: kanban.AtEnd})
			return err
		},
		"batch_move": func() error {
			_, _, err := service.ChangeCards(ctx, ada, w.ID, kanban.Batch{Cards: w.ids("b", "c", "x"), Move: &kanban.Place{Column: w.Columns[2], At: kanban.AtEnd}})
			return err
		},
		"batch_archive": func() error {
			_, _, err := service.ChangeCards(ctx, ada, w.ID, kanban.Batch{Cards: w.ids("b", "c", "x"), Archive: true})
			return err
		},
		"batch_label": func() error {
			_, _, err := service.ChangeCards(ctx, ada, w.ID, kanban.Batch{Cards: w.ids("b", "c", "x"), Label: &kanban.LabelSwitch{ID: rain, On: true}})
			return err
		},
		"create": func() error {
			_, err := service.CreateCard(ctx, ada, w.ID, nil, kanban.NewCard{ColumnID: w.Columns[2], Title: "x"})
			return err
		},
		"create_a_list": func() error {
			_, _, err := service.CreateCards(ctx, ada, w.ID, kanban.NewCardList{ColumnID: w.Columns[2], Lines: []kanban.NewCardLine{{Title: "x"}, {Title: "y"}, {Title: "z"}}})
			return err
		},
		"columns": func() error {
			_, _, err := service.CreateColumns(ctx, ada, w.ID, make([]*uuid.UUID, 3), []kanban.NewColumn{{Title: "x"}, {Title: "y"}, {Title: "z"}})
			return err
		},
		"archive": func() error { _, err := service.ArchiveCard(ctx, ada, w.ID, a); return err },
		"label":   func() error { _, err := service.UnlabelCard(ctx, ada, w.ID, a, rain); return err },
		"edit": func() error {
			_, err := service.UpdateCard(ctx, ada, w.ID, a, &first, kanban.CardPatch{Title: &title})
			return err
		},
		"column": func() error { _, err := service.ArchiveColumn(ctx, ada, w.ID, w.Columns[2]); return err },
	} {
		t.Run(name, func(t *testing.T) {
			statements, trips := book.of(func() { wantDone(t, do()) })
			cheap := func(way string, take func(context.Context, kanban.Actor, uuid.UUID, kanban.Which) (kanban.Undone, error)) {
				again, went := book.of(func() { must(take(ctx, ada, w.ID, kanban.Which{}))(t) })
				if 2*len(again) > 3*len(statements) || went > trips+more[name] {
					t.Errorf("%s: %d statements in %d trips %q, for %d in %d %q", way, len(again), went, again, len(statements), trips, statements)
				}
			}
			cheap("undo", service.Undo)
			cheap("redo", service.Redo)
			must(service.Undo(ctx, ada, w.ID, kanban.Which{}))(t)
		})
	}
}

func wantDone(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
