package e2e_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"cardwall/packages/postgres/pgtest"
)

// database is one app's own: its role owns it, and nobody else's may connect.
type database struct {
	URL   string // as the app's role
	Admin string // as the server's superuser
}

func newDatabase(t *testing.T, server, name string) database {
	t.Helper()
	name = name + "_" + strings.ToLower(rand.Text()[:12])
	password := rand.Text()
	t.Cleanup(func() {
		if err := run(context.Background(), server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)", "DROP ROLE IF EXISTS "+name); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	err := run(t.Context(), server,
		fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s'", name, password),
		fmt.Sprintf("CREATE DATABASE %s OWNER %s TEMPLATE template0 STRATEGY FILE_COPY", name, name),
		fmt.Sprintf("REVOKE ALL ON DATABASE %s FROM PUBLIC", name),
	)
	if err != nil {
		t.Fatal(err)
	}
	admin := must(pgtest.WithDatabase(server, name))(t)
	own := must(url.Parse(admin))(t)
	own.User = url.UserPassword(name, password)
	return database{URL: own.String(), Admin: admin}
}

// run executes statements over a connection of its own.
func run(ctx context.Context, databaseURL string, statements ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// exec runs one statement as the superuser, for what no route does yet.
func (d database) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), d.Admin))(t)
	defer func() { _ = conn.Close(context.Background()) }()
	must(conn.Exec(t.Context(), statement, args...))(t)
}

const patience = 30 * time.Second // for anything that a test waits for, on a slow machine too

// eventually waits for a condition. To look takes the processor from what is waited for, so the longer that takes, the rarer it is done.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	pause := time.Millisecond
	for deadline := time.Now().Add(patience); !holds(); <-time.After(pause) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s in vain: %s", patience, what)
		}
		pause = min(2*pause, 40*time.Millisecond)
	}
}
