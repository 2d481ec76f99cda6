package kanban

import (
	"context"

	"github.com/google/uuid"
)

// ArchiveColumn puts a column out of sight, and its cards with it: they stay as they are, but none can be changed
// or come into the column before it is restored. One that is archived stays as it is. problem.NotFound for the board
// or the column, problem.Forbidden for a viewer.
func (s *Service) ArchiveColumn(ctx context.Context, actor Actor, board, id uuid.UUID) (Column, error) {
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if column, err = c.Column(ctx, id); err != nil {
			return err
		}
		if column.ArchivedAt != nil {
			return ErrUnchanged
		}
		activity := columnArchived(column)
		if column, err = c.ArchiveColumn(ctx, id); err != nil {
			return err
		}
		return record(ctx, c, activity, &column.Seq)
	})
	return column, err
}

// RestoreColumn brings a column and its cards back from the archive: to the place it had if no other took that,
// else to the board's right end. One that isn't there stays as it is. problem.NotFound for the board or the column,
// problem.Forbidden for a viewer.
func (s *Service) RestoreColumn(ctx context.Context, actor Actor, board, id uuid.UUID) (Column, error) {
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if column, err = c.Column(ctx, id); err != nil {
			return err
		}
		if column.ArchivedAt == nil {
			return ErrUnchanged
		}
		rank, err := formerColumnRank(ctx, c, column)
		if err != nil {
			return err
		}
		if column, err = c.RestoreColumn(ctx, id, rank); err != nil {
			return err
		}
		return record(ctx, c, columnRestored(column, rank), &column.Seq)
	})
	return column, err
}

func columnArchived(column Column) Activity {
	was := map[string]any{"archived": false, "rank": column.Rank}
	return Activity{Verb: ColumnArchived, ColumnID: &column.ID, Was: was, Became: map[string]any{"archived": true}}
}

func columnRestored(column Column, rank string) Activity {
	became := map[string]any{"archived": false, "rank": rank}
	return Activity{Verb: ColumnRestored, ColumnID: &column.ID, Was: map[string]any{"archived": true, "rank": column.Rank}, Became: became}
}

func formerColumnRank(ctx context.Context, c Change, column Column) (string, error) {
	taken, err := c.ColumnRankTaken(ctx, column.Rank)
	if err != nil || !taken {
		return column.Rank, err
	}
	return columnRank(ctx, c, ColumnPlace{}, Column{})
}

// liveColumn reads a column that is on the wall.
func liveColumn(ctx context.Context, c Change, id uuid.UUID) (Column, error) {
	column, err := c.Column(ctx, id)
	if err == nil && column.ArchivedAt != nil {
		return Column{}, ColumnInArchive()
	}
	return column, err
}
