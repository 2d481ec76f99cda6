package identity

import (
	"context"
	"time"

	"cardwall/packages/problem"
)

// hasher runs at most so many hashes at once: each takes 19 MiB and a core, and a crowd signing in must not take all
// of both.
type hasher struct {
	turns
	cost HashCost
}

// turns are what work that takes much has to wait for.
type turns struct {
	free chan struct{}
	wait time.Duration
}

func newTurns(atOnce int, wait time.Duration) turns {
	return turns{free: make(chan struct{}, atOnce), wait: wait}
}

// hash makes the PHC string of a password. It returns problem.Unavailable "busy" when no turn came in time.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	var made phc
	err := h.inTurn(ctx, func() { made = newPHC(password, h.cost) })
	return made.String(), err
}

// verify reports whether the password is the one that was hashed. It returns problem.Unavailable "busy" when no turn
// came in time.
func (h hasher) verify(ctx context.Context, password string, stored phc) (bool, error) {
	var right bool
	err := h.inTurn(ctx, func() { right = stored.matches(password) })
	return right, err
}

func (t turns) inTurn(ctx context.Context, work func()) error {
	timer := time.NewTimer(t.wait)
	defer timer.Stop()
	select {
	case t.free <- struct{}{}:
		defer func() { <-t.free }()
		work()
		return nil
	case <-ctx.Done():
		return busy().Because(ctx.Err())
	case <-timer.C:
		return busy()
	}
}

func busy() *problem.Error {
	return problem.New(problem.Unavailable, "busy", "Many people are signing in just now. Please try again in a few seconds.").After(3 * time.Second)
}
