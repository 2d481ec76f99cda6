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

func knownOf(ctx context.Context, q *dbgen.Queries, a identity.Arrived) (identity.Known, error) {
	var known identity.Known
	owner, err := q.AccountOwner(ctx, a.Issuer, a.Subject)
	switch {
	case err == nil:
		known.Owner = (*identity.Holder)(&owner)
	case !errors.Is(err, pgx.ErrNoRows):
		return known, err
	}
	if a.Leaver != nil {
		if known.Leaver, err = leaverOf(ctx, q, *a.Leaver); err != nil {
			return known, err
		}
	}
	people, err := q.PersonListByEmail(ctx, a.Email)
	for _, person := range people {
		if person.EmailVerified {
			known.Holder = (*identity.Holder)(&person)
		} else {
			known.Claimed = true
		}
	}
	return known, err
}

// leaverOf is nil for somebody whose session is over. Until the transaction ends, no reset, no change of the password
// and no disabling ends it: they lock the person too.
func leaverOf(ctx context.Context, q *dbgen.Queries, l identity.Leaver) (*identity.Holder, error) {
	person, err := q.PersonLock(ctx, l.PersonID)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	}
	live, err := q.SessionLive(ctx, l.SessionID, session.Idle)
	if err != nil || !live {
		return nil, err
	}
	return (*identity.Holder)(&person), nil
}

func settleArrival(ctx context.Context, q *dbgen.Queries, a identity.Arrived, settled identity.Settlement, from identity.Origin) error {
	by := details{"provider": a.Provider, "issuer": a.Issuer}
	if settled.Create {
		if _, err := takeInvitation(ctx, q, a.Invitation, ""); err != nil {
			return err
		}
		if err := q.PersonCreate(ctx, dbgen.PersonCreateParams{ID: settled.PersonID, Name: a.Name}); err != nil {
			return err
		}
		if err := record(ctx, q, event{what: identity.EventSignedUp, personID: settled.PersonID, email: settled.Email, from: from, details: by}); err != nil {
			return err
		}
	}
	if a.Leaver == nil && settled.Link && !settled.Create {
		by["why"] = "same verified e-mail"
	}
	if err := useAccount(ctx, q, a, settled, event{what: identity.EventLinked, personID: settled.PersonID, email: a.Email, from: from, details: by}); err != nil {
		return err
	}
	if settled.Email == "" {
		return nil
	}
	if settled.EmailVerified {
		if err := stripClaims(ctx, q, settled.Email, settled.PersonID); err != nil {
			return err
		}
	}
	return q.PersonGiveEmail(ctx, dbgen.PersonGiveEmailParams{ID: settled.PersonID, Email: settled.Email, Verified: settled.EmailVerified})
}

// useAccount links the identity, or writes down what the provider says today. A new person's first one is part of
// signing up.
func useAccount(ctx context.Context, q *dbgen.Queries, a identity.Arrived, settled identity.Settlement, linked event) error {
	if !settled.Link {
		return q.AccountUse(ctx, dbgen.AccountUseParams{
			Issuer: a.Issuer, Subject: a.Subject, Provider: a.Provider,
			Email: a.Email, EmailVerified: a.EmailVerified, Name: a.Arrival.Name, Picture: a.Picture,
		})
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	err = q.AccountLink(ctx, dbgen.AccountLinkParams{
		ID: id, Issuer: a.Issuer, Subject: a.Subject, PersonID: settled.PersonID, Provider: a.Provider,
		Email: a.Email, EmailVerified: a.EmailVerified, Name: a.Arrival.Name, Picture: a.Picture,
	})
	if err != nil || settled.Create {
		return err
	}
	return record(ctx, q, linked)
}

// stripClaims takes an e-mail whose verified owner is known from everybody who only claimed it, with the password
// that went with it. It must run under PersonLockEmail. The audit of those who lose it must not tell where the owner is.
func stripClaims(ctx context.Context, q *dbgen.Queries, email string, owner uuid.UUID) error {
	stripped, err := q.PersonStripEmail(ctx, email, owner)
	if err != nil {
		return err
	}
	passwords, err := q.AccountDeletePassword(ctx, dbgen.AccountDeletePasswordParams{Issuer: identity.PasswordIssuer, Email: email, Owner: owner})
	if err != nil {
		return err
	}
	if err := q.PasswordDelete(ctx, passwords); err != nil {
		return err
	}
	for _, id := range stripped {
		if err := record(ctx, q, event{what: identity.EventStripped, personID: id, email: email, from: identity.Nowhere()}); err != nil {
			return err
		}
	}
	return nil
}
