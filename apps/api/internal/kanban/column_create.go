package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// CreateColumn adds a column at a board's right end; without a kind it is an active one. Sent again with the same id
// by the same person, it returns that column as it is by now, with the seq of the activity that made it. problem.NotFound
// for an outsider, problem.Forbidden for a viewer, problem.Invalid for what is wrong, problem.Conflict for an id in use
// ("id_taken") or one whose column is in the trash ("in_trash").
func (s *Service) CreateColumn(ctx context.Context, actor Actor, board uuid.UUID, id *uuid.UUID, column NewColumn) (Column, error) {
	if err := column.clean(); err != nil {
		return Column{}, err
	}
	var err error
	if column.ID, err = newID(id); err != nil {
		return Column{}, err
	}
	var created Column
	err = s.change(ctx, actor, board, func(c Change) error {
		if id != nil {
			if created, err = c.Column(ctx, column.ID); !problem.Is(err, problem.NotFound) {
				return column.again(ctx, c, actor, &created, err)
			}
		}
		created, err = createColumn(ctx, c, column)
		return err
	})
	return created, err
}

// createColumn adds a column that is as it should be.
func createColumn(ctx context.Context, c Change, column NewColumn) (Column, error) {
	rank, err := columnRank(ctx, c, ColumnPlace{}, Column{})
	if err != nil {
		return Column{}, err
	}
	created, err := c.CreateColumn(ctx, column, rank)
	if err != nil {
		return Column{}, err
	}
	return created, record(ctx, c, columnCreated(created), &created.Seq)
}

func columnCreated(column Column) Activity {
	became := columnFacts(column)
	became["rank"] = column.Rank
	return Activity{Verb: ColumnCreated, ColumnID: &column.ID, Became: became}
}

func (n *NewColumn) clean() error {
	var wrong *problem.Field
	n.Title, wrong = cleanTitle(n.Title)
	if n.Kind == "" {
		n.Kind = Active
	}
	return refuse(wrong, checkWIPLimit(n.WIPLimit), checkHueOrNone(n.Hue), checkKind(n.Kind))
}

// again ends a create whose id is in use already. What was made says by which activity that was: the board may have gone on.
func (n NewColumn) again(ctx context.Context, c Change, actor Actor, made *Column, err error) error {
	if err != nil {
		return err
	}
	if made.Seq, err = c.MadeBy(ctx, made.ID); err != nil {
		return err
	}
	var gone error
	if made.DeletedAt != nil {
		gone = inTrash("column")
	}
	untouched := made.sameAs(Column{Title: n.Title, WIPLimit: n.WIPLimit, Hue: n.Hue, Kind: n.Kind})
	return sameAgain(made.CreatedBy, actor, made.Version > 1 || untouched, gone)
}
