package kanban

import (
	"context"

	"github.com/google/uuid"
)

// DeleteColumn puts a column that was read at a version into the trash, from the wall or from the archive, and its cards with it:
// as in the archive they stay what they are, so that it comes back as it was, and it is one thing to restore however many they
// are. problem.NotFound for the board or the column, problem.Forbidden for a viewer, problem.PreconditionRequired and problem.Stale
// as everywhere, problem.Conflict for one that is there ("column_deleted").
func (s *Service) DeleteColumn(ctx context.Context, actor Actor, board, id uuid.UUID, from From) (seq int64, err error) {
	err = s.change(ctx, actor, board, func(c Change) error {
		column, err := c.Column(ctx, id)
		switch {
		case err != nil:
			return err
		case column.DeletedAt != nil:
			return ColumnInTrash()
		}
		if err := checkFrom(from, column.Version, column); err != nil {
			return err
		}
		if err := c.DeleteColumn(ctx, id); err != nil {
			return err
		}
		return record(ctx, c, columnDeleted(column), &seq)
	})
	return seq, err
}

// columnDeleted tells where a column was before, be that the archive.
func columnDeleted(column Column) Activity {
	was := map[string]any{"deleted": false, "rank": column.Rank}
	if column.ArchivedAt != nil {
		was["archived"] = true
	}
	return Activity{Verb: ColumnDeleted, ColumnID: &column.ID, Was: was, Became: map[string]any{"deleted": true}}
}
