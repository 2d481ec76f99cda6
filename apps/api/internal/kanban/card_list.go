package kanban

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// CardsAtMost is how many cards can be added at once.
const CardsAtMost = 100

// NewCardList is several cards to be, of one column.
type NewCardList struct {
	ColumnID uuid.UUID
	Lines    []NewCardLine
}

// NewCardLine is one of them.
type NewCardLine struct {
	ID    *uuid.UUID // the client's own, if it has one
	Title string
}

// CreateCards adds cards at a column's foot in their order, or none of them, and returns them with the seq of the last: what one
// act adds, one undo takes back. Sent again with the same ids by the same person, it returns those cards with that seq. Its errors
// are those of CreateCard.
func (s *Service) CreateCards(ctx context.Context, actor Actor, board uuid.UUID, list NewCardList) (made []Card, seq int64, err error) {
	wanted, err := list.clean()
	if err != nil {
		return nil, 0, err
	}
	first := Ask{Cards: len(wanted)}
	if !list.named() {
		first.Place = &Place{Column: list.ColumnID, At: AtEnd}
	}
	err = s.changeAsking(ctx, actor, board, first, func(c Change) error {
		if list.named() {
			if made, seq, err = list.again(ctx, c, actor, wanted); err != nil {
				return err
			}
		}
		var activities []Activity
		if made, activities, err = createCards(ctx, c, list.ColumnID, wanted); err != nil {
			return err
		}
		return recordAll(ctx, c, activities, &seq)
	})
	for i := range made {
		made[i].Seq = seq
	}
	return made, seq, err
}

// clean makes problem.Invalid unless there are some cards, each as it should be and with an id of its own.
func (l NewCardList) clean() ([]NewCard, error) {
	if n := len(l.Lines); n == 0 || n > CardsAtMost {
		return nil, refuse(&problem.Field{Field: "cards", Code: "out_of_range", Detail: fmt.Sprintf("Name from 1 to %d cards; these are %d.", CardsAtMost, n)})
	}
	cards, seen := make([]NewCard, len(l.Lines)), map[uuid.UUID]bool{}
	for i, line := range l.Lines {
		title, wrong := cleanTitle(line.Title)
		err := refuse(wrong)
		if err == nil {
			cards[i] = NewCard{ColumnID: l.ColumnID, Title: title}
			cards[i].ID, err = newID(line.ID)
		}
		if err == nil && seen[cards[i].ID] {
			err = refuse(&problem.Field{Field: "id", Code: "twice", Detail: "Each card needs an id of its own."})
		}
		if err != nil {
			return nil, within(fmt.Sprintf("cards.%d", i), err)
		}
		seen[cards[i].ID] = true
	}
	return cards, nil
}

// named reports whether a client named one of the cards, and may be asking for it again.
func (l NewCardList) named() bool {
	for _, line := range l.Lines {
		if line.ID != nil {
			return true
		}
	}
	return false
}

// again ends a create whose ids are in use already: all of them by this same list, else it's a conflict. It returns nil when none is;
// seq is that of the last.
func (l NewCardList) again(ctx context.Context, c Change, actor Actor, wanted []NewCard) (made []Card, seq int64, err error) {
	ids := make([]uuid.UUID, len(wanted))
	for i, card := range wanted {
		ids[i] = card.ID
	}
	there, err := c.BatchCards(ctx, ids)
	switch {
	case err != nil, len(there) == 0:
		return nil, 0, err
	case len(there) < len(wanted):
		return nil, 0, idTaken()
	}
	made = make([]Card, len(wanted))
	for i, card := range wanted {
		made[i], err = c.CardAnywhere(ctx, CardRef{ID: card.ID})
		if err = card.again(ctx, c, actor, &made[i], err); !errors.Is(err, ErrUnchanged) {
			return nil, 0, err
		}
	}
	return made, made[len(made)-1].Seq, ErrUnchanged
}

// createCards adds cards that are as they should be, and tells of each.
func createCards(ctx context.Context, c Change, column uuid.UUID, cards []NewCard) ([]Card, []Activity, error) {
	foot := Place{Column: column, At: AtEnd}
	fresh, err := ranksAt(len(cards),
		func() (Gap, error) { return cardGap(ctx, c, foot, uuid.Nil) },
		func() error { return c.RankCards(ctx, column, ranks) })
	if err != nil {
		return nil, nil, err
	}
	made, err := c.CreateCards(ctx, column, cards, fresh)
	if err != nil {
		return nil, nil, err
	}
	activities := make([]Activity, len(made))
	for i, card := range made {
		activities[i] = cardCreated(card)
	}
	return made, activities, nil
}
