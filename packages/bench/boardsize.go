package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"github.com/google/uuid"
)

// size is how large a board is.
type size struct{ columns, cards int } // cards of each column

func (s size) String() string { return fmt.Sprintf("%d × %d", s.columns, s.cards) }

// sizes are the boards whose pages are measured: a usual one, and 5,000 cards in long columns and in many.
var sizes = []size{{5, 20}, {8, 625}, {250, 20}}

// makersAtOnce is how many put cards up at a time.
const makersAtOnce = 8

// putSized puts up a board of any size, card by card as people would.
func putSized(ctx context.Context, w *caller, s size) (*wall, error) {
	put := &wall{}
	var board made
	if err := w.post(ctx, "/boards", map[string]any{"title": "A board of " + s.String()}, http.StatusCreated, &board); err != nil {
		return nil, err
	}
	put.board = board.ID
	for i := range s.columns {
		var column made
		if err := w.post(ctx, "/boards/"+board.ID.String()+"/columns", map[string]any{"title": fmt.Sprintf("Column %d", i+1)}, http.StatusCreated, &column); err != nil {
			return nil, err
		}
		put.columns = append(put.columns, column.ID)
	}
	return put, putCards(ctx, w, put, s)
}

func putCards(ctx context.Context, w *caller, on *wall, s size) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan uuid.UUID)
	var makers sync.WaitGroup
	for range makersAtOnce {
		makers.Go(func() {
			for column := range next {
				if _, err := w.createCard(ctx, on, column, "Write down what the card is about, in a line or two"); err != nil {
					cancel(err)
				}
			}
		})
	}
	for range s.cards {
		for _, column := range on.columns {
			next <- column
		}
	}
	close(next)
	makers.Wait()
	return context.Cause(ctx)
}
