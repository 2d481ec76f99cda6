package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// purgedAtOnce is how many cards of a board go in one transaction, which holds up those who work there.
const purgedAtOnce = 200

// PurgeNext implements kanban.Store.
func (s *Store) PurgeNext(ctx context.Context, keeps time.Duration) (kanban.Purged, error) {
	long := pgtype.Interval{Microseconds: keeps.Microseconds(), Valid: true}
	for _, find := range []func(context.Context, pgtype.Interval) (uuid.UUID, error){
		s.queries.BoardToPurge, s.queries.BoardOfCardToPurge, s.queries.BoardOfColumnToPurge,
	} {
		board, err := find(ctx, long)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return kanban.Purged{}, postgres.Error(err)
		}
		return s.purgeOn(ctx, board, long)
	}
	ended, err := s.queries.InvitationPurge(ctx, dbgen.InvitationPurgeParams{Keeps: long, MaxRows: purgedAtOnce})
	return kanban.Purged{Invitations: int(ended)}, postgres.Error(err)
}

// purgeOn purges the board, or some of its cards and the columns that are empty then. What it finds under the lock is what counts.
func (s *Store) purgeOn(ctx context.Context, board uuid.UUID, long pgtype.Interval) (purged kanban.Purged, err error) {
	done, err := s.turns.take(ctx, board)
	if err != nil {
		return purged, postgres.Error(err)
	}
	defer done()
	err = postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		gone, err := q.BoardLockToPurge(ctx, dbgen.BoardLockToPurgeParams{BoardID: board, Keeps: long})
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return nil // another was quicker
		case err != nil:
			return err
		case gone:
			purged = kanban.Purged{Boards: 1}
			return q.BoardPurge(ctx, board)
		}
		cards, err := q.CardPurgeOld(ctx, dbgen.CardPurgeOldParams{BoardID: board, Keeps: long, MaxRows: purgedAtOnce})
		if err != nil {
			return err
		}
		columns, err := q.ColumnPurgeOld(ctx, dbgen.ColumnPurgeOldParams{BoardID: board, Keeps: long})
		if err != nil {
			return err
		}
		purged = kanban.Purged{Cards: len(cards), Columns: len(columns)}
		return q.ActivityForget(ctx, dbgen.ActivityForgetParams{BoardID: board, CardIds: cards, ColumnIds: columns})
	})
	if err != nil {
		return kanban.Purged{}, err
	}
	return purged, nil
}

// PurgeCard implements kanban.Change.
func (c *change) PurgeCard(ctx context.Context, id uuid.UUID) error {
	if err := c.q.CardPurge(ctx, dbgen.CardPurgeParams{BoardID: c.board, ID: id}); err != nil {
		return err
	}
	return c.q.ActivityForget(ctx, dbgen.ActivityForgetParams{BoardID: c.board, CardIds: []uuid.UUID{id}})
}

// PurgeColumn implements kanban.Change.
func (c *change) PurgeColumn(ctx context.Context, id uuid.UUID) error {
	cards, err := c.q.CardPurgeByColumn(ctx, dbgen.CardPurgeByColumnParams{BoardID: c.board, ColumnID: id})
	if err != nil {
		return err
	}
	if err := c.q.ColumnPurge(ctx, dbgen.ColumnPurgeParams{BoardID: c.board, ID: id}); err != nil {
		return err
	}
	return c.q.ActivityForget(ctx, dbgen.ActivityForgetParams{BoardID: c.board, CardIds: cards, ColumnIds: []uuid.UUID{id}})
}

// PurgeBoard implements kanban.Change.
func (c *change) PurgeBoard(ctx context.Context) error { return c.q.BoardPurge(ctx, c.board) }
