package live

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// Why a subscriber gets nothing more.
var (
	// ErrBehind says that the logs have gone on without the subscriber: let it come again, with what it had last.
	ErrBehind = errors.New("live: too slow for what happens on the board")
	// ErrOver says that there is no board left that the subscriber may look at.
	ErrOver = errors.New("live: no board is left to look at")
)

// Place is where somebody stands on a board.
type Place struct {
	Board uuid.UUID
	After int64 // the last seq they know; FromNow for what comes next
}

// FromNow stands for the seq that the board has now.
const FromNow int64 = -1

// sentAtOnce is how many events Next returns at most.
const sentAtOnce = 256

// News is what happened on one of a subscriber's boards: Events, or one of the others.
type News struct {
	Place  int         // which board, by its place in what was subscribed to
	Seq    int64       // how far the subscriber is on that board with this
	Events []Event     // in their order
	Reset  bool        // what happened up to Seq is left out
	Lost   kanban.Loss // there will be no more of this board
}

// Subscriber takes what happens on some boards, for one goroutine.
type Subscriber struct {
	hub    *Hub
	person uuid.UUID
	seats  []*seat
	wake   chan struct{}
	turn   int // whose seat is looked at first, so that a busy board can't hold up another
}

// seat is a subscriber's at one board. What others change of it is under the board's lock.
type seat struct {
	person uuid.UUID
	wake   chan struct{}
	board  *board
	number int64 // the higher, the later it came to the board

	at     int64 // how far it is
	live   bool  // it has been where the log is
	reset  bool  // to be told
	over   bool  // it has been told why there is no more
	lost   kanban.Loss
	cutOff bool
}

// Subscribe begins to look on at boards, each from a place on. Its errors are those of kanban's Watch, and problem.TooMany
// "too_many_streams". The subscriber must be closed.
func (h *Hub) Subscribe(ctx context.Context, actor kanban.Actor, places []Place) (*Subscriber, error) {
	if err := h.admit(actor.ID); err != nil {
		return nil, err
	}
	s := &Subscriber{hub: h, person: actor.ID, wake: make(chan struct{}, 1)}
	boards := make([]uuid.UUID, len(places))
	for i, p := range places {
		seat := &seat{person: actor.ID, wake: s.wake}
		h.join(p.Board, seat) // before the board is asked how far it is, so that nothing can happen in between
		s.seats, boards[i] = append(s.seats, seat), p.Board
	}
	within, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	watched, err := h.Source.Watch(within, actor, boards)
	if err != nil {
		s.Close()
		return nil, err
	}
	for i, w := range watched {
		h.settle(s.seats[i], w, places[i].After)
	}
	return s, nil
}

// settle puts a seat where its subscriber stands.
func (h *Hub) settle(s *seat, w kanban.Watched, after int64) {
	if w.Lost != "" {
		s.at = w.Seq
		s.board.lose(s.person, w.Lost)
		return
	}
	switch {
	case after == FromNow:
		s.at = w.Seq
	case after > w.Seq, w.Seq-after > h.Far: // ahead of a board: the database isn't the one that it was
		s.at, s.reset = w.Seq, true
	default:
		s.at = after
	}
	if s.board.begin(w.Seq) {
		h.read(s.board)
	}
}

// Close ends the looking on.
func (s *Subscriber) Close() {
	for _, seat := range s.seats {
		s.hub.leave(seat)
	}
	s.hub.release(s.person)
}

// At tells how far the subscriber is on each of its boards.
func (s *Subscriber) At() []int64 {
	at := make([]int64, len(s.seats))
	for i, seat := range s.seats {
		at[i] = seat.at
	}
	return at
}

// Next waits for the next news; when the beat comes first, there are none, and told is false. ErrBehind and ErrOver end it, as does ctx, whose
// error it then returns; the source's errors too.
func (s *Subscriber) Next(ctx context.Context, beat <-chan time.Time) (news News, told bool, err error) {
	for {
		left := false
		for range s.seats {
			s.turn = (s.turn + 1) % len(s.seats)
			if news, found, err := s.look(ctx, s.turn); found || err != nil {
				return news, found, err
			}
			left = left || !s.seats[s.turn].over
		}
		if !left {
			return News{}, false, ErrOver
		}
		select {
		case <-s.wake:
		case <-beat:
			return News{}, false, nil
		case <-ctx.Done():
			return News{}, false, ctx.Err()
		}
	}
}

// look finds what there is for a seat.
func (s *Subscriber) look(ctx context.Context, place int) (news News, found bool, err error) {
	seat := s.seats[place]
	news, missed, err := seat.take()
	if missed {
		news.Events, err = s.hub.replay(ctx, seat)
	}
	if errors.Is(err, ErrBehind) {
		s.hub.dropped.Add(1)
	}
	if n := len(news.Events); n > 0 {
		seat.at = news.Events[n-1].Seq
		s.hub.delivered.Add(uint64(n))
	}
	news.Place, news.Seq = place, seat.at
	return news, missed || news.Events != nil || news.Reset || news.Lost != "", err
}

// take looks for what there is without asking anybody; missed says that there is something which the log has no more. Who was
// taken off a board is told nothing more of it; who loses it with all others, what happened up to then.
func (s *seat) take() (news News, missed bool, err error) {
	s.board.mu.Lock()
	defer s.board.mu.Unlock()
	events, reaches := s.board.after(s.at)
	switch {
	case s.over:
	case s.cutOff:
		err = ErrBehind
	case s.lost == kanban.NotAMember, s.lost != "" && len(events) == 0:
		s.over, news.Lost = true, s.lost
	case s.reset:
		s.reset, news.Reset = false, true
	case !reaches && s.live:
		err = ErrBehind
	case !reaches:
		missed = true
	default:
		s.live = true
		if len(events) > 0 {
			news.Events = events[:min(len(events), sentAtOnce)]
		}
	}
	return news, missed, err
}
