package postgres

import (
	"context"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// CreatePasswordPerson writes a person, the account, the password, the audit row and the mail; see identity.Store.
func (s *Store) CreatePasswordPerson(ctx context.Context, p identity.PasswordPerson, from identity.Origin) (identity.Proof, error) {
	proof := identity.Proof{PersonID: p.ID, Issuer: identity.PasswordIssuer, Subject: p.Email}
	err := s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		if err := refuseVerified(ctx, q, p.Email); err != nil {
			return err
		}
		invited, err := takeInvitation(ctx, q, p.Invitation, p.Email)
		if err != nil {
			return err
		}
		if err := createPerson(ctx, q, dbgen.PersonCreateParams{ID: p.ID, Name: p.Name, Email: p.Email}, p.Invitation); err != nil {
			return err
		}
		if err := settleEmail(ctx, q, out, p, invited); err != nil {
			return err
		}
		if proof.Since, err = createPassword(ctx, q, p); err != nil {
			return err
		}
		return record(ctx, q, event{what: identity.EventSignedUp, personID: p.ID, email: p.Email, from: from})
	})
	return proof, err
}

// settleEmail takes the e-mail for verified that an invitation was sent to, and asks about any other.
func settleEmail(ctx context.Context, q *dbgen.Queries, out outbox, p identity.PasswordPerson, invited string) error {
	switch {
	case invited == p.Email:
		return giveVerified(ctx, q, identity.MailToken{PersonID: p.ID, Email: p.Email})
	case p.Verify != nil:
		return out.link(ctx, *p.Verify)
	}
	return nil
}

func createPassword(ctx context.Context, q *dbgen.Queries, p identity.PasswordPerson) (time.Time, error) {
	created, err := q.AccountCreate(ctx, dbgen.AccountCreateParams{Issuer: identity.PasswordIssuer, Subject: p.Email, PersonID: p.ID})
	switch {
	case err != nil:
		return time.Time{}, err
	case created == 0:
		return time.Time{}, identity.EmailTaken()
	}
	return q.PasswordCreate(ctx, p.ID, p.Hash)
}

// refuseVerified keeps an e-mail from being claimed anew once it is somebody's, and holds whoever comes with the same
// one until the transaction ends.
func refuseVerified(ctx context.Context, q *dbgen.Queries, email string) error {
	if err := q.PersonLockEmail(ctx, email); err != nil {
		return err
	}
	people, err := lockPeople(ctx, q, email)
	if err != nil {
		return err
	}
	if holder, _ := people.holding(email); holder != nil {
		return identity.EmailTaken()
	}
	return nil
}
