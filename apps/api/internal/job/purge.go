package job

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"cardwall/apps/api/internal/kanban"
)

// purgeArgs is the purge as it stands in the job's row.
type purgeArgs struct{}

// Kind is the name that rows have; it must stay.
func (purgeArgs) Kind() string { return "purge" }

// purgeTimeout bounds one attempt; what it did by then stays done.
const purgeTimeout = 5 * time.Minute

type purgeWorker struct {
	river.WorkerDefaults[purgeArgs]
	purge func(context.Context) (kanban.Purged, error)
	log   *slog.Logger
}

// Timeout is that of one attempt.
func (w *purgeWorker) Timeout(*river.Job[purgeArgs]) time.Duration { return purgeTimeout }

// Work deletes for good what has been in the trash for long enough, and invitations that are long over, and logs how much that was.
func (w *purgeWorker) Work(ctx context.Context, job *river.Job[purgeArgs]) error {
	purged, err := w.purge(ctx)
	log := w.log.With("job", job.ID, "attempt", job.Attempt, "cards", purged.Cards, "columns", purged.Columns, "boards", purged.Boards, "invitations", purged.Invitations)
	switch {
	case err != nil:
		log.WarnContext(ctx, "trash not purged to its end; it is tried again", "err", err)
	case purged != (kanban.Purged{}):
		log.InfoContext(ctx, "trash purged")
	}
	return err
}

// purgeEvery has the purge done once in each period, by whichever replica, and in the present one at once.
func purgeEvery(period time.Duration) *river.PeriodicJob {
	once := &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: period}, MaxAttempts: 5}
	return river.NewPeriodicJob(river.PeriodicInterval(period),
		func() (river.JobArgs, *river.InsertOpts) { return purgeArgs{}, once },
		&river.PeriodicJobOpts{RunOnStart: true})
}
