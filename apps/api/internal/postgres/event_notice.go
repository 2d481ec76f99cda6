package postgres

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

const (
	noticeChannel = "kanban_board"         // also in query/event.sql
	noticeEvery   = 5 * time.Millisecond   // at least, from one statement to the next
	noticeTime    = 500 * time.Millisecond // for one
)

// Notices carry word of changes through Postgres: NOTIFY from whoever changed a board, apart from the change's own
// transaction, and one connection that LISTENs. It implements live.Notifier.
type Notices struct {
	pool   *pgxpool.Pool
	direct postgres.Config
	log    *slog.Logger

	mu     sync.Mutex
	hears  func(board uuid.UUID, seq int64) // nil while nobody does
	untold map[uuid.UUID]int64              // the newest of each board
	some   chan struct{}                    // holds one: there is something untold
}

// NewNotices makes them. The listener's URL must lead to the server itself, not to a pooler.
func NewNotices(pool *pgxpool.Pool, listener postgres.Config, log *slog.Logger) *Notices {
	return &Notices{pool: pool, direct: listener, log: log, untold: map[uuid.UUID]int64{}, some: make(chan struct{}, 1)}
}

// Tell implements live.Notifier. This process's own viewers needn't wait for the way through the server.
func (n *Notices) Tell(board uuid.UUID, seq int64) {
	n.mu.Lock()
	hears := n.hears
	if hears != nil {
		n.untold[board] = max(n.untold[board], seq)
	}
	n.mu.Unlock()
	if hears == nil {
		return
	}
	hears(board, seq)
	select {
	case n.some <- struct{}{}:
	default:
	}
}

// Hear implements live.Notifier. What is said while nobody hears is lost.
func (n *Notices) Hear(ctx context.Context, heard func(board uuid.UUID, seq int64), lost func()) {
	n.mu.Lock()
	n.hears = heard
	n.mu.Unlock()
	var telling sync.WaitGroup
	telling.Go(func() { n.passOn(ctx) })
	postgres.Listener{
		Config: n.direct, Channel: noticeChannel, Log: n.log,
		Up: lost, Down: func() {},
		Heard: func(note string) {
			if board, seq, ok := readNote(note); ok {
				heard(board, seq)
			}
		},
	}.Run(ctx)
	telling.Wait()
	n.mu.Lock()
	n.hears = nil
	n.mu.Unlock()
}

// passOn tells the other processes, many changes at once when there are many, and at its end what is left.
func (n *Notices) passOn(ctx context.Context) {
	for {
		select {
		case <-n.some:
		case <-ctx.Done():
			n.notify(context.WithoutCancel(ctx))
			return
		}
		n.notify(ctx)
		select {
		case <-time.After(noticeEvery):
		case <-ctx.Done():
		}
	}
}

func (n *Notices) notify(ctx context.Context) {
	notes := n.notes()
	if len(notes) == 0 {
		return
	}
	within, cancel := context.WithTimeout(ctx, noticeTime)
	defer cancel()
	if err := dbgen.New(n.pool).EventNotify(within, notes); err != nil {
		n.log.WarnContext(ctx, "changes couldn't be announced; other processes find them by looking", "err", err)
	}
}

// notes takes what is untold.
func (n *Notices) notes() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	notes := make([]string, 0, len(n.untold))
	for board, seq := range n.untold {
		notes = append(notes, board.String()+":"+strconv.FormatInt(seq, 10))
	}
	clear(n.untold)
	return notes
}

// readNote leaves alone what isn't ours.
func readNote(note string) (board uuid.UUID, seq int64, ok bool) {
	id, number, _ := strings.Cut(note, ":")
	board, err := uuid.Parse(id)
	if err != nil {
		return board, 0, false
	}
	seq, err = strconv.ParseInt(number, 10, 64)
	return board, seq, err == nil
}
