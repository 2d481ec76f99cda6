// Package waittest is for tests of what comes true by itself, within a time.
package waittest

import (
	"testing"
	"time"
)

// Within waits until a condition holds, and fails the test if it doesn't in time. A machine that has no time for us is slow at each
// look as well: ten times the slowest of them are granted.
func Within(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	began, slowest := time.Now(), time.Duration(0)
	for {
		looked := time.Now()
		if holds() {
			return
		}
		slowest = max(slowest, time.Since(looked))
		if time.Since(began) > limit+10*slowest {
			t.Fatalf("waited %s in vain: %s", limit, what)
		}
		<-tick.C
	}
}
