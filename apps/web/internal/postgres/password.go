package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/postgres"
	"cardwall/packages/problem"
)

// FindPassword is what a sign-in with that e-mail is checked against; see identity.PasswordStore.
func (s *Store) FindPassword(ctx context.Context, email string, from identity.Origin) (identity.Password, error) {
	row, err := s.queries.PasswordFind(ctx, dbgen.PasswordFindParams{
		Issuer: identity.PasswordIssuer, Subject: email, Network: from.Network(),
	})
	return identity.Password(row), found(err)
}

// ReplaceHash changes how a password is hashed, not the password; see identity.PasswordStore.
func (s *Store) ReplaceHash(ctx context.Context, personID uuid.UUID, old, hash string) error {
	return postgres.Error(s.queries.PasswordRehash(ctx, dbgen.PasswordRehashParams{
		PersonID: personID, OldHash: old, NewHash: hash,
	}))
}

// ChangePassword changes a password or adds one, and ends the other sessions; see identity.PasswordStore.
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
		if err := stillSignedIn(ctx, q, self.SessionID); err != nil {
			return err
		}
		if err := shutOut(ctx, q, self.PersonID, self.SessionID, identity.EndedByPassword, self.From); err != nil {
			return err
		}
		if err := record(ctx, q, event{what: what, personID: self.PersonID, email: person.Email, from: self.From}); err != nil {
			return err
		}
		return out.tell(ctx, identity.Holder(person), c.Notice)
	})
}

// stillSignedIn returns problem.Unauthenticated "signed_out" for a session that ended while its request was under way:
// of a first password it is all the proof there is. It must run under the lock of the person.
func stillSignedIn(ctx context.Context, q *dbgen.Queries, id uuid.UUID) error {
	live, err := q.SessionLive(ctx, id, session.Idle)
	if err == nil && !live {
		return session.SignedOut()
	}
	return err
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
