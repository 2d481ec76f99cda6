package postgres_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgserver"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"

	"github.com/jackc/pgx/v5/pgxpool"
)

// open makes a pool on a fresh database; the test's SQL runs in schema shelf.
func open(t *testing.T, maxConns int32) *pgxpool.Pool {
	t.Helper()
	config := postgres.Config{URL: pgtest.Empty(t), Schema: "shelf", MaxConns: maxConns}
	if _, err := postgres.Migrate(t.Context(), config, counters); err != nil {
		t.Fatal(err)
	}
	return openAt(t, config)
}

func openAt(t *testing.T, config postgres.Config) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// ownServer starts a server that the test may stop; starting it again in the same folder on the same
// port brings the data back.
func ownServer(t *testing.T, dir string, port int) *pgserver.Server {
	t.Helper()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // else the server's account can't enter
		t.Fatal(err)
	}
	binDir, err := pgserver.Find()
	if err != nil {
		t.Fatal(err)
	}
	server, err := pgserver.Start(t.Context(), pgserver.Options{BinDir: binDir, Dir: dir, Port: port})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	return server
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// mute is the address of a server that accepts and never says a word.
func mute(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return "postgres://someone@" + l.Addr().String() + "/somewhere?sslmode=disable"
}

func wantAway(t *testing.T, err error) {
	t.Helper()
	wantUnavailable(t, err, "database_away")
}

func wantUnavailable(t *testing.T, err error, code string) {
	t.Helper()
	var e *problem.Error
	if !errors.As(err, &e) || e.Kind != problem.Unavailable || e.Code != code || e.RetryAfter <= 0 {
		t.Errorf("got %v, want an Unavailable %q with a RetryAfter", err, code)
	}
}

// within tries up to three times: a machine that has no time for us may hold one up, and what takes longer by itself is late each time.
func within(t *testing.T, limit time.Duration, do func()) {
	t.Helper()
	var took time.Duration
	for range 3 {
		start := time.Now()
		do()
		if took = time.Since(start); took <= limit {
			return
		}
	}
	t.Errorf("took %v, more than %v", took, limit)
}

func eventually(t *testing.T, limit time.Duration, holds func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	for {
		err := holds(ctx)
		if err == nil {
			return
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("still failing after %v: %v", limit, err)
		}
	}
}
