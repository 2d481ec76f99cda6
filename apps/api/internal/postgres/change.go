package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// change implements kanban.Change inside one transaction that holds the board's lock.
type change struct {
	q     *dbgen.Queries
	actor kanban.Actor
	board uuid.UUID
	role  kanban.Role
	seq   int64
}

// Change implements kanban.Store.
func (s *Store) Change(ctx context.Context, actor kanban.Actor, board uuid.UUID, fn func(kanban.Change) error) error {
	done, err := s.turns.take(ctx, board)
	if err != nil {
		return postgres.Error(err)
	}
	defer done()
	err = postgres.InPipeline(ctx, s.pool, func(p *postgres.Pipeline) error {
		q := dbgen.New(p)
		lock, err := q.BoardLock(ctx, dbgen.BoardLockParams{BoardID: board, PersonID: actor.ID})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		return fn(&change{q: q, actor: actor, board: board, role: kanban.Role(lock.Role), seq: lock.Seq})
	})
	if errors.Is(err, kanban.ErrUnchanged) {
		return nil
	}
	return err
}

// Role implements kanban.Change.
func (c *change) Role() kanban.Role { return c.role }

// Seq implements kanban.Change.
func (c *change) Seq() int64 { return c.seq }

// seqBefore is what the board's seq is as long as this change isn't recorded.
func (c *change) seqBefore() int64 { return c.seq - 1 }

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
