// Package postgres is how both apps reach their database.
//
// It opens the pool ([Open]), brings an app's schema up to date ([Migrate]), runs transactions
// ([InTx]), hears notifications ([Listener]), answers readiness ([Check]) and turns trouble with the
// connection into the one problem that a client may see ([Error]). It knows no table: the apps'
// stores stand on top of it.
//
// Below it, pgserver runs a private server for development and tests, and pgtest gives every test a
// database of its own.
package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// DB is what a query needs, whether it runs on the pool or inside a transaction: *pgxpool.Pool and
// pgx.Tx both are one.
type DB interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, batch *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
	Begin(ctx context.Context) (pgx.Tx, error)
}
