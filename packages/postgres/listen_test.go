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

// next is what the listener says, within a limit.
func next(t *testing.T, said <-chan string, limit time.Duration) string {
	t.Helper()
	select {
	case one := <-said:
		return one
	case <-time.After(limit):
		t.Fatalf("nothing in %v", limit)
		return ""
	}
}

func wantNext(t *testing.T, said <-chan string, limit time.Duration, want ...string) {
	t.Helper()
	for _, one := range want {
		if got := next(t, said, limit); got != one {
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
	wantNext(t, said, 5*time.Second, "up")
	notify(t, pool, "1", "2", "3")
	wantNext(t, said, time.Second, "heard 1", "heard 2", "heard 3")

	// Beyond the silence after which it asks for a sign of life, in which it must miss nothing.
	for deadline := time.Now().Add(1500 * time.Millisecond); time.Now().Before(deadline); {
		notify(t, pool, "still")
		wantNext(t, said, time.Second, "heard still")
	}
	select {
	case one := <-said:
		t.Errorf("then %q", one)
	case <-time.After(2200 * time.Millisecond): // the time itself is what is tested
	}
	notify(t, pool, "after a silence")
	wantNext(t, said, time.Second, "heard after a silence")
}

func TestListenerThatIsCutOffConnectsAnew(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	pool := openAt(t, postgres.Config{URL: url, Schema: "public"})
	said := listen(t, url)
	wantNext(t, said, 5*time.Second, "up")
	for range 3 {
		terminateListeners(t, pool)
		wantNext(t, said, 2*time.Second, "down", "up")
		notify(t, pool, "back")
		wantNext(t, said, time.Second, "heard back")
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
	wantNext(t, said, 5*time.Second, "up")
	revive := wire.Die(t)
	wantNext(t, said, 4*time.Second, "down")
	revive()
	wantNext(t, said, 10*time.Second, "up")
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
