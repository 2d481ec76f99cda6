package kanban

import (
	"errors"

	"cardwall/packages/problem"
)

// ErrUnchanged ends a Change that turned out to have nothing to do.
var ErrUnchanged = errors.New("nothing to change")

// From is the version that a change was made from; nil when the client didn't say.
type From *int

// checkFrom makes problem.PreconditionRequired without a version and problem.Stale, carrying the present
// state, with one that isn't current (RFC 9110 §13.1.1, RFC 6585 §3).
func checkFrom(from From, version int, current any) error {
	switch {
	case from == nil:
		return problem.New(problem.PreconditionRequired, "version_required", "Say in If-Match which version you changed, so that nobody's work is overwritten.")
	case *from != version:
		stale := problem.New(problem.Stale, "stale_version", "Somebody changed this since you opened it. Look at their version and save again.")
		stale.Current = current
		return stale
	}
	return nil
}
