package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// CardsAtFirst is how many cards of each column a board's read carries.
const CardsAtFirst = 50

// BoardHead is what a board says of itself, and of what it is to the reader.
type BoardHead struct {
	ID         uuid.UUID
	Title      string
	Version    int
	Template   Template // what it began with
	Role       Role
	Seq        int64
	CreatedAt  time.Time
	CreatedBy  uuid.UUID
	ChangedAt  time.Time // when its last activity was
	ArchivedAt *time.Time
	Starred    bool       // by the reader, as is all that follows
	OpenedAt   *time.Time // nil for never
	View       int        // counts what the reader changed of how they see the board
	Unmarked   bool       // OpenedAt is so old that this reading is to be marked
}

// BoardSummary is a board as a list shows it.
type BoardSummary struct {
	BoardHead
	Columns     []ColumnSize
	Members     []BoardMember // the first three, in the order in which they came
	MemberCount int           // of all
}

// ColumnSize is enough of a column to draw it small.
type ColumnSize struct {
	Title     string
	Hue       *Hue // nil for none
	CardCount int
}

// CardCount is how many cards are on the board's wall.
func (b BoardSummary) CardCount() int {
	sum := 0
	for _, column := range b.Columns {
		sum += column.CardCount
	}
	return sum
}

// BoardState is what decides whether a reader's copy of a board is still true, and all that a board's read shows follows from.
type BoardState struct {
	Seq       int64
	ChangedAt time.Time // tells two changes of the same seq apart, when an older dump was restored in between
	Role      Role
	Starred   bool
	Collapsed []uuid.UUID // the live columns that the reader folded up, from the left
	View      int
	Unmarked  bool      // as in BoardHead
	NamedAt   time.Time // when one of its members' names changed last: no activity tells of that
}

// Board is one snapshot of a board, true at Seq, with the first cards of each column.
type Board struct {
	BoardHead
	Labels  []Label       // by name
	Members []BoardMember // in the order in which they came
	NamedAt time.Time     // as in BoardState
	Columns []BoardColumn
}

// State is what this copy follows from.
func (b Board) State() BoardState {
	state := BoardState{Seq: b.Seq, ChangedAt: b.ChangedAt, Role: b.Role, Starred: b.Starred, View: b.View, Unmarked: b.Unmarked, NamedAt: b.NamedAt}
	for _, column := range b.Columns {
		if column.Collapsed {
			state.Collapsed = append(state.Collapsed, column.ID)
		}
	}
	return state
}

// NewBoard is a board to be.
type NewBoard struct {
	ID       uuid.UUID
	Title    string
	Template Template
}

// Boards lists the actor's live boards, newest first; problem.Invalid when the board to go on after isn't one of theirs.
func (s *Service) Boards(ctx context.Context, actor Actor, page Page) (Listed[BoardSummary], error) {
	boards, err := s.store.Boards(ctx, actor.ID, page.more())
	return listed(boards, page.Limit, func(b BoardSummary) uuid.UUID { return b.ID }), err
}

// BoardState tells what the actor's copy of a board depends on, and counts as opening it; problem.NotFound if the
// actor isn't a member.
func (s *Service) BoardState(ctx context.Context, actor Actor, id uuid.UUID) (BoardState, error) {
	state, err := s.store.BoardState(ctx, actor.ID, id)
	if err != nil {
		return BoardState{}, err
	}
	return state, s.opened(ctx, actor, id, state.Unmarked)
}

// Board reads a board, which counts as opening it; problem.NotFound if the actor isn't a member.
func (s *Service) Board(ctx context.Context, actor Actor, id uuid.UUID) (Board, error) {
	return s.boardRead(ctx, actor, id, func() (Board, error) { return s.store.Board(ctx, actor.ID, id, CardsAtFirst+1) })
}

// FilteredBoard reads a board with those cards alone that match, and counts them; its errors are Board's.
func (s *Service) FilteredBoard(ctx context.Context, actor Actor, id uuid.UUID, filter Filter) (Board, error) {
	return s.boardRead(ctx, actor, id, func() (Board, error) { return s.store.FilteredBoard(ctx, actor.ID, id, CardsAtFirst+1, filter) })
}

func (s *Service) boardRead(ctx context.Context, actor Actor, id uuid.UUID, read func() (Board, error)) (Board, error) {
	board, err := read()
	if err != nil {
		return Board{}, err
	}
	for i := range board.Columns {
		column := &board.Columns[i]
		column.Listed = listed(column.Items, CardsAtFirst, func(c CardSummary) uuid.UUID { return c.ID })
	}
	return board, s.opened(ctx, actor, id, board.Unmarked)
}

func ownersRename() error {
	return problem.New(problem.Forbidden, "owners_only", "Only an owner of this board can rename it.")
}

// RenameBoard gives a board that was read at a version a new title. problem.NotFound for an outsider,
// problem.Forbidden below an owner, problem.Invalid for the title, problem.PreconditionRequired or problem.Stale for from.
func (s *Service) RenameBoard(ctx context.Context, actor Actor, id uuid.UUID, from From, title string) (BoardSummary, error) {
	title, wrong := cleanTitle(title)
	if err := refuse(wrong); err != nil {
		return BoardSummary{}, err
	}
	var board BoardSummary
	err := s.change(ctx, actor, id, func(c Change) error {
		if !c.Role().MayOwn() {
			return ownersRename()
		}
		var err error
		if board, err = c.Board(ctx); err != nil {
			return err
		}
		if err := checkFrom(from, board.Version, board); err != nil {
			return err
		}
		if title == board.Title {
			return ErrUnchanged
		}
		was := board.Title
		if board, err = c.RenameBoard(ctx, title); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: BoardRenamed, Was: map[string]any{"title": was}, Became: map[string]any{"title": title}}, &board.Seq)
	})
	return board, err
}
