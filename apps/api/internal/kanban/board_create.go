package kanban

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// CreateBoard puts up a board that the actor owns, with what its template holds. Sent again with the same id by the
// same person, it returns that board. problem.Invalid for the title, the template or the id, problem.Conflict for an
// id in use ("id_taken") or the sample board for somebody who has or had another ("not_first_board"),
// problem.Forbidden ("account_deleted") for somebody who has left.
func (s *Service) CreateBoard(ctx context.Context, actor Actor, id *uuid.UUID, board NewBoard) (BoardSummary, error) {
	var wrong *problem.Field
	board.Title, wrong = cleanTitle(board.Title)
	if err := refuse(wrong, checkTemplate(board.Template)); err != nil {
		return BoardSummary{}, err
	}
	var err error
	if board.ID, err = newID(id); err != nil {
		return BoardSummary{}, err
	}
	var made BoardSummary
	var created bool
	err = s.remembered(ctx, actor, func() error {
		made, created, err = s.store.CreateBoard(ctx, actor, board, board.putUp)
		return err
	})
	if err == nil && !created {
		err = board.again(actor, made)
	}
	switch {
	case errors.Is(err, ErrUnchanged):
		return made, nil
	case problem.Is(err, problem.NotFound):
		return BoardSummary{}, idTaken()
	}
	return made, err
}

// putUp records the board and what its template puts on it.
func (n NewBoard) putUp(ctx context.Context, c Change, first bool) error {
	if n.Template == Sample && !first {
		return problem.New(problem.Conflict, "not_first_board", "The sample board is for somebody who never had a board. Choose another template.")
	}
	became := map[string]any{"title": n.Title}
	if n.Template != NoTemplate {
		became["template"] = n.Template
	}
	if err := c.Record(ctx, []Activity{{Verb: BoardCreated, Became: became}}); err != nil {
		return err
	}
	return n.Template.putUp(ctx, c)
}

// again ends a create whose id is in use already.
func (n NewBoard) again(actor Actor, made BoardSummary) error {
	return sameAgain(made.CreatedBy, actor, (made.Version > 1 || made.Title == n.Title) && made.Template == n.Template, nil)
}
