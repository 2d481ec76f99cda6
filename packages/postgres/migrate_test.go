package postgres_test

import (
	"context"
	"errors"
	"net/url"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"

	"github.com/jackc/pgx/v5"
)

var counters = fstest.MapFS{
	"00001_counter.sql": {Data: []byte("-- +goose Up\nCREATE TABLE counter (name text PRIMARY KEY, n int NOT NULL);\n")},
	"00002_zero.sql":    {Data: []byte("-- +goose Up\nINSERT INTO counter VALUES ('zero', 0), ('nought', 0);\n")},
}

func TestMigrate(t *testing.T) {
	t.Parallel()

	t.Run("applies what is missing and then nothing", func(t *testing.T) {
		t.Parallel()
		config := postgres.Config{URL: pgtest.Empty(t), Schema: "shelf"}
		for _, want := range []int{2, 0} {
			if n, err := postgres.Migrate(t.Context(), config, counters); n != want || err != nil {
				t.Errorf("got %d, %v; want %d", n, err, want)
			}
		}
	})

	t.Run("keeps everything in the schema, its own table too", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		var elsewhere int
		err := pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_tables
			WHERE schemaname NOT IN ('shelf', 'pg_catalog', 'information_schema')`).Scan(&elsewhere)
		if err != nil || elsewhere != 0 {
			t.Errorf("%d tables elsewhere, %v", elsewhere, err)
		}
	})

	t.Run("of several at once one migrates", func(t *testing.T) {
		t.Parallel()
		config := postgres.Config{URL: pgtest.Empty(t), Schema: "shelf"}
		var sum atomic.Int32
		one := func() error {
			n, err := postgres.Migrate(t.Context(), config, counters)
			sum.Add(int32(n))
			return err
		}
		together(t, one, one, one, one)
		if sum.Load() != 2 {
			t.Errorf("%d were applied in all, want 2", sum.Load())
		}
	})

	t.Run("a failure keeps what came before it", func(t *testing.T) {
		t.Parallel()
		config := postgres.Config{URL: pgtest.Empty(t), Schema: "shelf"}
		broken := fstest.MapFS{
			"00001_counter.sql": counters["00001_counter.sql"],
			"00002_broken.sql":  {Data: []byte("-- +goose Up\nCREATE TABLE half (id int);\nSELECT * FROM nowhere;\n")},
		}
		if n, err := postgres.Migrate(t.Context(), config, broken); n != 1 || err == nil {
			t.Errorf("got %d, %v", n, err)
		}
		if n, err := postgres.Migrate(t.Context(), config, counters); n != 1 || err != nil {
			t.Errorf("after mending it: %d, %v", n, err)
		}
	})

	t.Run("a role that owns its schema needs no more", func(t *testing.T) {
		t.Parallel()
		config := postgres.Config{URL: pgtest.Empty(t), Schema: "shelf"}
		role := "role_of_" + databaseName(t, config.URL)
		asRole := createRole(t, config.URL, role)
		if n, err := postgres.Migrate(t.Context(), postgres.Config{URL: asRole, Schema: "shelf"}, counters); n != 2 || err != nil {
			t.Errorf("got %d, %v", n, err)
		}
	})

	t.Run("a server that is away is an Unavailable", func(t *testing.T) {
		t.Parallel()
		within(t, 3*time.Second, func() {
			_, err := postgres.Migrate(t.Context(), postgres.Config{URL: mute(t), Schema: "shelf"}, counters)
			wantAway(t, err)
		})
	})
}

// createRole makes a role that owns schema shelf and can do nothing else, and returns its URL.
func createRole(t *testing.T, server, role string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := conn.Exec(context.Background(), "DROP OWNED BY "+role+"; DROP ROLE "+role)
		if err := errors.Join(err, conn.Close(context.Background())); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"CREATE ROLE " + role + " LOGIN PASSWORD 'secret'",
		"CREATE SCHEMA shelf AUTHORIZATION " + role,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	u.User = url.UserPassword(role, "secret")
	return u.String()
}

func databaseName(t *testing.T, server string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path[1:]
}
