package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// NewCard is a card to be.
type NewCard struct {
	ID          uuid.UUID
	ColumnID    uuid.UUID
	Title       string
	Description string
	DueOn       *time.Time
}

// CreateCard adds a card at a column's foot. Sent again with the same id by the same person, it returns that
// card as it is by now, with the seq of the activity that made it. problem.NotFound for the board or the column,
// problem.Forbidden for a viewer, problem.Invalid for what is wrong, problem.Conflict for an id in use ("id_taken") or one
// whose card is in the trash ("in_trash").
func (s *Service) CreateCard(ctx context.Context, actor Actor, board uuid.UUID, id *uuid.UUID, card NewCard) (Card, error) {
	var wrong *problem.Field
	card.Title, wrong = cleanTitle(card.Title)
	if err := refuse(wrong, checkDescription(card.Description), checkDueOn(card.DueOn)); err != nil {
		return Card{}, err
	}
	var err error
	if card.ID, err = newID(id); err != nil {
		return Card{}, err
	}
	first := Ask{Place: &Place{Column: card.ColumnID, At: AtEnd}, Cards: 1}
	if id != nil {
		first.Card = &CardRef{ID: card.ID}
	}
	var created Card
	err = s.changeAsking(ctx, actor, board, first, func(c Change) error {
		if id != nil {
			if created, err = c.CardAnywhere(ctx, CardRef{ID: card.ID}); !problem.Is(err, problem.NotFound) {
				return card.again(ctx, c, actor, &created, err)
			}
		}
		created, err = createCard(ctx, c, card)
		return err
	})
	return created, err
}

// createCard adds a card that is as it should be.
func createCard(ctx context.Context, c Change, card NewCard) (Card, error) {
	rank, err := cardRank(ctx, c, Place{Column: card.ColumnID, At: AtEnd}, Card{})
	if err != nil {
		return Card{}, err
	}
	created, err := c.CreateCard(ctx, card, rank)
	if err != nil {
		return Card{}, err
	}
	return created, record(ctx, c, cardCreated(created), &created.Seq)
}

func cardCreated(card Card) Activity {
	became := map[string]any{
		"number": card.Number, "title": card.Title, "description": card.Description, "due_on": dayFact(card.DueOn), "rank": card.Rank,
	}
	return Activity{Verb: CardCreated, CardID: &card.ID, ColumnID: &card.ColumnID, Became: became}
}

// again ends a create whose id is in use already. What was made says by which activity that was: the board may have gone on.
func (n NewCard) again(ctx context.Context, c Change, actor Actor, made *Card, err error) error {
	if err != nil {
		return err
	}
	var column uuid.UUID
	if made.Seq, column, err = c.MadeCard(ctx, made.ID); err != nil {
		return err
	}
	// Somebody may have edited or moved the card since; what counts is what it was made of.
	untouched := made.Title == n.Title && made.Description == n.Description && sameDay(made.DueOn, n.DueOn)
	var gone error
	if made.DeletedAt != nil || made.ColumnDeleted {
		gone = inTrash("card")
	}
	return sameAgain(made.CreatedBy, actor, (made.Version > 1 || untouched) && column == n.ColumnID, gone)
}
