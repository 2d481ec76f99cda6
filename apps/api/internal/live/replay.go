package live

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// What is read at once: so many rows, and no more of them once there are so many bytes of events. Somebody who hardly reads
// has that much waiting, besides the log that is all readers'.
const (
	pageRows  = 200
	pageBytes = 64 << 10
)

// read reads what is new on a board, in the background, until all that is expected is there. Whoever calls it has been told to,
// by expect.
func (h *Hub) read(b *board) {
	h.mu.Lock()
	defer h.mu.Unlock()
	ctx := h.run
	if h.ended {
		return
	}
	h.reading.Go(func() {
		if err := h.readOn(ctx, b); err != nil {
			b.giveUp()
			h.failed(ctx, "what is new on a board couldn't be read", err)
		}
	})
}

func (h *Hub) readOn(ctx context.Context, b *board) error {
	for {
		after, more := b.next()
		if !more {
			return nil
		}
		events, ends, err := h.page(ctx, h.reads, b.id, after)
		if err != nil {
			return err
		}
		if ends.takesOff {
			h.recheck(ctx, []*board{b}) // before they are told anything else
		}
		b.add(events)
		if ends.watches {
			h.recheck(ctx, []*board{b})
		}
	}
}

// replay reads for a seat what the log has no more. Nothing there means that it was taken out behind our back: it goes on where the log begins.
func (h *Hub) replay(ctx context.Context, s *seat) ([]Event, error) {
	events, _, err := h.page(ctx, h.replays, s.board.id, s.at)
	switch {
	case err != nil:
		h.failed(ctx, "what somebody missed couldn't be read", err)
	case len(events) == 0:
		s.board.mu.Lock()
		s.at = s.board.floor
		s.board.mu.Unlock()
	}
	return events, err
}

// ends is what some of the events read may be the end of.
type ends struct{ watches, takesOff bool }

// page reads events, and tells whether there is one among them by which somebody may have lost the board.
func (h *Hub) page(ctx context.Context, places chan struct{}, board uuid.UUID, after int64) (events []Event, end ends, err error) {
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	case <-ctx.Done():
		return nil, end, ctx.Err()
	}
	within, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	rows, err := h.Source.Happened(within, board, after, pageRows)
	if err != nil {
		return nil, end, err
	}
	now, bytes := time.Now(), 0
	for _, row := range rows {
		if bytes > pageBytes {
			break // the rest is read with the next page
		}
		data, err := h.Encode(board, row)
		if err != nil {
			return nil, end, err
		}
		events, bytes = append(events, Event{Seq: row.Seq, Data: data, came: now}), bytes+len(data)
		end.watches, end.takesOff = end.watches || row.Verb.EndsWatches(), end.takesOff || row.Verb.TakesOff()
	}
	return events, end, nil
}
