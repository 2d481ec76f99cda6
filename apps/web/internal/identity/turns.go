package identity

import (
	"context"
	"errors"
	"time"
)

// turns lets at most so many at once do what takes a core or much memory; a crowd must not take all of it.
type turns struct {
	taken chan struct{}
	wait  time.Duration
}

func newTurns(atOnce int, wait time.Duration) *turns {
	return &turns{taken: make(chan struct{}, atOnce), wait: wait}
}

var errNoTurn = errors.New("no turn came in time")

// take does the work once a turn comes. It returns errNoTurn when none came in time, or the context's own error.
func (t *turns) take(ctx context.Context, work func()) error {
	timer := time.NewTimer(t.wait)
	defer timer.Stop()
	select {
	case t.taken <- struct{}{}:
		defer func() { <-t.taken }()
		work()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return errNoTurn
	}
}
