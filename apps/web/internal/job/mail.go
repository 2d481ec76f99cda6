package job

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"cardwall/apps/web/internal/identity"
)

// mailArgs is a mail as it stands in the job's row.
type mailArgs struct{ identity.Mail }

// Kind is the name that rows have; it must stay.
func (mailArgs) Kind() string { return MailKind }

// InsertOpts has a mail tried for eleven hours: a mail server that is away for a night loses nothing, and nobody gets
// a week-old link.
func (mailArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

// mailTimeout bounds one attempt.
const mailTimeout = 45 * time.Second

type mailWorker struct {
	river.WorkerDefaults[mailArgs]
	deliver func(context.Context, identity.Mail) error
	log     *slog.Logger
}

// Timeout is that of one attempt.
func (w *mailWorker) Timeout(*river.Job[mailArgs]) time.Duration { return mailTimeout }

// Work delivers the mail. The log tells why one was not, and of it no more than its occasion: never to whom, and never
// the link.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[mailArgs]) error {
	err := w.deliver(ctx, job.Args.Mail)
	log := w.log.With("job", job.ID, "mail", job.Args.What, "attempt", job.Attempt, "err", err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, identity.ErrUndeliverable):
		log.ErrorContext(ctx, "mail given up: it can't be delivered")
		return river.JobCancel(err)
	case job.Attempt >= job.MaxAttempts:
		log.ErrorContext(ctx, "mail given up: that was the last attempt")
	default:
		log.WarnContext(ctx, "mail not sent; it is tried again")
	}
	return err
}
