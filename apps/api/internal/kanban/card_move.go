package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Place is a spot in a column: before or after a card of it, or at one of its ends.
type Place struct {
	Column uuid.UUID
	Before uuid.UUID
	After  uuid.UUID
	At     End
}

// End is an end of a column.
type End string

// The ends of a column.
const (
	AtStart End = "start" // the top
	AtEnd   End = "end"   // the foot
)

// check makes problem.Invalid unless the place is named in exactly one way, and not by a card that moves.
func (p Place) check(moving ...uuid.UUID) error {
	ways := 0
	for _, named := range []bool{p.Before != uuid.Nil, p.After != uuid.Nil, p.At == AtStart || p.At == AtEnd} {
		if named {
			ways++
		}
	}
	if ways != 1 {
		return problem.Validation(problem.Field{Field: "at", Code: "one_place", Detail: "Say in exactly one way where the card goes: before, after or at."})
	}
	if slices.Contains(moving, p.Before) || slices.Contains(moving, p.After) {
		return problem.Validation(problem.Field{Field: "before", Code: "beside_itself", Detail: "A card can't be put beside itself."})
	}
	return nil
}

// MoveCard puts a card at a place on its board; one that stands there already stays. It doesn't raise the card's
// version. problem.NotFound for the board, the card or the column; problem.Forbidden for a viewer; problem.Invalid
// for a place that isn't one; problem.Conflict when the card is archived ("archived") or the neighbour has left
// the column ("neighbour_gone").
func (s *Service) MoveCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, to Place) (Card, error) {
	var card Card
	first := Ask{Card: &ref}
	if ref.ID != uuid.Nil {
		first.Place, first.Moving = &to, ref.ID
	}
	err := s.changeAsking(ctx, actor, board, first, func(c Change) error {
		var err error
		if card, err = liveCard(ctx, c, ref); err != nil {
			return err
		}
		if err := to.check(card.ID); err != nil {
			return err
		}
		rank, err := cardRank(ctx, c, to, card)
		if err != nil {
			return err
		}
		if to.Column == card.ColumnID && rank == card.Rank {
			return ErrUnchanged
		}
		if err := c.MoveCard(ctx, card.ID, to.Column, rank); err != nil {
			return err
		}
		activity := PlacedCard{card.ID, card.ColumnID, card.Rank}.moves(to.Column, rank)
		card.ColumnID, card.Rank = to.Column, rank
		return record(ctx, c, activity, &card.Seq)
	})
	return card, err
}

// PlacedCard is a card and where it stands.
type PlacedCard struct {
	ID       uuid.UUID
	ColumnID uuid.UUID
	Rank     string
}

// moves tells of a card that it goes elsewhere.
func (p PlacedCard) moves(column uuid.UUID, rank string) Activity {
	return Activity{Verb: CardMoved, CardID: &p.ID, ColumnID: &column, Was: placeFacts(p.ColumnID, p.Rank), Became: placeFacts(column, rank)}
}

// placeCards puts cards into a column, each at the rank beside it, and tells of that.
func placeCards(ctx context.Context, c Change, cards []PlacedCard, column uuid.UUID, ranks []string) ([]Activity, error) {
	ids := make([]uuid.UUID, len(cards))
	told := make([]Activity, len(cards))
	for i, card := range cards {
		ids[i], told[i] = card.ID, card.moves(column, ranks[i])
	}
	return told, c.PlaceCards(ctx, ids, column, ranks)
}

func placeFacts(column uuid.UUID, rank string) map[string]any {
	return map[string]any{"column_id": column, "rank": rank}
}

// cardRank finds the rank of a place for a card that goes there; the zero card is one that stands nowhere yet.
func cardRank(ctx context.Context, c Change, to Place, moving Card) (string, error) {
	present := ""
	if to.Column == moving.ColumnID {
		present = moving.Rank
	}
	return rankAt(present,
		func() (Gap, error) { return cardGap(ctx, c, to, moving.ID) },
		func() error { return c.RankCards(ctx, to.Column, ranks) })
}

// cardGap finds a place for cards that go there: problem.NotFound and problem.Conflict when it is no more.
func cardGap(ctx context.Context, c Change, to Place, moving ...uuid.UUID) (Gap, error) {
	gap, found, err := c.CardGap(ctx, to, moving...)
	if err == nil && !found {
		err = to.gone(ctx, c)
	}
	return gap, err
}

// gone says what is missing at a place: its column, or the neighbour in it.
func (p Place) gone(ctx context.Context, c Change) error {
	if _, err := liveColumn(ctx, c, p.Column); err != nil {
		return err
	}
	return problem.New(problem.Conflict, "neighbour_gone", "The card to stand beside has left that column. Reload the board and try again.")
}
