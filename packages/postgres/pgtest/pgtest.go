// Package pgtest gives each test a Postgres database of its own, migrated and empty, on a real server.
//
// The migrations run once, into a template; a test's database is a copy of it, made in some twenty
// milliseconds and dropped when the test ends. So tests run in parallel and see nothing of each other.
// The server is the one that TEST_DATABASE_URL leads to (as a superuser; `task test` sets it), or a
// private one in memory that lives and dies with the test process.
package pgtest

import (
	"context"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"testing"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgserver"

	"github.com/jackc/pgx/v5"
)

// New makes a fresh database in which the migrations have been applied to the schema, and drops it when
// the test ends. Any trouble fails the test.
func New(t testing.TB, migrations fs.FS, schema string) postgres.Config {
	t.Helper()
	url := create(t, func(ctx context.Context, conn *pgx.Conn) (string, error) {
		return ensureTemplate(ctx, conn, Server(t), migrations, schema)
	})
	return postgres.Config{URL: url, Schema: schema}
}

// Empty makes a fresh database with nothing in it, dropped when the test ends, and returns its URL.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, func(context.Context, *pgx.Conn) (string, error) { return "template0", nil })
}

// Server is the URL of the tests' server, as its superuser.
func Server(t testing.TB) string {
	t.Helper()
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		return given
	}
	admin, err := private()
	if err != nil {
		t.Fatalf("pgtest: start a private server: %v", err)
	}
	return admin
}

// private is one server for the whole test process; it can't belong to a test, because any number of
// them use it at once. Its leash ends it with the process.
var private = sync.OnceValues(func() (string, error) {
	binDir, err := pgserver.Find()
	if err != nil {
		return "", err
	}
	server, err := pgserver.Start(context.Background(), pgserver.Options{BinDir: binDir})
	if err != nil {
		return "", err
	}
	return server.URL("postgres", "postgres"), nil
})

// WithDatabase is the server's URL turned to another of its databases.
func WithDatabase(server, database string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + database
	return u.String(), nil
}
