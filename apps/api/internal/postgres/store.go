// Package postgres keeps the boards in Postgres, in the schema kanban: it implements kanban.Store.
//
// The SQL stands in query/*.sql, a file per noun; sqlc makes dbgen from it. What this package adds is the way
// from rows to the domain's types, the transactions, and the error kinds.
package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Store implements kanban.Store on a pool whose search_path is the schema kanban.
type Store struct {
	pool    *pgxpool.Pool
	queries *dbgen.Queries
	turns   turns
	looks   looks
	walls   *walls
	tell    func(board uuid.UUID, seq int64) // of what has been committed
}

var _ kanban.Store = (*Store)(nil)

// New makes a store on a pool.
func New(pool *pgxpool.Pool) *Store {
	return &Store{
		pool: pool, queries: dbgen.New(pool), turns: turns{boards: map[uuid.UUID]*turn{}}, looks: newLooks(pool.Config().MaxConns), walls: newWalls(wallsWeigh),
		tell: func(uuid.UUID, int64) {},
	}
}

// Telling has the store say of each change, once it is committed, to which seq it took its board. tell must not wait.
func (s *Store) Telling(tell func(board uuid.UUID, seq int64)) *Store {
	s.tell = tell
	return s
}

// Keeping has the boards that are filtered again and again weigh so many bytes at most, of which a quarter may be one board's texts.
func (s *Store) Keeping(atMost int) *Store {
	s.walls = newWalls(atMost)
	return s
}

// snapshot runs reads that must agree with each other.
func (s *Store) snapshot(ctx context.Context, fn func(*dbgen.Queries) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return postgres.InTx(ctx, s.pool, options, func(tx pgx.Tx) error { return fn(s.queries.WithTx(tx)) })
}

// or returns missing in place of "no rows", and knows when the database is away.
func or(missing, err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return missing
	}
	return postgres.Error(err)
}
