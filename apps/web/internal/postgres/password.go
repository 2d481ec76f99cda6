package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// FindPassword is what a sign-in with that e-mail is checked against; see identity.Store.
func (s *Store) FindPassword(ctx context.Context, email string, from identity.Origin) (identity.Password, error) {
	row, err := s.queries.PasswordFind(ctx, dbgen.PasswordFindParams{
		Issuer: identity.PasswordIssuer, Subject: email, Network: from.Network(),
	})
	return identity.Password(row), found(err)
}

// ReplaceHash changes how a password is hashed, not the password; see identity.Store.
func (s *Store) ReplaceHash(ctx context.Context, personID uuid.UUID, old, hash string) error {
	return postgres.Error(s.queries.PasswordRehash(ctx, dbgen.PasswordRehashParams{
		PersonID: personID, OldHash: old, NewHash: hash,
	}))
}
