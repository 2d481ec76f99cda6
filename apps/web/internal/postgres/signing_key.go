package postgres

import (
	"context"
	"time"

	"cardwall/apps/web/internal/keyring"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
	"cardwall/packages/token"
)

// SigningKeys lists the keys; see keyring.Store.
func (s *Store) SigningKeys(ctx context.Context) (keyring.Kept, error) {
	kept, err := signingKeys(ctx, s.queries)
	return kept, postgres.Error(err)
}

// ChangeSigningKeys changes the keys under an advisory lock; see keyring.Store.
func (s *Store) ChangeSigningKeys(ctx context.Context, decide func(keyring.Kept) (keyring.Change, error)) (kept keyring.Kept, err error) {
	err = s.inTx(ctx, func(q *dbgen.Queries) error {
		if err := q.SigningKeyLock(ctx); err != nil {
			return err
		}
		before, err := signingKeys(ctx, q)
		if err != nil {
			return err
		}
		change, err := decide(before)
		if err != nil {
			return err
		}
		if err := changeSigningKeys(ctx, q, change); err != nil {
			return err
		}
		kept, err = signingKeys(ctx, q)
		return err
	})
	return kept, err
}

func changeSigningKeys(ctx context.Context, q *dbgen.Queries, change keyring.Change) error {
	if key := change.New; key != nil {
		err := q.SigningKeyCreate(ctx, dbgen.SigningKeyCreateParams{Kid: key.ID, PublicKey: key.Public, SealedPrivateKey: key.Sealed})
		if err != nil {
			return err
		}
	}
	if change.Activate != "" {
		if err := q.SigningKeyRetire(ctx); err != nil {
			return err
		}
		if err := q.SigningKeyActivate(ctx, change.Activate); err != nil {
			return err
		}
	}
	if len(change.Drop) == 0 {
		return nil
	}
	return q.SigningKeyDrop(ctx, change.Drop)
}

func signingKeys(ctx context.Context, q *dbgen.Queries) (keyring.Kept, error) {
	rows, err := q.SigningKeyList(ctx)
	if err != nil {
		return keyring.Kept{}, err
	}
	kept := keyring.Kept{Keys: make([]keyring.SealedKey, len(rows))}
	for i, row := range rows {
		kept.Now = row.Now
		kept.Keys[i] = keyring.SealedKey{
			Term:   token.Term{ID: row.Kid, PublishedAt: row.CreatedAt, SignsFrom: orZero(row.ActivatedAt), RetiredAt: orZero(row.RetiringAt)},
			Public: row.PublicKey, Sealed: row.SealedPrivateKey,
		}
	}
	return kept, nil
}

func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}
