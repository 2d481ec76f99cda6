package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// outbox takes the mails that a transaction asks for: they are sent if and only if it commits.
type outbox struct {
	tx    pgx.Tx
	queue *job.Queue
	q     *dbgen.Queries
}

func (s *Store) inTxWithMail(ctx context.Context, do func(q *dbgen.Queries, out outbox) error) error {
	return postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		return do(q, outbox{tx: tx, queue: s.jobs, q: q})
	})
}

// link asks for a mail with a link.
func (o outbox) link(ctx context.Context, t identity.MailToken) error {
	row := dbgen.MailTokenCreateParams{ID: t.ID, Purpose: string(t.What), Email: t.Email, Waits: identity.MailWait}
	if t.PersonID != uuid.Nil {
		row.PersonID = &t.PersonID
	}
	if err := o.q.MailTokenCreate(ctx, row); err != nil {
		return err
	}
	return o.add(ctx, identity.Mail{What: t.What, Token: t.ID})
}

// tell asks for a notice to a person; nil is none. An e-mail that isn't known to be theirs gets none: it may be a
// stranger's, who is to hear neither of the account nor from it.
func (o outbox) tell(ctx context.Context, person identity.Holder, notice *identity.Mail) error {
	if notice == nil || !person.EmailVerified {
		return nil
	}
	m := *notice
	m.Person, m.To = person.ID, person.Email
	return o.add(ctx, m)
}

// add asks for a mail, and gives it its id.
func (o outbox) add(ctx context.Context, m identity.Mail) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	m.ID = id
	return o.queue.Mail(ctx, o.tx, m)
}
