package postgres

import (
	"math"
	"sync"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// wallsWeigh is how much all walls that a process keeps may weigh, in bytes, and a quarter of it the texts of the heaviest of
// them. 5,000 cards of which a third have a description of 300 characters weigh 2.5 MB.
const wallsWeigh = 32 << 20

// walls keeps those boards that are filtered again and again in one state: who asks second has the board read whole, since most
// lines are asked once, and reading all takes as long as looking through it three times. It never decides who may read.
type walls struct {
	atMost int // bytes

	mu    sync.Mutex
	weigh int
	kept  *simplelru.LRU[uuid.UUID, *wall]
	asked *simplelru.LRU[uuid.UUID, askedFor]
}

// askedFor is in which state a board was last asked for that isn't kept, and how often.
type askedFor struct {
	wallState
	times int
}

// boardsAsked is of how many boards it is known that somebody filtered them.
const boardsAsked = 1000

func newWalls(atMost int) *walls {
	w := &walls{atMost: atMost}
	w.kept, _ = simplelru.NewLRU(math.MaxInt, func(_ uuid.UUID, gone *wall) { w.weigh -= gone.weight }) // errs for a size of 0 alone
	w.asked, _ = simplelru.NewLRU[uuid.UUID, askedFor](boardsAsked, nil)
	return w
}

// look finds a board in a state. Where it isn't kept, second is for whoever is to read it: for one alone, and nobody again where
// it turned out to be too heavy.
func (w *walls) look(board uuid.UUID, state wallState) (found *wall, second bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if found, ok := w.kept.Get(board); ok && found.wallState == state {
		return found, false
	}
	asked, _ := w.asked.Get(board)
	if asked.wallState != state {
		asked = askedFor{wallState: state}
	}
	asked.times++
	w.asked.Add(board, asked)
	return nil, asked.times == 2
}

// forget lets another read what one couldn't.
func (w *walls) forget(board uuid.UUID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked.Remove(board)
}

// keep puts a wall in the place of the one before.
func (w *walls) keep(board uuid.UUID, made *wall) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept.Remove(board)
	w.asked.Remove(board)
	if made.weight > w.atMost {
		return
	}
	w.kept.Add(board, made)
	for w.weigh += made.weight; w.weigh > w.atMost; {
		w.kept.RemoveOldest()
	}
}
