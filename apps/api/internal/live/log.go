package live

import (
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// Event is one thing that happened on a board, put into words.
type Event struct {
	Seq  int64
	Data []byte // the same for all who look on
	came time.Time
}

// board is one that somebody looks at, with the log of what happened there last.
type board struct {
	id   uuid.UUID
	room int // bytes that the log may hold

	mu      sync.Mutex
	seats   map[*seat]struct{}
	came    int64   // how many seats there ever were
	begun   bool    // it is known how far the board is
	log     []Event // never changed in place: it is read outside of the lock
	bytes   int
	floor   int64 // what came after it is in the log
	seq     int64 // up to which it is
	expects int64 // how far the board is known to be
	reading bool
	late    time.Time // since when more is expected than is there
	round   *round    // those who look on are being told that there is more; nil while they aren't
}

// begin says how far the board was when somebody came to it, and reports whether there is something to read.
func (b *board) begin(seq int64) bool {
	b.mu.Lock()
	if !b.begun {
		b.begun, b.floor, b.seq, b.expects = true, seq, seq, max(b.expects, seq)
	}
	b.mu.Unlock()
	return b.expect(seq)
}

// expect takes note of how far the board is, and reports whether whoever says so is to see to the reading.
func (b *board) expect(seq int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expects = max(b.expects, seq)
	if !b.begun || b.reading || b.expects <= b.seq {
		return false
	}
	b.reading = true
	if b.late.IsZero() {
		b.late = time.Now()
	}
	return true
}

// next tells whoever reads where to go on, and reports false when all that is expected is there.
func (b *board) next() (after int64, more bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.expects <= b.seq {
		b.reading, b.late = false, time.Time{}
		return 0, false
	}
	return b.seq, true
}

// giveUp ends the reading before all is there; whoever expects something next begins anew.
func (b *board) giveUp() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reading = false
}

// add appends what was read, and wakes those who look on. Nothing read means that nothing more is to be expected.
func (b *board) add(events []Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(events) == 0 {
		b.expects = b.seq // what next says to whoever reads
		return
	}
	for _, e := range events {
		b.bytes += len(e.Data)
	}
	b.log = append(b.log, events...)
	b.seq = events[len(events)-1].Seq
	b.trim(func(Event) bool { return b.bytes > b.room })
	b.wake()
}

// forget lets go of what came before.
func (b *board) forget(before time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trim(func(e Event) bool { return e.came.Before(before) })
}

// trim lets go of the oldest events as long as they are too much.
func (b *board) trim(tooMuch func(Event) bool) {
	n := 0
	for ; n < len(b.log) && tooMuch(b.log[n]); n++ {
		b.bytes -= len(b.log[n].Data)
		b.floor = b.log[n].Seq
	}
	if n > 0 {
		b.log = slices.Clone(b.log[n:]) // else what is gone would stay in memory behind it
	}
}

// after is what of the log came after a seq; reaches is false when the log doesn't go back so far.
func (b *board) after(seq int64) (events []Event, reaches bool) {
	if seq < b.floor {
		return nil, false
	}
	from := sort.Search(len(b.log), func(i int) bool { return b.log[i].Seq > seq })
	return b.log[from:len(b.log):len(b.log)], true
}

// lose tells of those who have lost the board.
func (b *board) lose(person uuid.UUID, why kanban.Loss) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.seats {
		if s.person == person {
			s.lost = why
			signal(s.wake)
		}
	}
}

// shut cuts off all who look on.
func (b *board) shut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.seats {
		s.cutOff = true
		signal(s.wake)
	}
}
