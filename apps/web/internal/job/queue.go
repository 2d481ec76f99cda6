package job

import (
	"context"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"cardwall/apps/web/internal/identity"
)

// Queue is where changes leave their jobs.
type Queue struct{ client *river.Client[pgx.Tx] }

// NewQueue makes the queue. It needs no database: a job goes where its transaction goes.
func NewQueue() *Queue {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil { // only a wrong configuration fails
		panic(err)
	}
	return &Queue{client}
}

// MailKind is the kind of the jobs that Mail adds; identity.Mail says what their args hold.
const MailKind = "mail"

// Mail adds the sending of a mail to the transaction.
func (q *Queue) Mail(ctx context.Context, tx pgx.Tx, m identity.Mail) error {
	_, err := q.client.InsertTx(ctx, tx, mailArgs{m}, nil)
	return err
}
