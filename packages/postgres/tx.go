package postgres

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	txAttempts      = 6
	firstBackOff    = 4 * time.Millisecond // doubled with every attempt
	rollbackTimeout = time.Second
)

// Beginner starts transactions: *pgxpool.Pool is one.
type Beginner interface {
	BeginTx(ctx context.Context, options pgx.TxOptions) (pgx.Tx, error)
}

// InTx runs fn in a transaction and commits it when fn returns nil. All of an app's writes go through
// here or [InPipeline]. When the server gives up the transaction because of others (serialization failure, deadlock:
// SQLSTATE 40001 and 40P01), fn runs again in a new one, up to six times in all with a growing,
// jittered pause: so fn must have no effect but on its transaction. An error or a panic of fn rolls
// back. The error is fn's own or the server's, through [Error].
func InTx(ctx context.Context, pool Beginner, options pgx.TxOptions, fn func(pgx.Tx) error) error {
	return retry(ctx, func() error { return once(ctx, pool, options, fn) })
}

func retry(ctx context.Context, transact func() error) error {
	pause := firstBackOff
	for attempt := 1; ; attempt++ {
		err := transact()
		if err == nil || !isRetryable(err) || attempt == txAttempts {
			return Error(err)
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
			pause *= 2
		case <-ctx.Done():
			return Error(err)
		}
	}
}

func once(ctx context.Context, pool Beginner, options pgx.TxOptions, fn func(pgx.Tx) error) error {
	tx, err := pool.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	// Deferred, so that it runs on a panic too; after a commit it does nothing.
	defer rollback(ctx, tx)
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// rollback goes through even when the request is gone, so that the connection can be used again.
func rollback(ctx context.Context, tx pgx.Tx) {
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTimeout)
	defer cancel()
	// What fails here has no transaction left: the pool drops a connection that isn't clean.
	_ = tx.Rollback(within)
}

func isRetryable(err error) bool {
	var reply *pgconn.PgError
	return errors.As(err, &reply) && (reply.Code == "40001" || reply.Code == "40P01")
}
