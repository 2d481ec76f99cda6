package kanban

import (
	"context"

	"github.com/google/uuid"
)

// ArchiveColumn puts a column out of sight, and its cards with it: they stay as they are, but none can be changed
// or come into the column before it is restored. One that is archived stays as it is. problem.NotFound for the board
// or the column, problem.Forbidden for a viewer, problem.Conflict for one in the trash ("column_deleted").
func (s *Service) ArchiveColumn(ctx context.Context, actor Actor, board, id uuid.UUID) (Column, error) {
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if column, err = c.Column(ctx, id); err != nil {
			return err
		}
		switch {
		case column.DeletedAt != nil:
			return ColumnInTrash()
		case column.ArchivedAt != nil:
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

// RestoreColumn brings a column and its cards back from the archive or the trash: to the place it had if no other took that,
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
		activity := columnRestored(column, rank)
		if column, err = c.RestoreColumn(ctx, id, rank); err != nil {
			return err
		}
		return record(ctx, c, activity, &column.Seq)
	})
	return column, err
}

func columnArchived(column Column) Activity {
	was := map[string]any{"archived": false, "rank": column.Rank}
	return Activity{Verb: ColumnArchived, ColumnID: &column.ID, Was: was, Became: map[string]any{"archived": true}}
}

func columnRestored(column Column, rank string) Activity {
	was := map[string]any{"archived": true, "rank": column.Rank}
	became := map[string]any{"archived": false, "rank": rank}
	if column.DeletedAt != nil {
		was["deleted"], became["deleted"] = true, false
	}
	return Activity{Verb: ColumnRestored, ColumnID: &column.ID, Was: was, Became: became}
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
	if err == nil {
		err = ColumnAway(column.ArchivedAt != nil, column.DeletedAt != nil)
	}
	return column, err
}
