package kanbanapi

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Seen is a board, and the last seq of it that somebody knows.
type Seen struct {
	Board uuid.UUID
	Seq   int64
}

// Event is one of three things, and the id from which a stream goes on behind it.
type Event struct {
	ID       string
	Activity *ActivityEvent // something happened
	Reset    *ResetEvent    // too much happened: read the board again
	Gone     *GoneEvent     // there will be no more of this board
}

const (
	firstRetry   = time.Second      // until the api says otherwise
	longestRetry = 16               // times that, after failures
	silenceLimit = 45 * time.Second // the api says something every 15 s; a line on which nothing comes is dead
)

// Events tells what happens on boards, each from a seq on, in order and without end: where a stream ends or breaks off, another one goes
// on from the last event. What the api refuses ends it with that error (problem.NotFound when no board is left that the caller
// may see), as ctx does with its own.
func (c *Client) Events(ctx context.Context, boards ...Seen) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		s := subscription{client: c, boards: boards, retry: firstRetry}
		for failures := 0; ; {
			heard, err := s.listen(ctx, func(e Event) bool { return yield(e, nil) })
			switch {
			case errors.Is(err, errEnough):
				return
			case ctx.Err() != nil:
				yield(Event{}, ctx.Err())
				return
			case err != nil && !passes(err):
				yield(Event{}, err)
				return
			case heard:
				failures = 0
			default:
				failures++
			}
			wait := max(s.retry*time.Duration(min(1<<failures, longestRetry)), problem.From(err).RetryAfter)
			select {
			case <-time.After(wait/2 + rand.N(wait/2+1)):
			case <-ctx.Done():
			}
		}
	}
}

// errEnough is the reader's who wants no more.
var errEnough = errors.New("enough")

// passes reports whether an error may be gone the next time.
func passes(err error) bool {
	for _, kind := range []problem.Kind{problem.BadGateway, problem.Timeout, problem.Unavailable, problem.TooMany} {
		if problem.Is(err, kind) {
			return true
		}
	}
	return false
}

// subscription is where a reader of events stands.
type subscription struct {
	client *Client
	boards []Seen
	last   string // the last event's id
	retry  time.Duration
}

// listen reads one stream to its end, and reports whether anything came.
func (s *subscription) listen(ctx context.Context, tell func(Event) bool) (heard bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	res, err := s.open(ctx)
	if err != nil {
		return false, unreached(err)
	}
	defer func() { _ = res.Body.Close() }()
	silent := time.AfterFunc(silenceLimit, cancel)
	defer silent.Stop()
	lines := newEventLines(res.Body)
	for {
		message, err := lines.next(func() { silent.Reset(silenceLimit) })
		if err != nil {
			return heard, nil // however it ended, the next goes on from here
		}
		heard = true
		if message.retry > 0 {
			s.retry = message.retry
		}
		if message.id != "" {
			s.last = message.id
		}
		event, err := eventOf(message)
		switch {
		case err != nil:
			return heard, odd(err)
		case event != Event{} && !tell(event):
			return heard, errEnough
		}
	}
}

func (s *subscription) open(ctx context.Context) (*http.Response, error) {
	var last *LastEventID
	if s.last != "" {
		last = &s.last
	}
	asked := func(_ context.Context, r *http.Request) error {
		r.Header.Set("Accept", "text/event-stream")
		return nil
	}
	if len(s.boards) == 1 {
		board := s.boards[0]
		return s.client.streams.StreamBoardEvents(ctx, board.Board, &StreamBoardEventsParams{After: &board.Seq, LastEventID: last}, asked)
	}
	params := &StreamEventsParams{LastEventID: last}
	for _, board := range s.boards {
		params.Boards = append(params.Boards, board.Board.String()+":"+strconv.FormatInt(board.Seq, 10))
	}
	return s.client.streams.StreamEvents(ctx, params, asked)
}

// eventOf reads a message; one of a kind that is unknown here is nothing.
func eventOf(m message) (Event, error) {
	e := Event{ID: m.id}
	var data any
	switch m.event {
	case "activity":
		e.Activity = &ActivityEvent{}
		data = e.Activity
	case "reset":
		e.Reset = &ResetEvent{}
		data = e.Reset
	case "gone":
		e.Gone = &GoneEvent{}
		data = e.Gone
	default:
		return Event{}, nil
	}
	return e, json.Unmarshal(m.data, data)
}
