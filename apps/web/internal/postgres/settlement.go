package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

func settleArrival(ctx context.Context, q *dbgen.Queries, a identity.Arrived, settled identity.Settlement, from identity.Origin) error {
	by := details{"provider": a.Provider, "issuer": a.Issuer}
	if settled.Create {
		if _, err := takeInvitation(ctx, q, a.Invitation, ""); err != nil {
			return err
		}
		if err := createPerson(ctx, q, dbgen.PersonCreateParams{ID: settled.PersonID, Name: a.Name}, a.Invitation); err != nil {
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
