package postgres

import (
	"context"
	"sync"

	"github.com/google/uuid"
)

// turns lets this process's changes of one board come one after another. In the database they would wait for each
// other all the same, but each with a connection in its hand, until none is left for the readers.
type turns struct {
	mu     sync.Mutex
	boards map[uuid.UUID]*turn
}

// turn is a board's: the one token in it belongs to whoever changes the board.
type turn struct {
	token chan struct{}
	users int // who changes the board or waits to
}

// take waits for the board's turn, which done gives on. The error is the context's own.
func (t *turns) take(ctx context.Context, board uuid.UUID) (done func(), err error) {
	own := t.join(board)
	select {
	case own.token <- struct{}{}:
		return func() { <-own.token; t.leave(board, own) }, nil
	case <-ctx.Done():
		t.leave(board, own)
		return nil, ctx.Err()
	}
}

func (t *turns) join(board uuid.UUID) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := t.boards[board]
	if own == nil {
		own = &turn{token: make(chan struct{}, 1)}
		t.boards[board] = own
	}
	own.users++
	return own
}

func (t *turns) leave(board uuid.UUID, own *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if own.users--; own.users == 0 {
		delete(t.boards, board)
	}
}
