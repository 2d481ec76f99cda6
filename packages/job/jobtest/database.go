package jobtest

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/packages/job"
	"cardwall/packages/postgres"
)

// Open makes a pool that is closed when the test ends.
func Open(t *testing.T, database postgres.Config) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// Run does jobs until the test or stop ends it.
func Run(t *testing.T, runner *job.Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); runner.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

// Until waits for a condition in the database.
func Until(t *testing.T, pool *pgxpool.Pool, condition string, args ...any) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		var so bool
		if err := pool.QueryRow(t.Context(), "SELECT "+condition, args...).Scan(&so); err == nil && so {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("it never came to be that %s", condition)
		}
		<-time.After(5 * time.Millisecond)
	}
}
