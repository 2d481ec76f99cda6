package live

import (
	"cmp"
	"slices"
	"time"
)

// Viewers are told that there is more wokenAtOnce at a time, and one in wakeCost in the long run: a thousand who wake at the same
// moment would hold up whoever asks for anything else, until each has had what there is. What happens before a round's end
// comes along for those who are still to be woken, and makes another round for the others. As all rounds go in one order, nobody
// waits longer than a round takes; where more happens than there are rounds, each viewer is told several things at once, which
// costs as much as one.
const (
	wokenAtOnce = 16
	wakeCost    = 180 * time.Microsecond
)

// round is on its way to all who looked on when it began.
type round struct {
	began time.Time
	seats []*seat // in the order in which they came
	woken int
	again bool // there has been more since
}

// wake tells those who look on that there is more. The board is locked.
func (b *board) wake() {
	if b.round != nil {
		b.round.again = true
		return
	}
	b.round = &round{began: time.Now(), seats: make([]*seat, 0, len(b.seats))}
	for s := range b.seats {
		b.round.seats = append(b.round.seats, s)
	}
	slices.SortFunc(b.round.seats, func(a, b *seat) int { return cmp.Compare(a.number, b.number) })
	b.wakeSome()
}

// wakeSome goes on with the round, as far as it should be by now: a timer may be late. The board is locked.
func (b *board) wakeSome() {
	r := b.round
	due := min(len(r.seats), wokenAtOnce+int(time.Since(r.began)/wakeCost))
	for _, s := range r.seats[r.woken:due] {
		signal(s.wake)
	}
	r.woken = due
	time.AfterFunc(time.Until(r.began.Add(time.Duration(due)*wakeCost)), b.wakeOn)
}

func (b *board) wakeOn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.round.woken < len(b.round.seats):
		b.wakeSome()
	case b.round.again:
		b.round = nil
		b.wake()
	default:
		b.round = nil
	}
}
