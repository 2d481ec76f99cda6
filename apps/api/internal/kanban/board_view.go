package kanban

import (
	"context"

	"github.com/google/uuid"
)

// What a board is to one person alone: no activity tells of it, archived boards and viewers have it too.

// StarBoard puts a board among the actor's starred ones, or takes it away from them; done again it changes
// nothing. problem.NotFound if the actor isn't a member.
func (s *Service) StarBoard(ctx context.Context, actor Actor, board uuid.UUID, starred bool) error {
	return s.store.StarBoard(ctx, actor.ID, board, starred)
}

// CollapseColumn folds a column up for the actor alone, or unfolds it; done again it changes nothing.
// problem.NotFound if the actor isn't a member or the column isn't on the board, problem.Conflict
// ("column_archived") for one in the archive, and ("made_already") for a fold that comes again under its name.
func (s *Service) CollapseColumn(ctx context.Context, actor Actor, board, column uuid.UUID, collapsed bool) error {
	return s.store.CollapseColumn(ctx, actor, board, column, collapsed)
}

// opened marks that the actor has a board before them, unless that was marked a moment ago.
func (s *Service) opened(ctx context.Context, actor Actor, board uuid.UUID, unmarked bool) error {
	if !unmarked {
		return nil
	}
	return s.store.MarkOpened(ctx, actor.ID, board)
}
