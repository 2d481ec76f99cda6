package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

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
	shut  bool  // the board is in the archive
	gone  bool  // the board is in the trash
	seq   int64 // of the next activity
	last  int   // number of a card so far
	now   time.Time

	former  *kanban.FormerCard // how the card of an activity stands, known with that, if it is one alone
	renewed bool               // a column's cards were given new ranks, which who looks on has to be told
}

// held is a change behind its lock, and the number of the last card that the board's row has then.
type held struct {
	*change
	number int
}

// Change implements kanban.Store.
func (s *Store) Change(ctx context.Context, actor kanban.Actor, board uuid.UUID, first kanban.Ask, fn func(kanban.Change) error) error {
	return s.change(ctx, board, actor, func(p *postgres.Pipeline, q *dbgen.Queries) (held, error) {
		p.Ahead(func(asker postgres.Asker) { ask(ctx, &change{q: dbgen.New(asker), actor: actor, board: board}, first) })
		lock, err := q.BoardLock(ctx, dbgen.BoardLockParams{BoardID: board, PersonID: actor.ID, Cards: first.Cards})
		switch {
		case err != nil:
			return held{}, or(kanban.BoardNotFound(), err)
		case lock.Role == "":
			return held{}, kanban.BoardNotFound()
		}
		return held{&change{
			q: q, actor: actor, board: board, role: kanban.Role(lock.Role), shut: lock.Archived, gone: lock.Deleted,
			seq: lock.Seq, last: lock.LastNumber - first.Cards, now: lock.Now,
		}, lock.LastNumber}, nil
	}, fn)
}

// Join implements kanban.Store.
func (s *Store) Join(ctx context.Context, actor kanban.Actor, board uuid.UUID, fn func(kanban.Change) error) error {
	return s.change(ctx, board, actor, func(_ *postgres.Pipeline, q *dbgen.Queries) (held, error) {
		lock, err := q.BoardLockToJoin(ctx, dbgen.BoardLockToJoinParams{BoardID: board, PersonID: actor.ID})
		if err != nil {
			return held{}, or(kanban.InvitationOver(), err)
		}
		return held{&change{
			q: q, actor: actor, board: board, role: kanban.Role(lock.Role), shut: lock.Archived, gone: lock.Deleted,
			seq: lock.Seq, last: lock.LastNumber, now: lock.Now,
		}, lock.LastNumber}, nil
	}, fn)
}

// change runs fn behind the statement that takes the board's lock.
func (s *Store) change(
	ctx context.Context, board uuid.UUID, actor kanban.Actor, lock func(*postgres.Pipeline, *dbgen.Queries) (held, error), fn func(kanban.Change) error,
) error {
	done, err := s.turns.take(ctx, board)
	if err != nil {
		return postgres.Error(err)
	}
	defer done()
	var seq int64
	err = postgres.InPipeline(ctx, s.pool, func(p *postgres.Pipeline) error {
		c, err := lock(p, dbgen.New(p))
		if err != nil {
			return err
		}
		first := c.seq
		if err := fn(c.change); err != nil {
			return err
		}
		seq = c.seqBefore()
		return c.keepCount(ctx, first, c.number)
	})
	switch {
	case errors.Is(err, kanban.ErrUnchanged):
		return remember(ctx, s.queries, actor, board)
	case err == nil:
		s.tell(board, seq)
	}
	return err
}

// remember keeps what a change is called that no activity tells of, if it is called anything.
func remember(ctx context.Context, q *dbgen.Queries, actor kanban.Actor, board uuid.UUID) error {
	if actor.Change == uuid.Nil {
		return nil
	}
	keeps := pgtype.Interval{Microseconds: kanban.SilentKeeps.Microseconds(), Valid: true}
	return postgres.Error(q.ChangeRemember(ctx, dbgen.ChangeRememberParams{BoardID: board, PersonID: actor.ID, ChangeID: actor.Change, Keeps: keeps}))
}

// ask asks just what the domain is going to. The statements behind the lock's see what it waited for: each has a snapshot of
// its own.
func ask(ctx context.Context, c *change, first kanban.Ask) {
	if c.actor.Change != uuid.Nil {
		_, _, _ = c.Made(ctx)
	}
	if first.Own != nil {
		_, _ = c.lastOwn(ctx, *first.Own)
	}
	if first.Card != nil {
		_, _ = c.CardAnywhere(ctx, *first.Card) // the answer comes later
	}
	if first.Place != nil {
		_, _, _ = c.CardGap(ctx, *first.Place, first.Moving)
	}
}

// Role implements kanban.Change.
func (c *change) Role() kanban.Role { return c.role }

// Archived implements kanban.Change.
func (c *change) Archived() bool { return c.shut }

// Deleted implements kanban.Change.
func (c *change) Deleted() bool { return c.gone }

// Seq implements kanban.Change.
func (c *change) Seq() int64 { return c.seq }

// Made implements kanban.Change.
func (c *change) Made(ctx context.Context) (seq int64, made bool, err error) {
	row, err := c.q.ChangeMade(ctx, dbgen.ChangeMadeParams{BoardID: c.board, ChangeID: c.actor.Change, PersonID: c.actor.ID})
	return row.Seq, row.Made, err
}

// MadeBy implements kanban.Change.
func (c *change) MadeBy(ctx context.Context, id uuid.UUID) (seq int64, err error) {
	return c.q.ActivityMade(ctx, dbgen.ActivityMadeParams{BoardID: c.board, ID: id})
}

// changeID is what the client called the change, if it did.
func (c *change) changeID() *uuid.UUID {
	if c.actor.Change == uuid.Nil {
		return nil
	}
	return &c.actor.Change
}

// seqBefore is what the board's seq is as long as this change isn't recorded.
func (c *change) seqBefore() int64 { return c.seq - 1 }

// keepCount writes the seq of the last activity and the number of the last card, if they aren't those that are there already.
func (c *change) keepCount(ctx context.Context, seq int64, number int) error {
	if c.seqBefore() <= seq && c.last == number {
		return nil
	}
	return c.q.BoardSeqSet(ctx, dbgen.BoardSeqSetParams{BoardID: c.board, Seq: max(c.seqBefore(), seq), LastNumber: c.last})
}
