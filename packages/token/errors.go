package token

import (
	"errors"
	"time"

	"cardwall/packages/problem"
)

var (
	// ErrUnknownKey is a KeySource's answer to an id that it has no key for.
	ErrUnknownKey = errors.New("no such key is published")

	errNoKeys = errors.New("no keys have been read yet")
)

// refused is the one answer to every token that isn't trusted (Unauthenticated). The cause is for the
// log; it says what is wrong and holds nothing of the token but, where it helps, the kid.
func refused(cause error) error {
	return problem.New(problem.Unauthenticated, "unauthenticated",
		"You are not signed in, or no longer. Please sign in and try again.").Because(cause)
}

// keysAway is the answer while nothing can be verified for want of keys (Unavailable).
func keysAway(cause error) error {
	return problem.New(problem.Unavailable, "keys_away",
		"Cardwall is still starting. Please try again in a moment.").Because(cause).After(time.Second)
}
