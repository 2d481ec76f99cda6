package live

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/problem"
)

// Source is what a hub asks; *kanban.Service is one.
type Source interface {
	Watch(ctx context.Context, actor kanban.Actor, boards []uuid.UUID) ([]kanban.Watched, error)
	Watched(ctx context.Context, watches []kanban.Watch) ([]kanban.Watched, error)
	Seqs(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error)
	Happened(ctx context.Context, board uuid.UUID, after int64, limit int) ([]kanban.Activity, error)
}

// Notifier carries word from whoever changes boards to whoever looks at them, between processes too. It may lose some and say
// some twice.
type Notifier interface {
	// Tell says that a board has come to a seq. It waits for nothing.
	Tell(board uuid.UUID, seq int64)
	// Hear passes on what is told, here and elsewhere, until ctx ends, and says when some of it may have been lost.
	Hear(ctx context.Context, heard func(board uuid.UUID, seq int64), lost func())
}

// Config says what a hub works with. Source, Notifier, Encode and Log are required.
type Config struct {
	Source   Source
	Notifier Notifier
	// Encode puts an activity into the words that all viewers get.
	Encode func(board uuid.UUID, a kanban.Activity) ([]byte, error)
	Log    *slog.Logger

	Poll     time.Duration // how often boards are asked for what no notice told. Default 2 s
	Recheck  time.Duration // how often those who look on are looked at again. Default 25 s
	Remember time.Duration // how long a log keeps what happened. Default 20 s
	LogBytes int           // how much a board's log keeps at most. Default 4 MiB
	Streams  int           // how many subscribers one person may be at once; web allows far fewer. Default 1024
	Far      int64         // how many activities are sent on; who has missed more reads the board again. Default 10,000
}

// Hub knows the boards that somebody looks at in this process.
type Hub struct {
	Config

	mu     sync.Mutex
	boards map[uuid.UUID]*board
	people map[uuid.UUID]int // how many subscribers each of them is

	run     context.Context // of Run, for what is read in the background
	ended   bool            // nothing more is to be read
	reading sync.WaitGroup
	reads   chan struct{} // a place for each reading of what is new
	replays chan struct{} // and for each reading of what was missed
	look    chan struct{} // holds one: word may have been lost

	dropped, delivered atomic.Uint64
}

// What the hub may have of the store at once: so many connections of a pool of eight, by default.
const (
	readsAtOnce   = 2
	replaysAtOnce = 3
	askTime       = 2500 * time.Millisecond // for one answer of the store
)

// New makes a hub. It tells of nothing new before it runs.
func New(c Config) *Hub {
	c.Poll, c.Recheck, c.Remember = or(c.Poll, 2*time.Second), or(c.Recheck, 25*time.Second), or(c.Remember, 20*time.Second)
	c.LogBytes, c.Far, c.Streams = or(c.LogBytes, 4<<20), or(c.Far, 10_000), or(c.Streams, 1024)
	return &Hub{
		Config: c, boards: map[uuid.UUID]*board{}, people: map[uuid.UUID]int{}, run: context.Background(),
		reads: make(chan struct{}, readsAtOnce), replays: make(chan struct{}, replaysAtOnce), look: make(chan struct{}, 1),
	}
}

func or[T comparable](value, fallback T) T {
	var none T
	if value == none {
		return fallback
	}
	return value
}

// Run keeps the boards' logs until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	h.mu.Lock()
	h.run = ctx
	h.mu.Unlock()
	h.reading.Go(func() { h.Notifier.Hear(ctx, h.heard, h.lookSoon) })
	h.watch(ctx)
	h.mu.Lock()
	h.ended = true
	h.mu.Unlock()
	h.reading.Wait()
}

// lookSoon has the boards asked how far they are without waiting for the next time.
func (h *Hub) lookSoon() { signal(h.look) }

// signal leaves word in a channel that holds one.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// heard takes note of how far a board is.
func (h *Hub) heard(id uuid.UUID, seq int64) {
	h.mu.Lock()
	b := h.boards[id]
	h.mu.Unlock()
	if b != nil && b.expect(seq) {
		h.read(b)
	}
}

// admit takes note of one more subscriber, and refuses one too many.
func (h *Hub) admit(person uuid.UUID) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.people[person] >= h.Streams {
		return problem.New(problem.TooMany, "too_many_streams", "Too many of your pages listen for changes at once. Please close some.").After(time.Minute)
	}
	h.people[person]++
	return nil
}

func (h *Hub) release(person uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.people[person]--; h.people[person] == 0 {
		delete(h.people, person)
	}
}

// join seats somebody at a board.
func (h *Hub) join(id uuid.UUID, s *seat) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.boards[id]
	if b == nil {
		b = &board{id: id, seats: map[*seat]struct{}{}, room: h.LogBytes}
		h.boards[id] = b
	}
	s.board = b
	b.mu.Lock()
	defer b.mu.Unlock()
	b.came++
	s.number = b.came
	b.seats[s] = struct{}{}
}

// leave takes a seat away, and forgets a board that nobody looks at any more.
func (h *Hub) leave(s *seat) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.board.mu.Lock()
	defer s.board.mu.Unlock()
	delete(s.board.seats, s)
	if len(s.board.seats) == 0 && h.boards[s.board.id] == s.board {
		delete(h.boards, s.board.id)
	}
}

// all are the boards that somebody looks at.
func (h *Hub) all() []*board {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]*board, 0, len(h.boards))
	for _, b := range h.boards {
		list = append(list, b)
	}
	return list
}
