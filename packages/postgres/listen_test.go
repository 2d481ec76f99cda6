package postgres_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"

	"github.com/jackc/pgx/v5/pgxpool"
)

// listen has a listener say what befalls it, until the test ends.
func listen(t *testing.T, url string) <-chan string {
	t.Helper()
	said := make(chan string, 100)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		postgres.Listener{
			Config: postgres.Config{URL: url, Schema: "public"}, Channel: "Odd channel", Log: slog.New(slog.DiscardHandler),
			Up:    func() { said <- "up" },
			Heard: func(payload string) { said <- "heard " + payload },
			Down:  func() { said <- "down" },
		}.Run(ctx)
	}()
	t.Cleanup(func() { stop(); <-ended })
	return said
}

// next is what the listener says, in good time.
func next(t *testing.T, said <-chan string) string {
	t.Helper()
	select {
	case one := <-said:
		return one
	case <-time.After(10 * time.Second): // a server that falls silent is noticed in three; by itself, TCP would take minutes
		t.Fatal("it says nothing")
		return ""
	}
}

func wantNext(t *testing.T, said <-chan string, want ...string) {
	t.Helper()
	for _, one := range want {
		if got := next(t, said); got != one {
			t.Fatalf("%q, want %q", got, one)
		}
	}
}

func notify(t *testing.T, pool *pgxpool.Pool, payloads ...string) {
	t.Helper()
	for _, payload := range payloads {
		if _, err := pool.Exec(t.Context(), "SELECT pg_notify('Odd channel', $1)", payload); err != nil {
			t.Fatal(err)
		}
	}
}

func TestListenerHearsInOrder(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	pool := openAt(t, postgres.Config{URL: url, Schema: "public"})
	said := listen(t, url)
	wantNext(t, said, "up")
	notify(t, pool, "1", "2", "3")
	wantNext(t, said, "heard 1", "heard 2", "heard 3")

	// Beyond the silence after which it asks for a sign of life, in which it must miss nothing.
	for deadline := time.Now().Add(1500 * time.Millisecond); time.Now().Before(deadline); {
		notify(t, pool, "still")
		wantNext(t, said, "heard still")
	}
	select {
	case one := <-said:
		t.Errorf("then %q", one)
	case <-time.After(2200 * time.Millisecond): // the time itself is what is tested
	}
	notify(t, pool, "after a silence")
	wantNext(t, said, "heard after a silence")
}

func TestListenerThatIsCutOffConnectsAnew(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	pool := openAt(t, postgres.Config{URL: url, Schema: "public"})
	said := listen(t, url)
	wantNext(t, said, "up")
	for range 3 {
		terminateListeners(t, pool)
		wantNext(t, said, "down", "up")
		notify(t, pool, "back")
		wantNext(t, said, "heard back")
	}
}

func terminateListeners(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	var n int
	err := pool.QueryRow(t.Context(), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name LIKE '% listener'`).Scan(&n)
	if err != nil || n != 1 {
		t.Fatalf("%d listeners were cut off, %v", n, err)
	}
}

func TestServerThatFallsSilentIsDownWithinSeconds(t *testing.T) {
	t.Parallel()
	wire := pgtest.NewWire(t, pgtest.Empty(t))
	said := listen(t, wire.URL)
	wantNext(t, said, "up")
	revive := wire.Die(t)
	wantNext(t, said, "down")
	revive()
	wantNext(t, said, "up")
}

func TestServerThatIsntThereIsNeverUp(t *testing.T) {
	t.Parallel()
	said := listen(t, "postgres://nobody@127.0.0.1:1/none")
	select {
	case one := <-said:
		t.Errorf("it says %q", one)
	case <-time.After(500 * time.Millisecond): // some tries; the time itself is what is tested
	}
}
