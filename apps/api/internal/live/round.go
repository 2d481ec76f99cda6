package live

import "time"

// Viewers are told that there is more wokenAtOnce at a time, and wakeCost after it for each of them: a thousand who wake at the
// same moment would hold up whoever asks for anything else, until each has had what there is. What happens before a round's
// end comes along for those who are still to be woken, and makes another round for the others.
const (
	wokenAtOnce = 16
	wakeCost    = 80 * time.Microsecond
)

// round is on its way to all who looked on when it began.
type round struct {
	seats []*seat
	again bool // there has been more since
}

// wake tells those who look on that there is more. The board is locked.
func (b *board) wake() {
	if b.round != nil {
		b.round.again = true
		return
	}
	b.round = &round{seats: make([]*seat, 0, len(b.seats))}
	for s := range b.seats {
		b.round.seats = append(b.round.seats, s)
	}
	b.wakeSome()
}

// wakeSome goes on with the round. The board is locked.
func (b *board) wakeSome() {
	some := b.round.seats[:min(wokenAtOnce, len(b.round.seats))]
	for _, s := range some {
		signal(s.wake)
	}
	b.round.seats = b.round.seats[len(some):]
	time.AfterFunc(time.Duration(len(some))*wakeCost, b.wakeOn)
}

func (b *board) wakeOn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case len(b.round.seats) > 0:
		b.wakeSome()
	case b.round.again:
		b.round = nil
		b.wake()
	default:
		b.round = nil
	}
}
