package board

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

const (
	mostCached = 4096        // cards of all boards; then all are forgotten
	faceAge    = time.Minute // a member may get another name without an activity
)

// faceCache keeps what is on cards as long as nothing happens on their boards, which a board's seq tells. Whoever is given
// something from it has been found to be allowed to see the board.
type faceCache struct {
	mu     sync.Mutex
	boards map[uuid.UUID]*boardFaces
	cards  int // about so many, and as many boards
}

// boardFaces are what is known of a board at one seq.
type boardFaces struct {
	id      uuid.UUID
	seq     int64
	began   time.Time
	cards   map[uuid.UUID]*shared[*kanbanapi.CardSummary]
	labels  *shared[map[uuid.UUID]kanbanapi.BoardLabel]
	members *shared[[]kanbanapi.BoardMember]
}

func newFaceCache() *faceCache { return &faceCache{boards: map[uuid.UUID]*boardFaces{}} }

// at is what is known of a board at a seq, or later: somebody else may have been told of a change since the seq was asked for. What was
// known before of a later seq is of a database that has been set back.
func (c *faceCache) at(board uuid.UUID, seq int64, asked time.Time) *boardFaces {
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.boards[board]; known != nil {
		if (known.seq == seq || known.seq > seq && known.began.After(asked)) && time.Since(known.began) < faceAge {
			return known
		}
		c.cards -= len(known.cards) + 1
	}
	c.makeRoom()
	made := &boardFaces{
		id: board, seq: seq, began: time.Now(), cards: map[uuid.UUID]*shared[*kanbanapi.CardSummary]{},
		labels: newShared[map[uuid.UUID]kanbanapi.BoardLabel](), members: newShared[[]kanbanapi.BoardMember](),
	}
	c.boards[board] = made
	return made
}

// seen forgets what is known of a board that somebody has read at an earlier seq, asked for after that was known: it is of a database that has
// been set back, and another activity may have its seq soon.
func (c *faceCache) seen(board uuid.UUID, seq int64, asked time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.boards[board]; known != nil && known.seq > seq && !known.began.After(asked) {
		c.cards -= len(known.cards) + 1
		delete(c.boards, board)
	}
}

func (c *faceCache) card(board *boardFaces, id uuid.UUID) *shared[*kanbanapi.CardSummary] {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := board.cards[id]
	if known == nil {
		known = newShared[*kanbanapi.CardSummary]()
		board.cards[id] = known
		if c.boards[board.id] == board {
			c.makeRoom()
		}
	}
	return known
}

// makeRoom counts one more.
func (c *faceCache) makeRoom() {
	if c.cards++; c.cards > mostCached {
		c.boards, c.cards = map[uuid.UUID]*boardFaces{}, 1
	}
}

// shared is read once, by the first who asks; the others wait for it. What can't be read is read again, by the next.
type shared[T any] struct {
	turn chan struct{}
	read bool
	it   T
}

func newShared[T any]() *shared[T] { return &shared[T]{turn: make(chan struct{}, 1)} }

func (s *shared[T]) get(ctx context.Context, read func() (T, error)) (T, error) {
	var none T
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if s.read {
		return s.it, nil
	}
	it, err := read()
	if err != nil {
		return none, err
	}
	s.it, s.read = it, true
	return it, nil
}
