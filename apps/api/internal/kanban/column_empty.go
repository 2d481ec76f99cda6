package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// MoveAllLimit is how many cards a column may have to be emptied in one go.
const MoveAllLimit = 5000

// Standing is a card and its rank in its column.
type Standing struct {
	ID   uuid.UUID
	Rank string
}

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
		moved = CardsMoved{Seq: c.Seq() - 1}
		if _, err := liveColumn(ctx, c, from); err != nil {
			return err
		}
		first, err := cardRank(ctx, c, Place{Column: to, At: AtEnd}, Card{})
		if err != nil {
			return err
		}
		cards, err := c.CardStandings(ctx, from, MoveAllLimit+1)
		switch {
		case err != nil:
			return err
		case len(cards) == 0:
			return ErrUnchanged
		case len(cards) > MoveAllLimit:
			return problem.New(problem.Conflict, "too_many_cards", "This column has more cards than can be moved in one go. Move or archive some of them first.")
		}
		moved, err = moveAll(ctx, c, cards, from, to, first)
		return err
	})
	return moved, err
}

// moveAll gives the cards the first rank and those after it.
func moveAll(ctx context.Context, c Change, cards []Standing, from, to uuid.UUID, first string) (CardsMoved, error) {
	fresh := append([]string{first}, ranks(first, len(cards)-1)...)
	ids := make([]uuid.UUID, len(cards))
	all := make([]Activity, len(cards))
	for i, card := range cards {
		ids[i] = card.ID
		all[i] = Activity{
			Verb: CardMoved, CardID: &ids[i], ColumnID: &to,
			Was:    map[string]any{"column_id": from, "rank": card.Rank},
			Became: map[string]any{"column_id": to, "rank": fresh[i]},
		}
	}
	if err := c.PlaceCards(ctx, ids, to, fresh); err != nil {
		return CardsMoved{}, err
	}
	moved := CardsMoved{Moved: len(cards)}
	err := recordAll(ctx, c, all, &moved.Seq)
	return moved, err
}
