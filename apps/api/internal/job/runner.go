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

	"cardwall/apps/api/internal/kanban"
)

// Config is what a Runner is made of. Pool, Purge and Log are required.
type Config struct {
	Pool  *pgxpool.Pool
	Purge func(context.Context) (kanban.Purged, error) // kanban.Service's
	Log   *slog.Logger
	Every time.Duration // between two purges; default 1 h
	Poll  time.Duration // between two looks for jobs; default 10 s
	Grace time.Duration // for the jobs at work when it is to stop; default 5 s
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
	workers := river.NewWorkers()
	river.AddWorker(workers, &purgeWorker{purge: c.Purge, log: c.Log})
	poll := cmp.Or(c.Poll, 10*time.Second)
	client, err := river.NewClient(riverpgxv5.New(c.Pool), &river.Config{
		Workers:                     workers,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}},
		PeriodicJobs:                []*river.PeriodicJob{purgeEvery(cmp.Or(c.Every, time.Hour))},
		PollOnly:                    true,
		FetchPollInterval:           poll,
		FetchCooldown:               min(poll, 100*time.Millisecond),
		SoftStopTimeout:             cmp.Or(c.Grace, 5*time.Second),
		RescueStuckJobsAfter:        2 * purgeTimeout, // of a replica that died
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

// warnings leaves out what the library tells of every start and stop, and of jobs that the workers here tell better.
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
