package identity

import (
	"context"
	"time"

	"cardwall/packages/problem"
)

// hasher runs at most so many hashes at once: each takes 19 MiB and a core, and a crowd signing in must not take all
// of both.
type hasher struct {
	turns chan struct{}
	wait  time.Duration
}

func newHasher(atOnce int, wait time.Duration) *hasher {
	return &hasher{turns: make(chan struct{}, atOnce), wait: wait}
}

// hash makes the PHC string of a password. It returns problem.Unavailable "busy" when no turn came in time.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	var made phc
	err := h.inTurn(ctx, func() { made = newPHC(password) })
	return made.String(), err
}

// verify reports whether the password is the one that was hashed. It returns problem.Unavailable "busy" when no turn
// came in time.
func (h *hasher) verify(ctx context.Context, password string, stored phc) (bool, error) {
	var right bool
	err := h.inTurn(ctx, func() { right = stored.matches(password) })
	return right, err
}

func (h *hasher) inTurn(ctx context.Context, work func()) error {
	timer := time.NewTimer(h.wait)
	defer timer.Stop()
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
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
