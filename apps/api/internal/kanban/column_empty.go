package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// MoveAllLimit is how many cards a column may have to be emptied in one go.
const MoveAllLimit = 5000

// CardsMoved says how many cards went to another column, and the board's seq afterwards.
type CardsMoved struct {
	Moved int
	Seq   int64
}

// MoveAllCards puts all live cards of a column at another's foot, in their order: all or none, a batch with one activity
// for each. problem.NotFound for the board or a column, problem.Forbidden for a viewer, problem.Invalid for a column
// that is to take its own cards, problem.Conflict when either is archived ("column_archived") or there are more than
// MoveAllLimit cards ("too_many_cards").
func (s *Service) MoveAllCards(ctx context.Context, actor Actor, board, from, to uuid.UUID) (CardsMoved, error) {
	if from == to {
		return CardsMoved{}, problem.Validation(problem.Field{Field: "to_column_id", Code: "same_column", Detail: "The cards are in that column already. Choose another one."})
	}
	var moved CardsMoved
	err := s.change(ctx, actor, board, func(c Change) error {
		moved = CardsMoved{Seq: seqBefore(c)}
		if _, err := liveColumn(ctx, c, from); err != nil {
			return err
		}
		cards, err := c.CardsInColumn(ctx, from, MoveAllLimit+1)
		if err != nil {
			return err
		}
		fresh, err := ranksAt(len(cards),
			func() (Gap, error) { return cardGap(ctx, c, Place{Column: to, At: AtEnd}) },
			func() error { return c.RankCards(ctx, to, ranks) })
		switch {
		case err != nil:
			return err
		case len(cards) == 0:
			return ErrUnchanged
		case len(cards) > MoveAllLimit:
			return problem.New(problem.Conflict, "too_many_cards", "This column has more cards than can be moved in one go. Move or archive some of them first.")
		}
		told, err := placeCards(ctx, c, cards, to, fresh)
		if err != nil {
			return err
		}
		moved.Moved = len(cards)
		return recordAll(ctx, c, told, &moved.Seq)
	})
	return moved, err
}
