package postgres_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func TestInPipeline(t *testing.T) {
	t.Parallel()

	t.Run("commits, and a read sees what was said before it", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		var seen int
		err := postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
			insert(t.Context(), p, "a")
			insert(t.Context(), p, "b")
			if err := p.QueryRow(t.Context(), "SELECT count(*) FROM counter WHERE n = 1").Scan(&seen); err != nil {
				return err
			}
			insert(t.Context(), p, "c")
			return nil
		})
		if err != nil || seen != 2 || count(t, pool, "c") != 1 {
			t.Errorf("got %v, %d seen, %d kept", err, seen, count(t, pool, "c"))
		}
	})

	t.Run("reads many rows", func(t *testing.T) {
		t.Parallel()
		var names []string
		err := postgres.InPipeline(t.Context(), open(t, 1), func(p *postgres.Pipeline) error {
			rows, err := p.Query(t.Context(), "SELECT name FROM counter ORDER BY name")
			if err != nil {
				return err
			}
			names, err = pgx.CollectRows(rows, pgx.RowTo[string])
			insert(t.Context(), p, "a")
			return err
		})
		if err != nil || len(names) != 2 {
			t.Errorf("got %q, %v", names, err)
		}
	})

	t.Run("a snapshot sees nothing of what others do meanwhile, and writes nothing", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 2)
		var before, after int
		err := postgres.InSnapshot(t.Context(), pool, func(p *postgres.Pipeline) error {
			if err := p.QueryRow(t.Context(), "SELECT count(*) FROM counter").Scan(&before); err != nil {
				return err
			}
			if _, err := pool.Exec(t.Context(), "INSERT INTO counter VALUES ('a', 1)"); err != nil {
				return err
			}
			if err := p.QueryRow(t.Context(), "SELECT count(*) FROM counter").Scan(&after); err != nil {
				return err
			}
			insert(t.Context(), p, "b")
			return nil
		})
		var reply *pgconn.PgError
		if !errors.As(err, &reply) || reply.Code != "25006" || before != after || count(t, pool, "a") != 1 || count(t, pool, "b") != 0 {
			t.Errorf("got %v; %d and then %d seen, %d and %d kept", err, before, after, count(t, pool, "a"), count(t, pool, "b"))
		}
	})

	t.Run("an error rolls back what was sent and what wasn't", func(t *testing.T) {
		t.Parallel()
		pool, refused := open(t, 1), errors.New("refused")
		err := postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
			insert(t.Context(), p, "a")
			if err := p.QueryRow(t.Context(), "SELECT 1").Scan(new(int)); err != nil {
				return err
			}
			insert(t.Context(), p, "b")
			return refused
		})
		if !errors.Is(err, refused) || count(t, pool, "a")+count(t, pool, "b") != 0 || pool.Stat().NewConnsCount() != 1 {
			t.Errorf("got %v; kept %d; %d connections", err, count(t, pool, "a"), pool.Stat().NewConnsCount())
		}
	})

	t.Run("what is wrong with a statement comes out with the next answer or the commit", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		for name, after := range map[string]func(*postgres.Pipeline) error{
			"the commit": func(*postgres.Pipeline) error { return nil },
			"a row":      func(p *postgres.Pipeline) error { return p.QueryRow(t.Context(), "SELECT 1").Scan(new(int)) },
			"rows": func(p *postgres.Pipeline) error {
				rows, err := p.Query(t.Context(), "SELECT 1")
				if err == nil {
					rows.Close()
				}
				return err
			},
		} {
			err := postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
				insert(t.Context(), p, "a")
				insert(t.Context(), p, "zero")
				return after(p)
			})
			var reply *pgconn.PgError
			if !errors.As(err, &reply) || reply.Code != "23505" || count(t, pool, "a") != 0 {
				t.Errorf("%s: got %v; kept %d", name, err, count(t, pool, "a"))
			}
		}
		if pool.Stat().NewConnsCount() != 1 {
			t.Errorf("%d connections: one was left unclean", pool.Stat().NewConnsCount())
		}
	})

	t.Run("no commit is claimed after a failure that was passed over", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		err := postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
			insert(t.Context(), p, "a")
			_ = p.QueryRow(t.Context(), "SELECT 1 / (n - n) FROM counter").Scan(new(int))
			return nil
		})
		if !errors.Is(err, pgx.ErrTxCommitRollback) || count(t, pool, "a") != 0 {
			t.Errorf("got %v; kept %d", err, count(t, pool, "a"))
		}
	})

	t.Run("a panic rolls back and goes on", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		defer func() {
			if recover() == nil || count(t, pool, "a") != 0 {
				t.Error("the panic was swallowed or the change kept")
			}
		}()
		_ = postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
			insert(t.Context(), p, "a")
			if err := p.QueryRow(t.Context(), "SELECT 1").Scan(new(int)); err != nil {
				return err
			}
			panic("boom")
		})
	})

	t.Run("gives up in the end what others spoil", func(t *testing.T) {
		t.Parallel()
		var runs int
		err := postgres.InPipeline(t.Context(), open(t, 1), func(p *postgres.Pipeline) error {
			runs++
			_, err := p.Exec(t.Context(), "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$")
			return err
		})
		var reply *pgconn.PgError
		if !errors.As(err, &reply) || runs != 6 {
			t.Errorf("got %v after %d runs", err, runs)
		}
	})

	t.Run("a lost connection is an Unavailable", func(t *testing.T) {
		t.Parallel()
		wantAway(t, postgres.InPipeline(t.Context(), open(t, 1), func(p *postgres.Pipeline) error {
			_, err := p.Exec(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())")
			return err
		}))
	})
}

