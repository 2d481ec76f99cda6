package postgres

import (
	"context"

	"cardwall/apps/web/internal/keyring"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// SigningKeys lists the published keys; see keyring.Store.
func (s *Store) SigningKeys(ctx context.Context) ([]keyring.SealedKey, error) {
	rows, err := s.queries.SigningKeyList(ctx)
	if err != nil {
		return nil, postgres.Error(err)
	}
	keys := make([]keyring.SealedKey, len(rows))
	for i, row := range rows {
		keys[i] = keyring.SealedKey{
			ID: row.Kid, State: keyring.State(row.State), Public: row.PublicKey, Sealed: row.SealedPrivateKey,
		}
	}
	return keys, nil
}

// EnsureActiveKey makes the first key under an advisory lock; see keyring.Store.
func (s *Store) EnsureActiveKey(ctx context.Context, generate func() (keyring.SealedKey, error)) error {
	return s.inTx(ctx, func(q *dbgen.Queries) error {
		if err := q.SigningKeyLock(ctx); err != nil {
			return err
		}
		if active, err := q.SigningKeyHasActive(ctx); err != nil || active {
			return err
		}
		key, err := generate()
		if err != nil {
			return err
		}
		return q.SigningKeyCreateActive(ctx, dbgen.SigningKeyCreateActiveParams{
			Kid: key.ID, PublicKey: key.Public, SealedPrivateKey: key.Sealed,
		})
	})
}
