package job

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/job"
)

// Config is what a runner of web's jobs is made of. Pool, Deliver and Log are required.
type Config struct {
	Pool    *pgxpool.Pool
	Deliver func(context.Context, identity.Mail) error // identity.Service's
	Log     *slog.Logger
	Poll    time.Duration                    // as in job.Config
	Retry   func(attempts int) time.Duration // as in job.Config
}

// atOnce is how many jobs of one replica are at work: a mail mostly waits for the other side.
const atOnce = 4

// New makes the runner of web's jobs.
func New(c Config) (*job.Runner, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &mailWorker{deliver: c.Deliver, log: c.Log})
	return job.New(job.Config{Pool: c.Pool, Workers: workers, Log: c.Log, AtOnce: atOnce, Poll: c.Poll, Retry: c.Retry})
}
