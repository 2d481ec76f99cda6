package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/problem"
)

// FindProfile reads a person's account; see identity.ProfileStore.
func (s *Store) FindProfile(ctx context.Context, self identity.Self, recent time.Duration) (identity.Profile, error) {
	row, err := s.queries.PersonProfile(ctx, dbgen.PersonProfileParams{
		ID: self.PersonID, SessionID: self.SessionID, Network: self.From.Network(), Recent: recent,
	})
	return identity.Profile(row), found(err)
}

// RenamePerson gives a person another name; see identity.ProfileStore.
func (s *Store) RenamePerson(ctx context.Context, self identity.Self, name string) error {
	return s.ofSelf(ctx, self, identity.EventNameChanged, func(q *dbgen.Queries, _ dbgen.PersonLockRow) error {
		return q.PersonRename(ctx, name, self.PersonID)
	})
}

// ChangePassword changes a password or adds one, and ends the other sessions; see identity.ProfileStore.
func (s *Store) ChangePassword(ctx context.Context, self identity.Self, c identity.HashChange) error {
	what := identity.EventPasswordChanged
	if c.Old == "" {
		what = identity.EventPasswordSet
	}
	return s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		person, err := q.PersonLock(ctx, self.PersonID)
		switch {
		case err != nil:
			return found(err)
		case person.Email != c.Email:
			return passwordChanged()
		}
		if err := writeHash(ctx, q, self.PersonID, c); err != nil {
			return err
		}
		if err := shutOut(ctx, q, self.PersonID, self.SessionID, identity.EndedByPassword, self.From); err != nil {
			return err
		}
		if err := record(ctx, q, event{what: what, personID: self.PersonID, email: person.Email, from: self.From}); err != nil || c.Notice == nil {
			return err
		}
		return out.add(ctx, *c.Notice)
	})
}

func writeHash(ctx context.Context, q *dbgen.Queries, personID uuid.UUID, c identity.HashChange) error {
	if c.Old != "" {
		return once(q.PasswordChange(ctx, dbgen.PasswordChangeParams{PersonID: personID, OldHash: c.Old, NewHash: c.New}))
	}
	if err := once(q.PasswordAdd(ctx, personID, c.New)); err != nil {
		return err
	}
	made, err := q.AccountCreate(ctx, dbgen.AccountCreateParams{Issuer: identity.PasswordIssuer, Subject: c.Email, PersonID: personID})
	if err == nil && made == 0 {
		return identity.EmailAnothers()
	}
	return err
}

func once(rows int64, err error) error {
	if err == nil && rows == 0 {
		return passwordChanged()
	}
	return err
}

func passwordChanged() error {
	return problem.New(problem.Conflict, "password_changed", "Your password or e-mail was changed meanwhile. Look at it again.")
}

// ofSelf changes and records, all or nothing, while the person's row is locked. It returns problem.NotFound when the
// person is gone.
func (s *Store) ofSelf(ctx context.Context, self identity.Self, what identity.EventKind, do func(*dbgen.Queries, dbgen.PersonLockRow) error) error {
	return s.inTx(ctx, func(q *dbgen.Queries) error {
		person, err := q.PersonLock(ctx, self.PersonID)
		if err != nil {
			return found(err)
		}
		if err := do(q, person); err != nil {
			return err
		}
		return record(ctx, q, event{what: what, personID: self.PersonID, email: person.Email, from: self.From})
	})
}
