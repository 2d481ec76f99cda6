package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// TakeTry counts a try and decides over it in one statement; see identity.Store.
func (s *Store) TakeTry(ctx context.Context, t identity.Throttle) (identity.Try, error) {
	row, err := s.queries.ThrottleTake(ctx, dbgen.ThrottleTakeParams{
		Scope: t.Scope, Key: t.Key[:], Memory: t.Limit.Memory,
		Free: t.Limit.Free, FirstWait: t.Limit.FirstWait, LongestWait: t.Limit.LongestWait,
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return s.refusedTry(ctx, t)
	}
	return identity.Try{Allowed: true, Count: row.Tries, Wait: row.Wait, At: row.TriedAt}, postgres.Error(err)
}

func (s *Store) refusedTry(ctx context.Context, t identity.Throttle) (identity.Try, error) {
	wait, err := s.queries.ThrottleWait(ctx, dbgen.ThrottleWaitParams{
		Scope: t.Scope, Key: t.Key[:],
		Free: t.Limit.Free, FirstWait: t.Limit.FirstWait, LongestWait: t.Limit.LongestWait,
	})
	if errors.Is(err, pgx.ErrNoRows) { // forgotten just now
		return identity.Try{}, nil
	}
	return identity.Try{Wait: wait}, postgres.Error(err)
}

// GiveBackTry uncounts one try; see identity.Store.
func (s *Store) GiveBackTry(ctx context.Context, t identity.Throttle, at time.Time) error {
	return postgres.Error(s.queries.ThrottleGiveBack(ctx, dbgen.ThrottleGiveBackParams{
		Scope: t.Scope, Key: t.Key[:], TriedAt: at,
		Free: t.Limit.Free, FirstWait: t.Limit.FirstWait, LongestWait: t.Limit.LongestWait,
	}))
}

// ForgetTries starts the count anew; see identity.Store.
func (s *Store) ForgetTries(ctx context.Context, t identity.Throttle) error {
	return postgres.Error(s.queries.ThrottleForget(ctx, t.Scope, t.Key[:]))
}

// Sweep deletes old throttles, sessions, flows and mail tokens; see identity.Store.
func (s *Store) Sweep(ctx context.Context, throttles, sessions time.Duration) error {
	if _, err := s.queries.ThrottleSweep(ctx, throttles); err != nil {
		return postgres.Error(err)
	}
	if _, err := s.queries.SessionSweep(ctx, sessions); err != nil {
		return postgres.Error(err)
	}
	if err := s.sweepMailTokens(ctx); err != nil {
		return err
	}
	_, err := s.queries.FlowSweep(ctx)
	return postgres.Error(err)
}