// Four statements and their transaction, two of them with a result, are three round trips.
func TestAPipelineTakesOneRoundTripForEachResult(t *testing.T) {
	t.Parallel()
	config := postgres.Config{URL: pgtest.Empty(t), Schema: "shelf", MaxConns: 1}
	if _, err := postgres.Migrate(t.Context(), config, counters); err != nil {
		t.Fatal(err)
	}
	trips := meter(t, &config)
	pool := openAt(t, config)
	work := func(p *postgres.Pipeline) error {
		for range 2 {
			if _, err := p.Exec(t.Context(), "UPDATE counter SET n = n + 1 WHERE name = 'zero'"); err != nil {
				return err
			}
			if err := p.QueryRow(t.Context(), "SELECT n FROM counter WHERE name = 'zero'").Scan(new(int)); err != nil {
				return err
			}
		}
		return nil
	}
	var before int32
	for range 2 { // the first time, the statements are prepared as well
		before = trips.Load()
		if err := postgres.InPipeline(t.Context(), pool, work); err != nil {
			t.Fatal(err)
		}
	}
	if took := trips.Load() - before; took != 3 {
		t.Errorf("it took %d round trips", took)
	}
}

// meter puts itself between a pool and its server, and counts how often the server is spoken to.
func meter(t *testing.T, config *postgres.Config) *atomic.Int32 {
	t.Helper()
	at, err := url.Parse(config.URL)
	if err != nil {
		t.Fatal(err)
	}
	server := net.JoinHostPort(at.Hostname(), at.Port())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	at.Host = l.Addr().String()
	config.URL = at.String()
	trips := &atomic.Int32{}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go relay(client, server, trips)
		}
	}()
	return trips
}

func relay(client net.Conn, address string, trips *atomic.Int32) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() { _, _ = io.Copy(client, server) }()
	for buffer := make([]byte, 64<<10); ; {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		trips.Add(1)
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// insert is said now and done later.
func insert(ctx context.Context, p *postgres.Pipeline, name string) {
	_, _ = p.Exec(ctx, "INSERT INTO counter VALUES ($1, 1)", name)
}
