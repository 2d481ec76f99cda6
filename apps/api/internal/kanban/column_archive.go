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
		was := map[string]any{"archived": false, "rank": column.Rank}
		if column, err = c.ArchiveColumn(ctx, id); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: ColumnArchived, ColumnID: &id, Was: was, Became: map[string]any{"archived": true}}, &column.Seq)
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
		became := map[string]any{"archived": false, "rank": rank}
		return record(ctx, c, Activity{Verb: ColumnRestored, ColumnID: &id, Was: map[string]any{"archived": true}, Became: became}, &column.Seq)
	})
	return column, err
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
