package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// lockPoll is how often a process that waits for another's migration looks again.
const lockPoll = 50 * time.Millisecond

// Migrate brings the schema up to date with the goose files at the root of migrations and reports how
// many it applied. It makes the schema when it isn't there; goose's table of versions lives in it. Of
// several processes that start at once one migrates, under an advisory lock of the schema, and the
// others wait and find nothing left to do. c.URL must lead to the server itself, not to a pooler.
// A server that is away is an Unavailable; a migration that fails keeps what came before it.
func Migrate(ctx context.Context, c Config, migrations fs.FS) (int, error) {
	config, err := c.parse()
	if err != nil {
		return 0, err
	}
	// A migration may rightly run for longer than any request.
	config.ConnConfig.RuntimeParams["statement_timeout"] = "0"
	db := stdlib.OpenDB(*config.ConnConfig)
	defer func() { _ = db.Close() }()

	unlock, err := lockSchema(ctx, db, c.Schema)
	if err != nil {
		return 0, fmt.Errorf("postgres: prepare schema %s: %w", c.Schema, Error(err))
	}
	defer unlock()
	return up(ctx, db, c.Schema, migrations)
}

func up(ctx context.Context, db *sql.DB, schema string, migrations fs.FS) (int, error) {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations)
	if err != nil {
		return 0, fmt.Errorf("postgres: read the migrations of %s: %w", schema, err)
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return applied(results, err), fmt.Errorf("postgres: migrate %s: %w", schema, Error(err))
	}
	return len(results), nil
}

func applied(results []*goose.MigrationResult, err error) int {
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		return len(partial.Applied)
	}
	return len(results)
}

// lockSchema takes the schema's advisory lock on a connection of its own and makes the schema under it.
// (goose has a locker too, but looks for its table of versions before it takes the lock.)
func lockSchema(ctx context.Context, db *sql.DB, schema string) (unlock func(), err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, conn, schema); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	// The lock ends with its session, and the pool of database/sql is about to be closed.
	return func() { _ = conn.Close() }, nil
}

func prepare(ctx context.Context, conn *sql.Conn, schema string) error {
	if err := waitForLock(ctx, conn, "cardwall migrate "+schema); err != nil {
		return err
	}
	return createSchema(ctx, conn, schema)
}

// waitForLock asks again and again rather than waiting inside one statement, because a waiting
// statement's snapshot would stop a CREATE INDEX CONCURRENTLY of the process that holds the lock.
func waitForLock(ctx context.Context, conn *sql.Conn, name string) error {
	for {
		var got bool
		err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", name).Scan(&got)
		if err != nil || got {
			return err
		}
		select {
		case <-time.After(lockPoll):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// createSchema asks first: IF NOT EXISTS wants the right to create even when there is nothing to create.
func createSchema(ctx context.Context, conn *sql.Conn, schema string) error {
	var exists bool
	err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", schema).Scan(&exists)
	if err != nil || exists {
		return err
	}
	_, err = conn.ExecContext(ctx, "CREATE SCHEMA "+quoteIdentifier(schema))
	return err
}
