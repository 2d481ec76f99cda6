package identity

import (
	"context"
	"time"

	"cardwall/packages/problem"
)

// hasher hashes passwords in turns: each takes 19 MiB and a core.
type hasher struct {
	turns *turns
	cost  HashCost
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

func (h hasher) inTurn(ctx context.Context, work func()) error {
	if err := h.turns.take(ctx, work); err != nil {
		return problem.New(problem.Unavailable, "busy", "Many people are signing in just now. Please try again in a few seconds.").After(3 * time.Second).Because(err)
	}
	return nil
}
