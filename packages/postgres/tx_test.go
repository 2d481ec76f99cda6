package postgres_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"cardwall/packages/postgres"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

var serializable = pgx.TxOptions{IsoLevel: pgx.Serializable}

func TestInTx(t *testing.T) {
	t.Parallel()

	t.Run("commits", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 2)
		if err := postgres.InTx(t.Context(), pool, pgx.TxOptions{}, add(t.Context(), "a")); err != nil {
			t.Fatal(err)
		}
		if got := count(t, pool, "a"); got != 1 {
			t.Errorf("got %d", got)
		}
	})

	t.Run("an error rolls back and comes out as it was", func(t *testing.T) {
		t.Parallel()
		pool, refused := open(t, 1), errors.New("refused")
		err := postgres.InTx(t.Context(), pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
			return errors.Join(add(t.Context(), "a")(tx), refused)
		})
		if !errors.Is(err, refused) || count(t, pool, "a") != 0 {
			t.Errorf("got %v and %d", err, count(t, pool, "a"))
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
		_ = postgres.InTx(t.Context(), pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
			if err := add(t.Context(), "a")(tx); err != nil {
				return err
			}
			panic("boom")
		})
	})

	t.Run("a caller who goes away leaves a clean connection", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		ctx, cancel := context.WithCancel(t.Context())
		err := postgres.InTx(ctx, pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
			cancel()
			return ctx.Err()
		})
		if !errors.Is(err, context.Canceled) || pool.Stat().TotalConns() != 1 {
			t.Errorf("got %v and %d connections", err, pool.Stat().TotalConns())
		}
	})

	t.Run("other errors of the server are not tried again", func(t *testing.T) {
		t.Parallel()
		var runs int
		err := postgres.InTx(t.Context(), open(t, 1), pgx.TxOptions{}, func(tx pgx.Tx) error {
			runs++
			_, err := tx.Exec(t.Context(), "SELECT * FROM nowhere")
			return err
		})
		if err == nil || runs != 1 {
			t.Errorf("got %v after %d runs", err, runs)
		}
	})

	t.Run("gives up in the end", func(t *testing.T) {
		t.Parallel()
		var runs int
		err := postgres.InTx(t.Context(), open(t, 1), pgx.TxOptions{}, func(tx pgx.Tx) error {
			runs++
			_, err := tx.Exec(t.Context(), "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$")
			return err
		})
		var reply *pgconn.PgError
		if !errors.As(err, &reply) || runs != 6 {
			t.Errorf("got %v after %d runs", err, runs)
		}
	})

	t.Run("a lost connection is an Unavailable", func(t *testing.T) {
		t.Parallel()
		wantAway(t, postgres.InTx(t.Context(), open(t, 1), pgx.TxOptions{}, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())")
			return err
		}))
	})
}

// Both read before either writes, so the server must refuse one of them.
func TestSerializationFailuresAreRetried(t *testing.T) {
	t.Parallel()
	pool := open(t, 4)
	var runs atomic.Int32
	bothRead := newMeeting(2)
	increment := func() error {
		return postgres.InTx(t.Context(), pool, serializable, func(tx pgx.Tx) error {
			runs.Add(1)
			var n int
			if err := tx.QueryRow(t.Context(), "SELECT n FROM counter WHERE name = 'zero'").Scan(&n); err != nil {
				return err
			}
			bothRead.wait()
			_, err := tx.Exec(t.Context(), "UPDATE counter SET n = $1 WHERE name = 'zero'", n+1)
			return err
		})
	}
	together(t, increment, increment)
	if got := count(t, pool, "zero"); got != 2 || runs.Load() < 3 {
		t.Errorf("got %d after %d runs, want 2 after at least 3", got, runs.Load())
	}
}

// Each takes the row that the other wants next, so the server must end one of them.
func TestDeadlocksAreRetried(t *testing.T) {
	t.Parallel()
	pool := open(t, 4)
	var runs atomic.Int32
	bothHold := newMeeting(2)
	touch := func(first, second string) func() error {
		return func() error {
			return postgres.InTx(t.Context(), pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
				runs.Add(1)
				if err := bump(t.Context(), tx, first); err != nil {
					return err
				}
				bothHold.wait()
				return bump(t.Context(), tx, second)
			})
		}
	}
	together(t, touch("zero", "nought"), touch("nought", "zero"))
	if count(t, pool, "zero") != 2 || count(t, pool, "nought") != 2 || runs.Load() != 3 {
		t.Errorf("zero %d, nought %d, %d runs", count(t, pool, "zero"), count(t, pool, "nought"), runs.Load())
	}
}

// meeting lets a number of goroutines wait for each other, once; later comers pass.
type meeting struct {
	missing atomic.Int32
	all     chan struct{}
}

func newMeeting(of int32) *meeting {
	m := &meeting{all: make(chan struct{})}
	m.missing.Store(of)
	return m
}

func (m *meeting) wait() {
	if m.missing.Add(-1) == 0 {
		close(m.all)
	}
	<-m.all
}

func together(t *testing.T, all ...func() error) {
	t.Helper()
	var wg sync.WaitGroup
	for _, one := range all {
		wg.Go(func() {
			if err := one(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func add(ctx context.Context, name string) func(pgx.Tx) error {
	return func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO counter VALUES ($1, 1)", name)
		return err
	}
}

func bump(ctx context.Context, tx pgx.Tx, name string) error {
	_, err := tx.Exec(ctx, "UPDATE counter SET n = n + 1 WHERE name = $1", name)
	return err
}

func count(t *testing.T, pool *pgxpool.Pool, name string) int {
	t.Helper()
	var n int
	err := pool.QueryRow(t.Context(), "SELECT coalesce(sum(n), 0) FROM counter WHERE name = $1", name).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
