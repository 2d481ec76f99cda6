// Package job runs what changes leave behind and what nobody waits for, in the process that both servers have anyway: a [Runner]
// with the workers of the app, whose own package job says what they do.
//
// A job is a row in tables of the app's schema. They are those of the library river, made by a goose file in each schema's
// history (migrations/auth/00015_job.sql, migrations/kanban/00018_job.sql): the same text twice, since a history is read whole by
// goose and by sqlc, belongs to one app, and doesn't change once it was released. jobtest holds both against the library.
package job

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
)

// Config is what a Runner is made of. Pool, Workers and Log are required.
type Config struct {
	Pool     *pgxpool.Pool
	Workers  *river.Workers
	Periodic []*river.PeriodicJob // those that no change leaves behind
	Log      *slog.Logger
	AtOnce   int           // jobs of one replica; default 1
	Poll     time.Duration // between two looks for jobs; default 1 s
	Grace    time.Duration // for the jobs at work when it is to stop; default 10 s
	Rescue   time.Duration // after which a job's process must have died; default 10 min
	// Retry is how long to wait after so many attempts. Default: attempts⁴ seconds, so 1 s, 16 s, 81 s …
	Retry func(attempts int) time.Duration
}

const (
	kept       = 24 * time.Hour
	startAgain = time.Second
)

// Runner does the jobs.
type Runner struct {
	client *river.Client[pgx.Tx]
	log    *slog.Logger
}

// New makes the runner. It looks for jobs instead of listening for them: that needs no connection of its own, works
// behind a pooler, and goes on by itself when the database comes back.
func New(c Config) (*Runner, error) {
	poll := cmp.Or(c.Poll, time.Second)
	client, err := river.NewClient(riverpgxv5.New(c.Pool), &river.Config{
		Workers:                     c.Workers,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: cmp.Or(c.AtOnce, 1)}},
		PeriodicJobs:                c.Periodic,
		PollOnly:                    true,
		FetchPollInterval:           poll,
		FetchCooldown:               min(poll, 100*time.Millisecond),
		SoftStopTimeout:             cmp.Or(c.Grace, 10*time.Second),
		RescueStuckJobsAfter:        cmp.Or(c.Rescue, 10*time.Minute),
		RetryPolicy:                 backOff(c.Retry),
		CompletedJobRetentionPeriod: kept,
		CancelledJobRetentionPeriod: kept,
		DiscardedJobRetentionPeriod: 7 * kept,
		Logger:                      slog.New(warnings{c.Log.Handler()}),
	})
	return &Runner{client: client, log: c.Log}, err
}

// Run does jobs until the context ends; then it lets those at work finish within the grace, and returns. It begins
// when the database is there.
func (r *Runner) Run(ctx context.Context) {
	for {
		err := r.client.Start(ctx)
		if err == nil {
			break
		}
		r.log.WarnContext(ctx, "jobs not begun; another try follows", "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(startAgain):
		}
	}
	<-r.client.Stopped()
}

// backOff is a retry policy; nil has the default.
type backOff func(attempts int) time.Duration

// NextRetry says when a job that failed is tried again.
func (b backOff) NextRetry(job *rivertype.JobRow) time.Time {
	if b == nil {
		n := time.Duration(job.Attempt)
		return time.Now().Add(n * n * n * n * time.Second)
	}
	return time.Now().Add(b(job.Attempt))
}

// warnings leaves out what the library tells of every start and stop, and of jobs that the workers tell better.
type warnings struct{ slog.Handler }

// Enabled reports whether a record is worth its line.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the threshold.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the threshold.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
