package postgres

import (
	"context"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// CreatePasswordPerson writes a person, the account, the password and the audit row; see identity.Store.
func (s *Store) CreatePasswordPerson(ctx context.Context, p identity.PasswordPerson, from identity.Origin) error {
	return s.inTx(ctx, func(q *dbgen.Queries) error {
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
