package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// AssignCard has a member do a card; who is to do it already stays as they are. It doesn't raise the card's version. problem.NotFound
// for the board, the card or the member; problem.Forbidden for a viewer; problem.Conflict ("archived") for an archived card.
func (s *Service) AssignCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, person uuid.UUID) (Card, error) {
	return s.switchAssignee(ctx, actor, board, ref, AssigneeSwitch{ID: person, On: true})
}

// UnassignCard takes a member off a card, with AssignCard's errors; who isn't to do it changes nothing.
func (s *Service) UnassignCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, person uuid.UUID) (Card, error) {
	return s.switchAssignee(ctx, actor, board, ref, AssigneeSwitch{ID: person})
}

// AssigneeSwitch says which member is to do a card, or not to.
type AssigneeSwitch struct {
	ID uuid.UUID
	On bool
}

func (s *Service) switchAssignee(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, to AssigneeSwitch) (Card, error) {
	var card Card
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if card, err = liveCard(ctx, c, ref); err != nil {
			return err
		}
		member, err := c.Member(ctx, to.ID)
		if err != nil {
			return err
		}
		if slices.Contains(card.AssigneeIDs, to.ID) == to.On {
			return ErrUnchanged
		}
		if err := to.write(ctx, c, card.ID); err != nil {
			return err
		}
		card.AssigneeIDs = to.applied(card.AssigneeIDs)
		return record(ctx, c, to.activity(member, card.ID, card.ColumnID), &card.Seq)
	})
	return card, err
}

// assign does it with the cards of a batch.
func (b Batch) assign(ctx context.Context, c Change, cards []BatchCard) ([]Activity, error) {
	member, err := c.Member(ctx, b.Assign.ID)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	var activities []Activity
	for i := range cards {
		card := &cards[i]
		if slices.Contains(card.AssigneeIDs, member.ID) != b.Assign.On {
			ids = append(ids, card.ID)
			activities = append(activities, b.Assign.activity(member, card.ID, card.ColumnID))
			card.AssigneeIDs = b.Assign.applied(card.AssigneeIDs)
		}
	}
	if ids == nil {
		return nil, nil
	}
	return activities, b.Assign.write(ctx, c, ids...)
}

func (to AssigneeSwitch) write(ctx context.Context, c Change, cards ...uuid.UUID) error {
	if to.On {
		return c.AssignCards(ctx, to.ID, cards)
	}
	return c.UnassignCards(ctx, to.ID, cards)
}

// applied returns who is to do a card then, in the order of their ids.
func (to AssigneeSwitch) applied(assigned []uuid.UUID) []uuid.UUID {
	now := slices.DeleteFunc(slices.Clone(assigned), func(id uuid.UUID) bool { return id == to.ID })
	if to.On {
		now = append(now, to.ID)
		slices.SortFunc(now, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	}
	return now
}

func (to AssigneeSwitch) activity(member Member, card, column uuid.UUID) Activity {
	activity := Activity{Verb: CardUnassigned, CardID: &card, ColumnID: &column, PersonID: &member.ID, Person: member.Name}
	if to.On {
		activity.Verb = CardAssigned
	}
	return activity
}

// assignCardsBack takes a member off the cards that they were put on, and the other way round.
func assignCardsBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	if rows[0].PersonID == nil {
		return nil, nil
	}
	to := AssigneeSwitch{ID: *rows[0].PersonID, On: rows[0].Verb == CardUnassigned}
	member, err := c.Member(ctx, to.ID)
	if err != nil {
		return nil, err
	}
	return switchBack(ctx, c, rows, func(card FormerCard) Activity { return to.activity(member, card.ID, card.ColumnID) }, to.write)
}

// assigned tells of who is to do a card, or no longer, after the name of who decided it.
func assigned(t Trace) string {
	if t.Verb == CardUnassigned {
		return "took this member off the card"
	}
	return "put this member on the card"
}
