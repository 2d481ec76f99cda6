// Package waittest is for tests of what comes true by itself, within a time.
package waittest

import (
	"testing"
	"time"
)

// Within waits until a condition holds, and fails the test if it doesn't in time. A machine that has no time for us is late for a look,
// or slow at it: ten times the longest that one took are granted.
func Within(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	const pause = 5 * time.Millisecond
	tick := time.NewTicker(pause)
	defer tick.Stop()
	began := time.Now()
	for last, slowest := began, time.Duration(0); !holds(); <-tick.C {
		now := time.Now()
		slowest, last = max(slowest, now.Sub(last)-pause), now
		if now.Sub(began) > limit+10*slowest {
			t.Fatalf("waited %s in vain: %s", limit, what)
		}
	}
}

// Ends is Within for something that ends by the closing of a channel.
func Ends(t testing.TB, limit time.Duration, what string, over <-chan struct{}) {
	t.Helper()
	Within(t, limit, what, func() bool {
		select {
		case <-over:
			return true
		default:
			return false
		}
	})
}
