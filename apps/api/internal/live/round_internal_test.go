package live

import (
	"testing"
	"testing/synctest"
	"time"
)

// audience has so many look on at a board, and counts those who have been woken since it was asked last.
func audience(b *board, viewers int) (woken func() int) {
	for n := range viewers {
		b.seats[&seat{wake: make(chan struct{}, 1), number: int64(n)}] = struct{}{}
	}
	return func() int {
		n := 0
		for s := range b.seats {
			select {
			case <-s.wake:
				n++
			default:
			}
		}
		return n
	}
}

// pass lets so much of a bubble's time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestAFewViewersAreAllWokenAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBoard(1 << 20)
		woken := audience(b, wokenAtOnce)
		for seq := range int64(3) {
			b.add([]Event{event(seq + 1)})
			if n := woken(); n != wokenAtOnce {
				t.Errorf("%d are woken", n)
			}
			pass(2 * wokenAtOnce * wakeCost)
		}
	})
}

func TestManyViewersAreWokenAFewAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rounds, step = 5, wokenAtOnce * wakeCost
		b := newBoard(1 << 20)
		woken := audience(b, rounds*wokenAtOnce)
		b.add([]Event{event(1)})
		for range rounds {
			if n := woken(); n != wokenAtOnce {
				t.Fatalf("%d are woken", n)
			}
			pass(step)
		}
		if n := woken(); n != 0 {
			t.Errorf("%d are woken once more", n)
		}
	})
}

func TestWhatHappensDuringARoundComesWithTheNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rounds, step = 5, wokenAtOnce * wakeCost
		b := newBoard(1 << 20)
		woken := audience(b, rounds*wokenAtOnce)
		b.add([]Event{event(1)})
		for seq := range int64(50) {
			b.add([]Event{event(seq + 2)})
		}
		if n := woken(); n != wokenAtOnce {
			t.Errorf("%d are woken for what happened at once", n)
		}
		pass((rounds - 1) * step)
		if n := woken(); n != (rounds-1)*wokenAtOnce {
			t.Errorf("%d are woken by the end of the first round", n)
		}
		pass(rounds * step)
		if n := woken(); n != rounds*wokenAtOnce {
			t.Errorf("%d are woken for what came during the first round", n)
		}
		pass(10 * rounds * step)
		if n := woken(); n != 0 || b.round != nil {
			t.Errorf("%d are woken for nothing", n)
		}
	})
}

// With another order each time, who was the first and then is the last would wait for almost two rounds.
func TestNobodyWaitsLongerThanARoundWhileMoreAndMoreHappens(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rounds, step = 5, wokenAtOnce * wakeCost
		b := newBoard(1 << 20)
		audience(b, rounds*wokenAtOnce)
		last := map[*seat]time.Time{}
		for seq := range int64(8 * rounds) {
			b.add([]Event{event(seq + 1)})
			for s := range b.seats {
				select {
				case <-s.wake:
					if waited := time.Since(last[s]); seq >= 2*rounds && waited > rounds*step {
						t.Errorf("viewer %d is woken after %v", s.number, waited)
					}
					last[s] = time.Now()
				default:
				}
			}
			pass(step)
		}
	})
}

func TestARoundThatIsLateCatchesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rounds, step = 5, wokenAtOnce * wakeCost
		b := newBoard(1 << 20)
		woken := audience(b, rounds*wokenAtOnce)
		b.add([]Event{event(1)})
		b.mu.Lock()
		b.round.began = b.round.began.Add(-2 * step) // as if its timers were so late
		b.mu.Unlock()
		pass(step)
		if n := woken(); n != 4*wokenAtOnce {
			t.Errorf("%d of those who are due by now are woken", n)
		}
	})
}
