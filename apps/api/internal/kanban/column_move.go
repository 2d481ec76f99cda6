package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// ColumnPlace is beside another column: before or after it. The zero place is the board's right end.
type ColumnPlace struct {
	Before, After uuid.UUID
}

// check makes problem.Invalid unless the place names one other column.
func (p ColumnPlace) check(moving uuid.UUID) error {
	if (p.Before == uuid.Nil) == (p.After == uuid.Nil) {
		return problem.Validation(problem.Field{Field: "before", Code: "one_place", Detail: "Say in exactly one way where the column goes: before or after another."})
	}
	if p.Before == moving || p.After == moving {
		return problem.Validation(problem.Field{Field: "before", Code: "beside_itself", Detail: "A column can't be put beside itself."})
	}
	return nil
}

// MoveColumn puts a column before or after another of its board; one that stands there already stays. It doesn't
// raise the column's version. problem.NotFound for the board or the column, problem.Forbidden for a viewer,
// problem.Invalid for a place that isn't one, problem.Conflict when the other isn't there
// ("neighbour_gone") or the column is archived ("column_archived").
func (s *Service) MoveColumn(ctx context.Context, actor Actor, board, id uuid.UUID, to ColumnPlace) (Column, error) {
	if err := to.check(id); err != nil {
		return Column{}, err
	}
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if column, err = liveColumn(ctx, c, id); err != nil {
			return err
		}
		rank, err := columnRank(ctx, c, to, column)
		if err != nil {
			return err
		}
		if rank == column.Rank {
			return ErrUnchanged
		}
		if err := c.MoveColumn(ctx, id, rank); err != nil {
			return err
		}
		activity := columnMoved(column, rank)
		column.Rank = rank
		return record(ctx, c, activity, &column.Seq)
	})
	return column, err
}

func columnMoved(column Column, rank string) Activity {
	return Activity{Verb: ColumnMoved, ColumnID: &column.ID, Was: map[string]any{"rank": column.Rank}, Became: map[string]any{"rank": rank}}
}

// columnRank finds the rank of a place for a column that goes there; the zero column is one that stands nowhere yet.
func columnRank(ctx context.Context, c Change, to ColumnPlace, moving Column) (string, error) {
	return rankAt(moving.Rank,
		func() (Gap, error) {
			gap, found, err := c.ColumnGap(ctx, to, moving.ID)
			if err == nil && !found {
				err = problem.New(problem.Conflict, "neighbour_gone", "The column to stand beside is no longer on this board. Reload the board and try again.")
			}
			return gap, err
		},
		func() error { return c.RankColumns(ctx, ranks) })
}
