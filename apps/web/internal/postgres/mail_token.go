package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
	"cardwall/packages/problem"
)

// AskForMail writes a token and the job of its mail; see identity.MailStore.
func (s *Store) AskForMail(ctx context.Context, t identity.MailToken) error {
	return s.inTxWithMail(ctx, func(_ *dbgen.Queries, out outbox) error { return out.link(ctx, t) })
}

// SealMailToken gives a token its hash; see identity.MailStore.
func (s *Store) SealMailToken(ctx context.Context, id uuid.UUID, hash identity.TokenHash, life time.Duration) (identity.MailToken, error) {
	var sealed identity.MailToken
	gone := false
	err := s.inTx(ctx, func(q *dbgen.Queries) error {
		row, err := q.MailTokenLock(ctx, id)
		if err != nil {
			return found(err)
		}
		sealed = mailToken(row.PersonID, row.Email, row.Name)
		sealed.ID, sealed.What = id, identity.Occasion(row.Purpose)
		if sealed.What == identity.OnReset && row.PersonID == nil {
			owner, err := q.EmailOwner(ctx, row.Email)
			if errors.Is(err, pgx.ErrNoRows) {
				gone = true
				return q.MailTokenDrop(ctx, id)
			}
			if err != nil {
				return err
			}
			sealed.PersonID, sealed.Name, row.PersonID = owner.ID, owner.Name, &owner.ID
		}
		return q.MailTokenSeal(ctx, dbgen.MailTokenSealParams{ID: id, Hash: hash[:], PersonID: row.PersonID, Life: life})
	})
	if err == nil && gone {
		err = problem.New(problem.NotFound, "not_found", "That e-mail is nobody's here.")
	}
	return sealed, err
}

// FindMailToken looks at a token; see identity.MailStore.
func (s *Store) FindMailToken(ctx context.Context, what identity.Occasion, hash identity.TokenHash) (identity.MailToken, error) {
	row, err := s.queries.MailTokenFind(ctx, hash[:], string(what))
	t := mailToken(row.PersonID, row.Email, row.Name)
	t.What = what
	return t, found(err)
}

// PendingEmail is the address that somebody means to change to; see identity.MailStore.
func (s *Store) PendingEmail(ctx context.Context, personID uuid.UUID, current string) (string, error) {
	email, err := s.queries.MailTokenPending(ctx, personID, current)
	return email, found(err)
}

// sweepMailTokens deletes those whose time is over.
func (s *Store) sweepMailTokens(ctx context.Context) error {
	_, err := s.queries.MailTokenSweep(ctx)
	return postgres.Error(err)
}

// takeToken uses a token up under the locks of its e-mail and then of its person and of who else has that e-mail, so that
// whose it is can be settled, and whatever else changes the person comes before or after.
func takeToken(ctx context.Context, q *dbgen.Queries, what identity.Occasion, hash identity.TokenHash) (identity.MailToken, identity.Holder, error) {
	row, err := q.MailTokenFind(ctx, hash[:], string(what))
	if err != nil {
		return identity.MailToken{}, identity.Holder{}, found(err)
	}
	t := mailToken(row.PersonID, row.Email, row.Name)
	if err := q.PersonLockEmail(ctx, t.Email); err != nil {
		return t, identity.Holder{}, err
	}
	people, err := lockPeople(ctx, q, t.Email, t.PersonID)
	if err != nil {
		return t, identity.Holder{}, err
	}
	person := people.find(t.PersonID)
	if person == nil {
		return t, identity.Holder{}, notThere()
	}
	_, err = q.MailTokenTake(ctx, hash[:], string(what))
	return t, *person, found(err)
}

func mailToken(personID *uuid.UUID, email, name string) identity.MailToken {
	t := identity.MailToken{Email: email, Name: name}
	if personID != nil {
		t.PersonID = *personID
	}
	return t
}
