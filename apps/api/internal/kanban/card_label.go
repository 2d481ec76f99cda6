package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// LabelCard puts a label on a card; a card that carries it stays as it is. It doesn't raise the card's version.
// problem.NotFound for the board, the card or the label; problem.Forbidden for a viewer; problem.Conflict
// ("archived") for an archived card.
func (s *Service) LabelCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, label uuid.UUID) (Card, error) {
	return s.switchLabel(ctx, actor, board, ref, LabelSwitch{ID: label, On: true})
}

// UnlabelCard takes a label off a card, with LabelCard's errors; a card that doesn't carry it stays as it is.
func (s *Service) UnlabelCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, label uuid.UUID) (Card, error) {
	return s.switchLabel(ctx, actor, board, ref, LabelSwitch{ID: label})
}

// LabelSwitch says which label is to be on a card, or not to be.
type LabelSwitch struct {
	ID uuid.UUID
	On bool
}

func (s *Service) switchLabel(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, to LabelSwitch) (Card, error) {
	var card Card
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if card, err = liveCard(ctx, c, ref); err != nil {
			return err
		}
		label, all, err := findLabel(ctx, c, to.ID)
		if err != nil {
			return err
		}
		if slices.Contains(card.LabelIDs, to.ID) == to.On {
			return ErrUnchanged
		}
		if err := to.write(ctx, c, card.ID); err != nil {
			return err
		}
		card.LabelIDs = to.applied(card.LabelIDs, all)
		return record(ctx, c, to.activity(label, card.ID, card.ColumnID), &card.Seq)
	})
	return card, err
}

func (to LabelSwitch) write(ctx context.Context, c Change, cards ...uuid.UUID) error {
	if to.On {
		return c.LabelCards(ctx, to.ID, cards)
	}
	return c.UnlabelCards(ctx, to.ID, cards)
}

// applied returns the labels that a card carries then, in the order of all.
func (to LabelSwitch) applied(carried []uuid.UUID, all []Label) []uuid.UUID {
	var now []uuid.UUID
	for _, label := range all {
		if carries := slices.Contains(carried, label.ID); (label.ID == to.ID && to.On) || (label.ID != to.ID && carries) {
			now = append(now, label.ID)
		}
	}
	return now
}

func (to LabelSwitch) activity(label Label, card, column uuid.UUID) Activity {
	activity := Activity{Verb: CardUnlabelled, CardID: &card, ColumnID: &column, Was: labelFacts(label)}
	if to.On {
		activity.Verb, activity.Was, activity.Became = CardLabelled, nil, labelFacts(label)
	}
	return activity
}
