package session

import (
	"encoding/binary"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestSessionIsKeptForFiveSecondsAtMostFromItsLookUpOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ left, kept time.Duration }{
		"a long life": {Idle, 5 * time.Second}, "a short one": {2 * time.Second, 2 * time.Second}, "none": {0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var kept cache
				kept.hear()
				began := kept.begin()
				<-time.After(c.kept / 2) // the store took that long
				kept.keep(Hash{1}, Session{Left: c.left}, began)
				if c.kept > 0 {
					<-time.After(c.kept/2 - time.Millisecond)
					if _, ok := kept.get(Hash{1}); !ok {
						t.Error("gone too early")
					}
					<-time.After(time.Millisecond)
				}
				if _, ok := kept.get(Hash{1}); ok {
					t.Error("still there")
				}
			})
		})
	}
}

// Go's own clock stops while a machine sleeps: a time that carries it would keep a session for that much longer.
func TestSessionIsNotKeptWhileTheMachineSleeps(t *testing.T) {
	t.Parallel()
	var kept cache
	kept.hear()
	began := kept.begin()
	if strings.Contains(began.at.String(), "m=") {
		t.Errorf("kept from %s on: that is a reading of Go's own clock", began.at)
	}
	for hash, slept := range map[Hash]time.Duration{{1}: time.Hour, {2}: -time.Hour} { // or the clock on the wall was set back
		kept.keep(hash, Session{Left: Idle}, lookUp{began.at.Add(-slept), began.changes})
		if _, ok := kept.get(hash); ok {
			t.Errorf("still there %s later", slept)
		}
	}
}

func TestMemoryOfSessionsIsBounded(t *testing.T) {
	t.Parallel()
	var kept cache
	kept.hear()
	for i := range keptMost + 100 {
		var hash Hash
		binary.BigEndian.PutUint64(hash[:], uint64(i))
		kept.keep(hash, Session{Left: Idle}, kept.begin())
	}
	if n := kept.kept.Len(); n != keptMost {
		t.Errorf("%d are kept", n)
	}
}

func TestWhatWasKeptBeforeGoingDeafIsGoneAfterwards(t *testing.T) {
	t.Parallel()
	var kept cache
	kept.hear()
	before := kept.begin()
	kept.keep(Hash{1}, Session{Left: Idle}, before)
	kept.goDeaf()
	kept.keep(Hash{2}, Session{Left: Idle}, kept.begin())
	deaf := kept.begin()
	kept.hear()
	kept.keep(Hash{3}, Session{Left: Idle}, before)
	kept.keep(Hash{4}, Session{Left: Idle}, deaf)
	for _, hash := range []Hash{{1}, {2}, {3}, {4}} {
		if _, ok := kept.get(hash); ok {
			t.Errorf("%d is kept", hash[0])
		}
	}
}
