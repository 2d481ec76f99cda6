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

	"cardwall/apps/web/internal/identity"
)

// Config is what a Runner is made of. Pool, Deliver and Log are required.
type Config struct {
	Pool    *pgxpool.Pool
	Deliver func(context.Context, identity.Mail) error // identity.Service's
	Log     *slog.Logger
	Poll    time.Duration // between two looks for jobs; default 1 s
	Grace   time.Duration // for the jobs at work when it is to stop; default 10 s
	// Retry is how long to wait after so many attempts. Default: attempts⁴ seconds, so 1 s, 16 s, 81 s …
	Retry func(attempts int) time.Duration
}

const (
	atOnce     = 4 // jobs of one replica; a mail mostly waits for the other side
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
	river.AddWorker(workers, &mailWorker{deliver: c.Deliver, log: c.Log})
	poll := cmp.Or(c.Poll, time.Second)
	client, err := river.NewClient(riverpgxv5.New(c.Pool), &river.Config{
		Workers:                     workers,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: atOnce}},
		PollOnly:                    true,
		FetchPollInterval:           poll,
		FetchCooldown:               min(poll, 100*time.Millisecond),
		SoftStopTimeout:             cmp.Or(c.Grace, 10*time.Second),
		RescueStuckJobsAfter:        10 * time.Minute, // of a replica that died
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
