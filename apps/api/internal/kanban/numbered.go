package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// NumberedCard is a card as somebody calls it who says its number.
type NumberedCard struct {
	Board      uuid.UUID
	BoardTitle string
	ID         uuid.UUID
	Number     int
	Title      string
}

// Numbered lists the cards of a number on all boards that the actor is on, the board that they opened last first: those in the archive
// too, but none in the trash and none of a board in the archive. problem.Invalid for what is no number of a card.
func (s *Service) Numbered(ctx context.Context, actor Actor, number, limit int) ([]NumberedCard, error) {
	if number < 1 {
		return nil, problem.Validation(problem.Field{Field: "number", Code: "out_of_range", Detail: "Cards are numbered from 1 on."})
	}
	return s.store.Numbered(ctx, actor.ID, number, limit)
}
