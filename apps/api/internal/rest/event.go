package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/live"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// StreamBoardEvents tells what happens on a board.
func (h *handlers) StreamBoardEvents(ctx context.Context, req kanbanapi.StreamBoardEventsRequestObject) (kanbanapi.StreamBoardEventsResponseObject, error) {
	place := live.Place{Board: req.BoardId, After: live.FromNow}
	if req.Params.After != nil {
		place.After = *req.Params.After
	}
	return h.stream(ctx, boardMarks{}, []live.Place{place}, req.Params.LastEventID)
}

// StreamEvents tells what happens on several boards.
func (h *handlers) StreamEvents(ctx context.Context, req kanbanapi.StreamEventsRequestObject) (kanbanapi.StreamEventsResponseObject, error) {
	places, err := placesOf(req.Params.Boards)
	if err != nil {
		return nil, err
	}
	return h.stream(ctx, marksOf(places), places, req.Params.LastEventID)
}

// stream begins where the last event was, if there was one.
func (h *handlers) stream(ctx context.Context, ids marks, places []live.Place, last *string) (*stream, error) {
	if last != nil && *last != "" {
		seqs, ok := ids.read(*last)
		if !ok || len(seqs) != len(places) {
			return nil, notAnEventID()
		}
		for i := range places {
			places[i].After = seqs[i]
		}
	}
	subscriber, err := h.live.Hub.Subscribe(ctx, actor(ctx), places)
	if err != nil {
		return nil, err
	}
	return &stream{Live: h.live, ctx: ctx, subscriber: subscriber, ids: ids, places: places}, nil
}

func notAnEventID() error {
	return problem.Validation(problem.Field{Field: "Last-Event-ID", Code: "not_an_event_id", Detail: "This is not the id of an event of such a stream. Ask without it, for what comes after the seq that you know."})
}

// placesOf reads boards as the contract has them: ids, each with a seq behind a colon or without.
func placesOf(boards []string) ([]live.Place, error) {
	places, known := make([]live.Place, len(boards)), map[uuid.UUID]bool{}
	for i, text := range boards {
		id, seq, told := strings.Cut(text, ":")
		board, err := uuid.Parse(id)
		if err != nil {
			return nil, err // not what the contract let pass
		}
		if known[board] {
			return nil, problem.Validation(problem.Field{Field: "boards", Code: "twice", Detail: "A board can be named only once."})
		}
		known[board] = true
		places[i] = live.Place{Board: board, After: live.FromNow}
		if told {
			places[i].After, err = strconv.ParseInt(seq, 10, 64)
			if err != nil {
				return nil, err
			}
		}
	}
	return places, nil
}

// EventWords puts an activity into the words that all who look on are sent, but for the event's id.
func EventWords(board uuid.UUID, a kanban.Activity) ([]byte, error) {
	return eventWords("activity", struct {
		BoardID uuid.UUID `json:"board_id"`
		kanbanapi.Activity
	}{board, contractActivity(a)})
}

// eventWords has the data in one line, as JSON is (HTML Living Standard §9.2.6), and as short: it is never read as HTML.
func eventWords(kind string, data any) ([]byte, error) {
	var words bytes.Buffer
	words.WriteString("event: " + kind + "\ndata: ")
	line := json.NewEncoder(&words)
	line.SetEscapeHTML(false)
	err := line.Encode(data) // ends the line
	words.WriteByte('\n')
	return words.Bytes(), err
}
