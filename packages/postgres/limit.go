package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	errBusy     = errors.New("no connection of the pool came free in time")
	errNoAnswer = errors.New("the database didn't answer in time")
)

// limit bounds how long the pool lets anyone wait for a connection. The pool has no setting for it,
// but it asks its tracer for the context to wait under, and that context ends with the waiting: the
// query itself runs under the caller's own.
type limit struct{}

type cancelKey struct{}

// waiting says of itself why it ended, so that a full pool can be told from a caller's own deadline.
type waiting struct{ context.Context }

// Err is errBusy once the limit has passed; else what the context underneath says.
func (w waiting) Err() error {
	if err := w.Context.Err(); err == nil || !errors.Is(context.Cause(w.Context), errBusy) {
		return err
	}
	return errBusy
}

// TraceAcquireStart puts the limit on the context that the pool waits under.
func (limit) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	within, cancel := context.WithTimeoutCause(ctx, acquireTimeout, errBusy)
	return waiting{context.WithValue(within, cancelKey{}, cancel)}
}

// TraceAcquireEnd frees the limit's timer.
func (limit) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	if cancel, ok := ctx.Value(cancelKey{}).(context.CancelFunc); ok {
		cancel()
	}
}

// TraceQueryStart is here because a tracer must have it; it does nothing.
func (limit) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}

// TraceQueryEnd is here because a tracer must have it; it does nothing.
func (limit) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
