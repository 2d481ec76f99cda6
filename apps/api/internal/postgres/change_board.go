package postgres

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Board implements kanban.Change.
func (c *change) Board(ctx context.Context) (kanban.BoardSummary, error) {
	board, err := boardSummary(ctx, c.q, c.actor.ID, c.board)
	board.Seq = c.seqBefore()
	return board, err
}

// RenameBoard implements kanban.Change.
func (c *change) RenameBoard(ctx context.Context, title string) (kanban.BoardSummary, error) {
	if err := c.q.BoardRename(ctx, dbgen.BoardRenameParams{BoardID: c.board, Title: title}); err != nil {
		return kanban.BoardSummary{}, err
	}
	return c.Board(ctx)
}

// ArchiveBoard implements kanban.Change.
func (c *change) ArchiveBoard(ctx context.Context) (kanban.BoardSummary, error) {
	if err := c.q.BoardArchive(ctx, dbgen.BoardArchiveParams{BoardID: c.board, ActorID: &c.actor.ID}); err != nil {
		return kanban.BoardSummary{}, err
	}
	return c.Board(ctx)
}

// DeleteBoard implements kanban.Change.
func (c *change) DeleteBoard(ctx context.Context) error {
	return c.q.BoardTrash(ctx, dbgen.BoardTrashParams{BoardID: c.board, ActorID: &c.actor.ID})
}

// UndeleteBoard implements kanban.Change.
func (c *change) UndeleteBoard(ctx context.Context) error { return c.q.BoardUntrash(ctx, c.board) }

// RestoreBoard implements kanban.Change.
func (c *change) RestoreBoard(ctx context.Context) (kanban.BoardSummary, error) {
	if err := c.q.BoardRestore(ctx, c.board); err != nil {
		return kanban.BoardSummary{}, err
	}
	return c.Board(ctx)
}
