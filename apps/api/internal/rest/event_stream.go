package rest

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/live"
	"cardwall/packages/kanbanapi"
)

// Live is what event streams are made of. Hub is required.
type Live struct {
	Hub *live.Hub
	// Lasting limits what may last: the context that it makes ends when the server goes. Default: it never does.
	Lasting func(context.Context) (context.Context, context.CancelFunc)
	Life    time.Duration // of a stream, at most. Default 14 minutes: web allows no more, and no token is trusted longer than 15
	Beat    time.Duration // after so much silence comes a comment. Default 15 s
	Retry   time.Duration // after which a reader comes again, at least; it is told up to three times as much. Default 1 s
}

func (l *Live) complete() {
	if l.Lasting == nil {
		l.Lasting = context.WithCancel
	}
	l.Life, l.Beat, l.Retry = orDefault(l.Life, 14*time.Minute), orDefault(l.Beat, 15*time.Second), orDefault(l.Retry, time.Second)
}

func orDefault(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}

// stream is an answer that lasts. What it writes goes out at once, and httpserver gives each write its time: a viewer who
// doesn't read is let go.
type stream struct {
	Live
	ctx        context.Context //nolint:containedctx // the generated handler asks for the answer without one
	subscriber *live.Subscriber
	ids        marks
	places     []live.Place
	headOnly   bool

	out   http.ResponseWriter
	flush func() error
	line  []byte
	beat  *time.Timer
}

// VisitStreamBoardEventsResponse writes the stream.
func (s *stream) VisitStreamBoardEventsResponse(w http.ResponseWriter) error { return s.writeTo(w) }

// VisitStreamEventsResponse writes the stream.
func (s *stream) VisitStreamEventsResponse(w http.ResponseWriter) error { return s.writeTo(w) }

// withoutBody ends a stream that HEAD asked for at its head.
func withoutBody(next kanbanapi.StrictHandlerFunc, _ string) kanbanapi.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		answer, err := next(c, request)
		if s, ok := answer.(*stream); ok && err == nil {
			s.headOnly = c.Request().Method == http.MethodHead
		}
		return answer, err
	}
}

// writeTo writes until the viewer leaves, the stream's time is over or there is nothing left to see. However it ends, it ends
// properly: the viewer comes again.
func (s *stream) writeTo(w http.ResponseWriter) error {
	defer s.subscriber.Close()
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // for an nginx in between
	w.WriteHeader(http.StatusOK)
	if s.headOnly {
		return nil
	}
	ctx, stop := s.Lasting(s.ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, s.Life-rand.N(s.Life/15)) // those who came together don't come again together
	defer cancel()
	s.beat = time.NewTimer(s.Beat)
	defer s.beat.Stop()
	s.out, s.flush = w, http.NewResponseController(w).Flush
	err := s.open()
	for err == nil {
		err = s.tellNext(ctx)
	}
	return nil
}

// open tells how long to wait before coming again, and where the stream begins: it may end before there is an event.
func (s *stream) open() error {
	retry := s.Retry + rand.N(2*s.Retry)
	s.line = append(s.line[:0], "retry: "...)
	s.line = strconv.AppendInt(s.line, retry.Milliseconds(), 10)
	s.line = append(s.line, "\nid: "...)
	s.line = append(s.ids.write(s.line, s.subscriber.At()), "\n\n"...)
	if _, err := s.out.Write(s.line); err != nil {
		return err
	}
	return s.flush()
}

// tellNext writes the next news, or a comment when there are none for a while.
func (s *stream) tellNext(ctx context.Context) error {
	s.beat.Reset(s.Beat)
	news, told, err := s.subscriber.Next(ctx, s.beat.C)
	switch {
	case err != nil:
		return err
	case told:
		err = s.tell(news)
	default:
		_, err = s.out.Write([]byte(":\n\n"))
	}
	if err != nil {
		return err
	}
	return s.flush()
}

// tell writes the news in as few pieces as it can: each is a chunk, which web takes apart and puts together again.
func (s *stream) tell(news live.News) error {
	board, at := s.places[news.Place].Board, s.subscriber.At()
	s.line = s.line[:0]
	var words []byte
	var err error
	switch {
	case news.Reset:
		words, err = eventWords("reset", kanbanapi.ResetEvent{BoardId: board, Seq: news.Seq})
	case news.Lost != "":
		words, err = eventWords("gone", kanbanapi.GoneEvent{BoardId: board, Reason: contractReason(news.Lost)})
	}
	if err != nil {
		return err
	}
	if words != nil {
		s.event(at, words)
	}
	for _, event := range news.Events {
		at[news.Place] = event.Seq
		s.event(at, event.Data)
		if len(s.line) >= pieceBytes {
			if err := s.send(); err != nil {
				return err
			}
		}
	}
	return s.send()
}

// pieceBytes is from when on a piece is sent; one that is larger by far isn't kept in memory.
const pieceBytes = 4 << 10

func contractReason(why kanban.Loss) kanbanapi.GoneEventReason { return kanbanapi.GoneEventReason(why) }

func (s *stream) event(at []int64, words []byte) {
	s.line = append(s.ids.write(append(s.line, "id: "...), at), '\n')
	s.line = append(s.line, words...)
}

func (s *stream) send() error {
	if len(s.line) == 0 {
		return nil
	}
	_, err := s.out.Write(s.line)
	if s.line = s.line[:0]; cap(s.line) > 2*pieceBytes {
		s.line = nil
	}
	return err
}
