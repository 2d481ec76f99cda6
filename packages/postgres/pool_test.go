package postgres_test

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

func TestOpen(t *testing.T) {
	t.Parallel()

	t.Run("works in its own schema, whatever that is called", func(t *testing.T) {
		t.Parallel()
		config := postgres.Config{URL: pgtest.Empty(t), Schema: `odd "name", public`}
		if _, err := postgres.Migrate(t.Context(), config, counters); err != nil {
			t.Fatal(err)
		}
		var schema string
		if err := openAt(t, config).QueryRow(t.Context(), "SELECT current_schema()").Scan(&schema); err != nil || schema != config.Schema {
			t.Errorf("got %q, %v", schema, err)
		}
	})

	t.Run("has eight connections unless told otherwise", func(t *testing.T) {
		t.Parallel()
		server := pgtest.Server(t)
		for want, config := range map[int32]postgres.Config{
			8: {URL: server, Schema: "shelf"},
			3: {URL: server, Schema: "shelf", MaxConns: 3},
			5: {URL: with(t, server, "pool_max_conns", "5"), Schema: "shelf"},
		} {
			if got := openAt(t, config).Config().MaxConns; got != want {
				t.Errorf("got %d, want %d", got, want)
			}
		}
	})

	t.Run("leaves the URL its own settings", func(t *testing.T) {
		t.Parallel()
		pool := openAt(t, postgres.Config{URL: with(t, pgtest.Server(t), "statement_timeout", "7s"), Schema: "shelf"})
		var timeout string
		if err := pool.QueryRow(t.Context(), "SHOW statement_timeout").Scan(&timeout); err != nil || timeout != "7s" {
			t.Errorf("got %q, %v", timeout, err)
		}
	})

	t.Run("refuses what can't be read", func(t *testing.T) {
		t.Parallel()
		for _, config := range []postgres.Config{
			{}, {URL: "postgres://localhost/x"}, {Schema: "shelf"}, {URL: "postgres://localhost:port/x", Schema: "shelf"},
		} {
			if _, err := postgres.Open(t.Context(), config); err == nil {
				t.Errorf("%+v was accepted", config)
			}
		}
	})
}

func TestServerAway(t *testing.T) {
	t.Parallel()

	t.Run("the pool opens, says so at once, and recovers by itself", func(t *testing.T) {
		t.Parallel()
		dir, port := t.TempDir(), freePort(t)
		first := ownServer(t, dir, port)
		address := first.URL("postgres", "postgres")
		stop(t, first)

		pool := openAt(t, postgres.Config{URL: address, Schema: "shelf"})
		within(t, 3*time.Second, func() { wantAway(t, query(t.Context(), pool)) })
		wantAway(t, postgres.Check(t.Context(), pool))

		second := ownServer(t, dir, port)
		eventually(t, 10*time.Second, func(ctx context.Context) error { return query(ctx, pool) })
		if err := postgres.Check(t.Context(), pool); err != nil {
			t.Error(err)
		}

		stop(t, second)
		within(t, 3*time.Second, func() { wantAway(t, query(t.Context(), pool)) })
		ownServer(t, dir, port)
		eventually(t, 10*time.Second, func(ctx context.Context) error { return query(ctx, pool) })
	})

	t.Run("a session that an operator ends is an Unavailable, and the next one works", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		wantAway(t, postgres.Error(func() error {
			_, err := pool.Exec(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())")
			return err
		}()))
		if err := query(t.Context(), pool); err != nil {
			t.Errorf("the pool didn't recover: %v", err)
		}
	})

	t.Run("a server that never answers holds nobody longer than two seconds", func(t *testing.T) {
		t.Parallel()
		pool := openAt(t, postgres.Config{URL: mute(t), Schema: "shelf"})
		within(t, 2500*time.Millisecond, func() { wantAway(t, query(t.Context(), pool)) })
		within(t, 1500*time.Millisecond, func() { wantAway(t, postgres.Check(t.Context(), pool)) })
	})
}

func TestPoolExhausted(t *testing.T) {
	t.Parallel()
	pool := open(t, 1)
	held, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	t.Run("is an Unavailable after two seconds", func(t *testing.T) {
		within(t, 2500*time.Millisecond, func() { wantAway(t, query(t.Context(), pool)) })
	})
	t.Run("is busy when the caller's own deadline comes first", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		err := query(ctx, pool)
		wantUnavailable(t, err, "busy")
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("is no error once the caller has gone", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := query(ctx, pool); !errors.Is(err, context.Canceled) || problem.Is(err, problem.Unavailable) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("is over when a connection comes free", func(t *testing.T) {
		held.Release()
		if err := query(t.Context(), pool); err != nil {
			t.Error(err)
		}
	})
}

func TestALongQueryIsNotBoundByTheWait(t *testing.T) {
	t.Parallel()
	if _, err := open(t, 1).Exec(t.Context(), "SELECT pg_sleep(2.2)"); err != nil {
		t.Error(err)
	}
}

func TestABusyDatabase(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"55P03": "busy", "57014": "busy", "40001": "busy", "40P01": "busy", "25006": "database_away",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := open(t, 1).Exec(t.Context(), "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '"+name+"'; END $$")
			wantUnavailable(t, postgres.Error(err), code)
		})
	}
	t.Run("a lock that others keep is waited for two seconds", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 2)
		holder, err := pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		const take = "UPDATE counter SET n = n + 1 WHERE name = 'zero'"
		if _, err := holder.Exec(t.Context(), take); err != nil {
			t.Fatal(err)
		}
		within(t, 3*time.Second, func() {
			_, err := pool.Exec(t.Context(), take)
			wantUnavailable(t, postgres.Error(err), "busy")
		})
		if err := holder.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestErrorLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	if postgres.Error(nil) != nil {
		t.Error("nil became an error")
	}
	_, err := open(t, 1).Exec(t.Context(), "SELECT * FROM nowhere")
	if got := postgres.Error(err); !errors.Is(got, err) || problem.Is(got, problem.Unavailable) {
		t.Errorf("got %v, want %v", got, err)
	}
	already := problem.New(problem.NotFound, "not_found", "It isn't there.")
	if got := postgres.Error(already); !errors.Is(got, already) {
		t.Errorf("got %v", got)
	}
}

func with(t *testing.T, server, name, value string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	params := u.Query()
	params.Set(name, value)
	u.RawQuery = params.Encode()
	return u.String()
}

func query(ctx context.Context, pool postgres.DB) error {
	var one int
	return postgres.Error(pool.QueryRow(ctx, "SELECT 1").Scan(&one))
}

func stop(t *testing.T, server interface{ Stop() error }) {
	t.Helper()
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
}
