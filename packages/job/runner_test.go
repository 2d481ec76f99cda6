package job_test

import (
	"context"
	"log/slog"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"cardwall/packages/job"
	"cardwall/packages/job/jobtest"
	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgserver"
	"cardwall/packages/postgres/pgtest"
)

const schema = "jobs"

// errand is a job that does what its test says.
type errand struct{}

func (errand) Kind() string { return "errand" }

// tables makes a database with nothing but the tables of jobs.
func tables(t *testing.T, database string) *pgxpool.Pool {
	t.Helper()
	pool := jobtest.Open(t, postgres.Config{URL: database, Schema: schema})
	jobtest.MakeTables(t, pool, schema)
	return pool
}

// run does errands until the test or stop ends it.
func run(t *testing.T, pool *pgxpool.Pool, grace time.Duration, do func(context.Context) error) (stop func()) {
	t.Helper()
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[errand]) error { return do(ctx) }))
	runner, err := job.New(job.Config{
		Pool: pool, Workers: workers, Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond, Grace: grace,
		Retry: func(int) time.Duration { return 10 * time.Millisecond },
	})
	if err != nil {
		t.Fatal(err)
	}
	return jobtest.Run(t, runner)
}

// ask leaves an errand.
func ask(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	err = postgres.InTx(t.Context(), pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		_, err := client.InsertTx(t.Context(), tx, errand{}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStoppingLetsARunningJobFinish(t *testing.T) {
	t.Parallel()
	pool := tables(t, pgtest.Empty(t))
	at, goOn := make(chan struct{}), make(chan struct{})
	stop := run(t, pool, 0, func(ctx context.Context) error {
		close(at)
		<-goOn
		return ctx.Err()
	})
	ask(t, pool)
	<-at
	stopped := make(chan struct{})
	go func() { defer close(stopped); stop() }()
	select {
	case <-stopped:
		t.Fatal("it didn't wait")
	case <-time.After(100 * time.Millisecond): // the time itself is what is tested
	}
	close(goOn)
	<-stopped
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
}

func TestStoppingCutsAJobWhoseGraceIsOverAndItIsDoneLater(t *testing.T) {
	t.Parallel()
	pool := tables(t, pgtest.Empty(t))
	at := make(chan struct{})
	stop := run(t, pool, 20*time.Millisecond, func(ctx context.Context) error {
		close(at)
		<-ctx.Done()
		return ctx.Err()
	})
	ask(t, pool)
	<-at
	stop()
	run(t, pool, 0, func(context.Context) error { return nil })
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
}

func TestJobsGoOnWhenTheDatabaseComesBack(t *testing.T) {
	t.Parallel()
	binDir, err := pgserver.Find()
	if err != nil {
		t.Fatal(err)
	}
	options := pgserver.Options{BinDir: binDir, Dir: t.TempDir()}
	server, err := pgserver.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	database := server.URL("postgres", "postgres")
	pool := tables(t, database)
	done := make(chan struct{}, 10)
	run(t, pool, 0, func(context.Context) error { done <- struct{}{}; return nil })
	ask(t, pool)
	<-done
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := pool.Ping(t.Context()); err == nil {
		t.Fatal("the database isn't gone")
	}
	options.Port = port(t, database)
	if server, err = pgserver.Start(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	jobtest.Until(t, pool, "true")
	ask(t, pool)
	back := time.Now()
	<-done
	if took := time.Since(back); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestJobsBeginOnceTheDatabaseIsThere(t *testing.T) {
	t.Parallel()
	pool := jobtest.Open(t, postgres.Config{URL: "postgres://nobody@127.0.0.1:1/none", Schema: schema})
	stop := run(t, pool, 0, nil)
	stop() // it neither gave up nor hangs
}

func port(t *testing.T, database string) int {
	t.Helper()
	at, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(at.Port())
	if err != nil {
		t.Fatal(err)
	}
	return n
}
