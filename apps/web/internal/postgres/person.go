package postgres

import (
	"context"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// CreatePasswordPerson writes a person, the account, the password and the audit row; see identity.Store.
func (s *Store) CreatePasswordPerson(ctx context.Context, p identity.PasswordPerson, from identity.Origin) error {
	return s.inTx(ctx, func(q *dbgen.Queries) error {
		if err := refuseVerified(ctx, q, p.Email); err != nil {
			return err
		}
		if err := takeInvitation(p.Invitation); err != nil {
			return err
		}
		if err := q.PersonCreate(ctx, dbgen.PersonCreateParams{ID: p.ID, Name: p.Name, Email: p.Email}); err != nil {
			return err
		}
		created, err := q.AccountCreate(ctx, dbgen.AccountCreateParams{
			Issuer: identity.PasswordIssuer, Subject: p.Email, PersonID: p.ID,
		})
		switch {
		case err != nil:
			return err
		case created == 0:
			return identity.EmailTaken()
		}
		if err := q.PasswordCreate(ctx, p.ID, p.Hash); err != nil {
			return err
		}
		return record(ctx, q, event{what: "signed_up", personID: p.ID, email: p.Email, from: from})
	})
}

// refuseVerified keeps an e-mail from being claimed anew once it is somebody's, and holds whoever comes with the same
// one until the transaction ends.
func refuseVerified(ctx context.Context, q *dbgen.Queries, email string) error {
	if err := q.PersonLockEmail(ctx, email); err != nil {
		return err
	}
	people, err := q.PersonListByEmail(ctx, email)
	if err != nil {
		return err
	}
	for _, person := range people {
		if person.EmailVerified {
			return identity.EmailTaken()
		}
	}
	return nil
}
