package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// editCardBack changes back what was changed, and leaves alone what others changed since.
func editCardBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	old, err := liveCard(ctx, c, CardRef{ID: *rows[0].CardID})
	if err != nil {
		return nil, err
	}
	card, was := old, rows[0].Was
	for _, name := range changedIn(rows[0]) {
		switch name {
		case "title":
			card.Title = textIn(was, name)
		case "description":
			card.Description = textIn(was, name)
		case "due_on":
			card.DueOn = dayIn(was, name)
		}
	}
	before, after := cardDifference(old, card)
	if len(after) == 0 || card.Title == "" {
		return nil, nil
	}
	_, err = c.UpdateCard(ctx, card)
	return []Activity{{Verb: CardEdited, CardID: &card.ID, ColumnID: &card.ColumnID, Was: before, Became: after}}, err
}

func dayIn(facts map[string]any, name string) *time.Time {
	day, err := time.Parse(time.DateOnly, textIn(facts, name))
	if err != nil {
		return nil // no day is how none is told
	}
	return &day
}

// moveCardsBack puts cards where they stood, each at its own place, or right below who took that meanwhile.
func moveCardsBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	columns, ranks := places(rows)
	if columns == nil {
		return nil, nil
	}
	cards, err := formerCards(ctx, c, rows, columns, ranks)
	if err != nil {
		return nil, err
	}
	did := make([]Activity, len(cards))
	for i, card := range cards {
		if card.Archived {
			return nil, archived()
		}
		columns[i], ranks[i] = card.ToColumn, card.ToRank
		did[i] = PlacedCard{card.ID, card.ColumnID, card.Rank}.moves(card.ToColumn, card.ToRank)
	}
	return did, c.PutCards(ctx, idsOf(cards), columns, ranks)
}

// labelCardsBack takes a label off where it was put on, and the other way round.
func labelCardsBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	to := LabelSwitch{ID: traceOf(rows[0]).LabelID, On: rows[0].Verb == CardUnlabelled}
	label, _, err := findLabel(ctx, c, to.ID)
	if err != nil {
		return nil, err
	}
	return switchBack(ctx, c, rows, func(card FormerCard) Activity { return to.activity(label, card.ID, card.ColumnID) }, to.write)
}

// switchBack puts on the cards of some activities what was taken off them, or the other way round; none may be archived.
func switchBack(ctx context.Context, c Change, rows []Activity, told func(FormerCard) Activity, write func(context.Context, Change, ...uuid.UUID) error) ([]Activity, error) {
	cards, err := formerCards(ctx, c, rows, nil, nil)
	if err != nil {
		return nil, err
	}
	did := make([]Activity, len(cards))
	for i, card := range cards {
		if card.Archived {
			return nil, archived()
		}
		did[i] = told(card)
	}
	return did, write(ctx, c, idsOf(cards)...)
}
