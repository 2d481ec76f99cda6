package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/labstack/echo/v4"

	"cardwall/apps/api/internal/kanban"
)

// copiesWeigh is how much all the copies that a process keeps may weigh, in bytes, and an eighth of it the heaviest of
// them. A board of 5,000 cards weighs 0.1 MB in 8 columns, 1.2 MB in 250.
const copiesWeigh = 32 << 20

// boardCopy is a board as it goes out to a reader, and the state that it was made of.
type boardCopy struct {
	asked
	state kanban.BoardState
	body  []byte
}

// asked is which of a board's cards somebody wants to see: the zero one, all of them.
type asked struct {
	person uuid.UUID // to whom the line means what it does
	line   string    // of a filter
	today  string    // on which it depends what is overdue
}

func askedBy(person uuid.UUID, filter *kanban.Filter) asked {
	return asked{person, filter.Line(), filter.Today().Format(time.DateOnly)}
}

// tag is the entity tag of what is asked of a board in that state. The line stands in the address, as each has tags of its own.
func (a asked) tag(state kanban.BoardState) *string {
	tag := boardTag(state)
	if a.today != "" {
		*tag = strconv.Quote(strings.Trim(*tag, `"`) + "-" + a.today)
	}
	return tag
}

// VisitGetBoardResponse writes the answer.
func (c *boardCopy) VisitGetBoardResponse(w http.ResponseWriter) error {
	header := w.Header()
	header.Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	header.Set(echo.HeaderContentLength, strconv.Itoa(len(c.body)))
	header.Set("ETag", *c.tag(c.state))
	w.WriteHeader(http.StatusOK)
	_, err := w.Write(c.body)
	return err
}

// fits reports whether a board in that state looks like the copy to a reader who sees it so.
func (c *boardCopy) fits(key copyKey, state kanban.BoardState) bool {
	return c.state.Seq == state.Seq && c.state.ChangedAt.Equal(state.ChangedAt) && c.state.NamedAt.Equal(state.NamedAt) && keyOf(key.board, c.asked, c.state) == key
}

// as is the copy for another reader whom it fits.
func (c *boardCopy) as(state kanban.BoardState) *boardCopy { return &boardCopy{c.asked, state, c.body} }

// boardCopies keeps the last copy of each board, so that one that nobody has changed isn't read and written down again.
// It never decides who may read or whether a copy is old: that the store tells for each request, as the board's
// state, and a copy goes out to those alone whose state it fits. The one that nobody has read for longest goes first.
type boardCopies struct {
	atMost int // bytes

	mu      sync.Mutex
	weigh   int
	kept    *simplelru.LRU[copyKey, *boardCopy]
	pending map[pendingKey]*pendingCopy
}

// copyKey tells copies apart that members may not share: all else that a read shows follows from the board's seq.
type copyKey struct {
	board uuid.UUID
	asked
	seen string // the role, the star and the columns folded up
}

type pendingKey struct {
	copyKey
	seq int64
}

// pendingCopy is one that somebody is making, for all who want the same.
type pendingCopy struct {
	done chan struct{}
	made *boardCopy // once it is done; nil if that failed
}

func newBoardCopies(atMost int) (*boardCopies, error) {
	b := &boardCopies{atMost: atMost, pending: map[pendingKey]*pendingCopy{}}
	var err error
	b.kept, err = simplelru.NewLRU(math.MaxInt, func(_ copyKey, gone *boardCopy) { b.weigh -= len(gone.body) })
	return b, err
}

func keyOf(board uuid.UUID, what asked, state kanban.BoardState) copyKey {
	seen := []byte(state.Role)
	if state.Starred {
		seen = append(seen, '*')
	}
	for _, column := range state.Collapsed {
		seen = append(seen, column[:]...)
	}
	return copyKey{board, what, string(seen)}
}

// of finds the copy for a reader to whom the store told the board's state just now, or makes one of what read finds for
// that reader. A crowd with one state waits for the first of them; whoever waited in vain reads the board alone.
func (b *boardCopies) of(ctx context.Context, board uuid.UUID, what asked, state kanban.BoardState, read func() (kanban.Board, error)) (*boardCopy, error) {
	key := keyOf(board, what, state)
	found, pending, first := b.look(key, state)
	switch {
	case found != nil:
		return found.as(state), nil
	case first:
		defer b.settle(pendingKey{key, state.Seq}, pending)
		var err error
		pending.made, err = b.make(what, read)
		return pending.made, err
	}
	select {
	case <-pending.done:
		if made := pending.made; made != nil && made.fits(key, state) {
			return made.as(state), nil
		}
	case <-ctx.Done(): // what that means to the client is for read to say
	}
	return b.make(what, read)
}

// look finds the copy, or the one that is being made; first is for whoever shall make it.
func (b *boardCopies) look(key copyKey, state kanban.BoardState) (found *boardCopy, pending *pendingCopy, first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if found, ok := b.kept.Get(key); ok && found.fits(key, state) {
		return found, nil, false
	}
	pending, under := b.pending[pendingKey{key, state.Seq}]
	if !under {
		pending = &pendingCopy{done: make(chan struct{})}
		b.pending[pendingKey{key, state.Seq}] = pending
	}
	return nil, pending, !under
}

// settle lets go those who wait, whatever has become of the copy.
func (b *boardCopies) settle(key pendingKey, pending *pendingCopy) {
	b.mu.Lock()
	delete(b.pending, key)
	b.mu.Unlock()
	close(pending.done)
}

// make writes down the board that read finds, which may be in a newer state by now, and keeps that.
func (b *boardCopies) make(what asked, read func() (kanban.Board, error)) (*boardCopy, error) {
	board, err := read()
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(contractBoard(board)); err != nil {
		return nil, err
	}
	made := &boardCopy{asked: what, state: board.State(), body: bytes.Clone(body.Bytes())}
	b.keep(keyOf(board.ID, what, made.state), made)
	return made, nil
}

// keep puts a copy in the place of the one before.
func (b *boardCopies) keep(key copyKey, made *boardCopy) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept.Remove(key)
	if len(made.body) > b.atMost/8 {
		return
	}
	b.kept.Add(key, made)
	for b.weigh += len(made.body); b.weigh > b.atMost; {
		b.kept.RemoveOldest()
	}
}
