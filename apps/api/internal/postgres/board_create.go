package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// CreateBoard implements kanban.Store.
func (s *Store) CreateBoard(
	ctx context.Context, actor kanban.Actor, board kanban.NewBoard, fill func(ctx context.Context, c kanban.Change, first bool) error,
) (made kanban.BoardSummary, created bool, err error) {
	err = postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		rows, err := q.BoardCreate(ctx, dbgen.BoardCreateParams{ID: board.ID, Title: board.Title, Template: string(board.Template), CreatedBy: actor.ID})
		if err != nil {
			return unlessForgotten(err)
		}
		if created = rows == 1; created {
			// Nobody undoes what a board begins with.
			c := &change{q: q, actor: kanban.Actor{ID: actor.ID, Tab: actor.Tab}, board: board.ID, role: kanban.Owner, seq: firstSeq}
			if err := c.putUp(ctx, fill); err != nil {
				return err
			}
		}
		made, err = boardSummary(ctx, q, actor.ID, board.ID)
		return err
	})
	return made, created, err
}

// firstSeq is the seq of a board's first activity.
const firstSeq = 1

// putUp writes what every board has from its first moment, and what this one is to begin with.
func (c *change) putUp(ctx context.Context, fill func(context.Context, kanban.Change, bool) error) error {
	// The person's row comes first: two of their boards at once would else each wait for the other to let go of it.
	first, err := c.q.PersonMarkBoarded(ctx, c.actor.ID)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if c.now, err = c.q.BoardSeqCreate(ctx, dbgen.BoardSeqCreateParams{BoardID: c.board, Seq: firstSeq}); err != nil {
		return err
	}
	switch made, err := c.q.MemberCreate(ctx, dbgen.MemberCreateParams{BoardID: c.board, PersonID: c.actor.ID, Role: string(c.role)}); {
	case err != nil:
		return err
	case made == 0:
		return kanban.Left()
	}
	if err := fill(ctx, c, first); err != nil {
		return err
	}
	return c.keepCount(ctx, firstSeq, 0)
}
