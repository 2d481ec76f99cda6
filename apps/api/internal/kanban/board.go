package kanban

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// CardsAtFirst is how many cards of each column a board's read carries.
const CardsAtFirst = 50

// BoardHead is what a board says of itself, and of the reader's role on it.
type BoardHead struct {
	ID        uuid.UUID
	Title     string
	Version   int
	Role      Role
	Seq       int64
	CreatedAt time.Time
	CreatedBy uuid.UUID
}

// BoardSummary is a board as a list shows it.
type BoardSummary struct {
	BoardHead
	Columns []ColumnSize
}

// ColumnSize is enough of a column to draw it small.
type ColumnSize struct {
	Title     string
	CardCount int
}

// BoardState is what decides whether a reader's copy of a board is still true.
type BoardState struct {
	Seq  int64
	Role Role
}

// Board is one snapshot of a board, true at Seq, with the first cards of each column.
type Board struct {
	BoardHead
	Labels  []Label // by name
	Columns []BoardColumn
}

// NewBoard is a board to be.
type NewBoard struct {
	ID    uuid.UUID
	Title string
}

// Boards lists the actor's boards, newest first; problem.Invalid when the board to go on after isn't one of them.
func (s *Service) Boards(ctx context.Context, actor Actor, page Page) (Listed[BoardSummary], error) {
	boards, err := s.store.Boards(ctx, actor.ID, page.more())
	return listed(boards, page.Limit, func(b BoardSummary) uuid.UUID { return b.ID }), err
}

// BoardState tells a board's seq and the actor's role on it; problem.NotFound if the actor isn't a member.
func (s *Service) BoardState(ctx context.Context, actor Actor, id uuid.UUID) (BoardState, error) {
	return s.store.BoardState(ctx, actor.ID, id)
}

// Board reads a board; problem.NotFound if the actor isn't a member.
func (s *Service) Board(ctx context.Context, actor Actor, id uuid.UUID) (Board, error) {
	board, err := s.store.Board(ctx, actor.ID, id, CardsAtFirst+1)
	if err != nil {
		return Board{}, err
	}
	for i := range board.Columns {
		column := &board.Columns[i]
		column.Listed = listed(column.Items, CardsAtFirst, func(c CardSummary) uuid.UUID { return c.ID })
	}
	return board, nil
}

// CreateBoard puts up a board that the actor owns. Sent again with the same id by the same person, it returns
// that board. problem.Invalid for the title or id, problem.Conflict ("id_taken") for an id in use,
// problem.Forbidden ("account_deleted") for somebody who has left.
func (s *Service) CreateBoard(ctx context.Context, actor Actor, id *uuid.UUID, title string) (BoardSummary, error) {
	title, wrong := cleanTitle(title)
	if err := refuse(wrong); err != nil {
		return BoardSummary{}, err
	}
	boardID, err := newID(id)
	if err != nil {
		return BoardSummary{}, err
	}
	var board BoardSummary
	var created bool
	err = s.remembered(ctx, actor, func() error {
		board, created, err = s.store.CreateBoard(ctx, actor, NewBoard{ID: boardID, Title: title})
		return err
	})
	if err == nil && !created {
		err = sameAgain(board.CreatedBy, actor, board.Version > 1 || board.Title == title)
	}
	switch {
	case errors.Is(err, ErrUnchanged):
		return board, nil
	case problem.Is(err, problem.NotFound):
		return BoardSummary{}, idTaken()
	}
	return board, err
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
			return problem.New(problem.Forbidden, "owners_only", "Only an owner of this board can rename it.")
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
