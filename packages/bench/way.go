package main

import (
	"context"

	"github.com/google/uuid"
)

// way is one of the ways to a board: through web as a browser goes, straight to the api, or by SQL.
type way interface {
	createBoard(ctx context.Context, title string) (board uuid.UUID, columns []uuid.UUID, err error)
	createCard(ctx context.Context, on *wall, column uuid.UUID, title string) (uuid.UUID, error)
	moveCard(ctx context.Context, on *wall, m move) error
	readBoard(ctx context.Context, on *wall) error
}
