package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/apps/web/internal/session"
)

// SettleArrival looks, has it decided and writes, under locks of the identity and the e-mail; see identity.Store.
func (s *Store) SettleArrival(ctx context.Context, a identity.Arrived, decide func(identity.Known) (identity.Settlement, error), from identity.Origin) error {
	return s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		if err := lockArrival(ctx, q, a); err != nil {
			return err
		}
		known, err := knownOf(ctx, q, a)
		if err != nil {
			return err
		}
		settled, err := decide(known)
		if err != nil {
			return err
		}
		if err := tellLinked(ctx, q, out, a, settled); err != nil {
			return err
		}
		return settleArrival(ctx, q, a, settled, from)
	})
}

// tellLinked tells a person who was here already of their new way in, at the e-mail they had before it.
func tellLinked(ctx context.Context, q *dbgen.Queries, out outbox, a identity.Arrived, settled identity.Settlement) error {
	if !settled.Link || settled.Create {
		return nil
	}
	person, err := q.PersonLock(ctx, settled.PersonID)
	if err != nil {
		return err
	}
	return out.tell(ctx, identity.Holder(person), a.Notice)
}

func lockArrival(ctx context.Context, q *dbgen.Queries, a identity.Arrived) error {
	if err := q.AccountLock(ctx, a.Issuer, a.Subject); err != nil || a.Email == "" {
		return err
	}
	return q.PersonLockEmail(ctx, a.Email)
}

// knownOf locks everybody whom the arrival may come to. Unlinking takes no lock of the identity, so whose it is gets
// looked at twice: before, to know whom to lock, and after.
func knownOf(ctx context.Context, q *dbgen.Queries, a identity.Arrived) (identity.Known, error) {
	owner, err := ownerOf(ctx, q, a)
	if err != nil {
		return identity.Known{}, err
	}
	concerned := []uuid.UUID{owner}
	if a.Leaver != nil {
		concerned = append(concerned, a.Leaver.PersonID)
	}
	people, err := lockPeople(ctx, q, a.Email, concerned...)
	if err != nil {
		return identity.Known{}, err
	}
	if owner, err = ownerOf(ctx, q, a); err != nil {
		return identity.Known{}, err
	}
	known := identity.Known{Owner: people.find(owner)}
	known.Holder, known.Claimed = people.holding(a.Email)
	if a.Leaver != nil {
		known.Leaver, err = leaverOf(ctx, q, people, *a.Leaver)
	}
	return known, err
}

// ownerOf is uuid.Nil for an identity that is nobody's.
func ownerOf(ctx context.Context, q *dbgen.Queries, a identity.Arrived) (uuid.UUID, error) {
	owner, err := q.AccountOwner(ctx, a.Issuer, a.Subject)
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, nil
	}
	return owner, err
}

// leaverOf is nil for somebody whose session is over. Until the transaction ends, no reset, no change of the password
// and no disabling ends it: they lock the person too.
func leaverOf(ctx context.Context, q *dbgen.Queries, people locked, l identity.Leaver) (*identity.Holder, error) {
	person := people.find(l.PersonID)
	if person == nil {
		return nil, nil
	}
	live, err := q.SessionLive(ctx, l.SessionID, session.Idle)
	if err != nil || !live {
		return nil, err
	}
	return person, nil
}
