package live

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

func event(seq int64) Event { return Event{Seq: seq, Data: make([]byte, 10), came: time.Now()} }

func newBoard(room int) *board {
	b := &board{id: uuid.New(), seats: map[*seat]struct{}{}, room: room}
	b.begin(0)
	return b
}

func TestALogKeepsNoMoreThanItHasRoomFor(t *testing.T) {
	t.Parallel()
	b := newBoard(50)
	for seq := range int64(20) {
		b.add([]Event{event(seq + 1)})
	}
	if events, reaches := b.after(15); !reaches || len(events) != 5 || events[0].Seq != 16 || b.bytes != 50 {
		t.Errorf("%v %d events, %d bytes", reaches, len(events), b.bytes)
	}
	if _, reaches := b.after(14); reaches {
		t.Error("what is gone is said to be there")
	}
	b.forget(time.Now().Add(time.Hour))
	if events, reaches := b.after(20); !reaches || len(events) != 0 || b.bytes != 0 || b.floor != 20 {
		t.Errorf("then %v %v, %d bytes", reaches, events, b.bytes)
	}
}

func TestWhoReadsIsOneAtATime(t *testing.T) {
	t.Parallel()
	b := newBoard(100)
	if !b.expect(3) || b.expect(4) || b.expect(2) {
		t.Fatal("more than one reads, or nobody")
	}
	if after, more := b.next(); after != 0 || !more {
		t.Errorf("%d %v", after, more)
	}
	b.giveUp()
	if !b.expect(1) {
		t.Error("what was given up is forgotten")
	}
	b.add([]Event{event(1), event(2), event(3), event(4)})
	if _, more := b.next(); more || b.expect(4) {
		t.Error("all is there")
	}
}
