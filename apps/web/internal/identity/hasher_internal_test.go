package identity

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/packages/problem"
)

func TestAtMostAsManyHashesAtOnceAsCores(t *testing.T) {
	t.Parallel()
	if got := cap(New(Config{}).hasher.turns.taken); got != runtime.GOMAXPROCS(0) {
		t.Errorf("%d hashers by default", got)
	}
	h := hasher{turns: newTurns(2, time.Minute)}
	var now, most atomic.Int32
	var crowd sync.WaitGroup
	for range 64 {
		crowd.Go(func() {
			if err := h.inTurn(t.Context(), func() {
				if n := now.Add(1); n > most.Load() {
					most.Store(n)
				}
				runtime.Gosched()
				now.Add(-1)
			}); err != nil {
				t.Error(err)
			}
		})
	}
	crowd.Wait()
	if most.Load() > 2 {
		t.Errorf("%d at once", most.Load())
	}
}

func TestWaitForAHasherIsBounded(t *testing.T) {
	t.Parallel()
	h := hasher{turns: newTurns(1, time.Millisecond)}
	h.turns.taken <- struct{}{}
	if err := h.inTurn(t.Context(), func() { t.Error("it ran") }); !problem.Is(err, problem.Unavailable) {
		t.Errorf("got %v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	h.turns.wait = time.Minute
	if err := h.inTurn(gone, func() { t.Error("it ran for nobody") }); !problem.Is(err, problem.Unavailable) {
		t.Errorf("got %v", err)
	}
}
