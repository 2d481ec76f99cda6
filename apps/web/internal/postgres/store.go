// Package postgres keeps web's own data in schema auth: people and their accounts, login flows, sessions, throttles,
// signing keys, mail tokens and the audit. What a change asks to be mailed goes through an outbox into the same
// transaction.
//
// [Store] is what packages identity, session and keyring ask for through interfaces of their own. There is one file
// per noun, here as in query/, from which sqlc makes dbgen. Every method returns problem.Unavailable
// "database_away" when the database is away; what else it returns, the interfaces say.
package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/apps/web/internal/keyring"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/postgres"
	"cardwall/packages/problem"
)

// Schema is the one that all of this lives in; the pool's search_path names it.
const Schema = "auth"

// Store reads and writes schema auth.
type Store struct {
	pool    *pgxpool.Pool
	queries *dbgen.Queries
	jobs    *job.Queue
}

var (
	_ identity.Store = (*Store)(nil)
	_ session.Store  = (*Store)(nil)
	_ keyring.Store  = (*Store)(nil)
)

// New makes the store of a pool.
func New(pool *pgxpool.Pool) *Store {
	return &Store{pool: pool, queries: dbgen.New(pool), jobs: job.NewQueue()}
}

func (s *Store) inTx(ctx context.Context, do func(q *dbgen.Queries) error) error {
	return postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error { return do(s.queries.WithTx(tx)) })
}

// found turns a missing row into problem.NotFound, and everything else as postgres.Error does.
func found(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return notThere().Because(err)
	}
	return postgres.Error(err)
}

func notThere() *problem.Error {
	return problem.New(problem.NotFound, "not_found", "That isn't there.")
}
