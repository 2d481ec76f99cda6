package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// refuseAnothers returns problem.Conflict "email_taken" for what is verified as somebody else's.
func refuseAnothers(ctx context.Context, q *dbgen.Queries, email string, personID uuid.UUID) error {
	people, err := q.PersonListByEmail(ctx, email)
	if err != nil {
		return err
	}
	for _, person := range people {
		if person.EmailVerified && person.ID != personID {
			return identity.EmailAnothers()
		}
	}
	return nil
}

// giveVerified makes an e-mail a person's own: nobody else has it any more, and the person's password goes with it.
// It must run under PersonLockEmail and lockPeople: a password that is set meanwhile is named after the e-mail too.
func giveVerified(ctx context.Context, q *dbgen.Queries, t identity.MailToken) error {
	if err := refuseAnothers(ctx, q, t.Email, t.PersonID); err != nil {
		return err
	}
	if err := stripClaims(ctx, q, t.Email, t.PersonID); err != nil {
		return err
	}
	if err := q.EmailFollow(ctx, t.Email, t.PersonID); err != nil {
		return err
	}
	return q.PersonGiveEmail(ctx, dbgen.PersonGiveEmailParams{ID: t.PersonID, Email: t.Email, Verified: true})
}

// stripClaims takes an e-mail whose verified owner is known from everybody who only claimed it, with the password
// that went with it. It must run under PersonLockEmail and
// lockPeople. The audit of those who lose it must not tell where the owner is.
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
