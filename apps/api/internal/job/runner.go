package job

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/job"
)

// Config is what a runner of the api's jobs is made of. Pool, Purge and Log are required.
type Config struct {
	Pool  *pgxpool.Pool
	Purge func(context.Context) (kanban.Purged, error) // kanban.Service's
	Log   *slog.Logger
	Every time.Duration // between two purges; default 1 h
	Poll  time.Duration // between two looks for jobs; default 10 s
}

// grace is how long a purge may go on when the api is to stop: what it did by then stays done.
const grace = 5 * time.Second

// New makes the runner of the api's jobs.
func New(c Config) (*job.Runner, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &purgeWorker{purge: c.Purge, log: c.Log})
	return job.New(job.Config{
		Pool: c.Pool, Workers: workers, Periodic: []*river.PeriodicJob{purgeEvery(cmp.Or(c.Every, time.Hour))}, Log: c.Log,
		Poll: cmp.Or(c.Poll, 10*time.Second), Grace: grace, Rescue: 2 * purgeTimeout,
	})
}
