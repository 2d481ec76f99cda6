package kanban

import (
	"context"

	"github.com/google/uuid"
)

// RemoveMember takes somebody off a board, and off the cards that they were to do there; oneself too. problem.NotFound for an
// outsider and for who isn't on the board, problem.Forbidden below an owner ("owners_only"), problem.Conflict ("last_owner") for the
// only owner.
func (s *Service) RemoveMember(ctx context.Context, actor Actor, board, person uuid.UUID) (seq int64, err error) {
	if person == actor.ID {
		return s.LeaveBoard(ctx, actor, board)
	}
	err = s.changeCrew(ctx, actor, board, func(c Change) error {
		activity, err := removeMember(ctx, c, person, MemberRemoved)
		if err != nil {
			return err
		}
		return record(ctx, c, activity, &seq)
	})
	return seq, err
}

// LeaveBoard takes the actor off a board, whatever their role is. problem.NotFound for an outsider, problem.Conflict ("last_owner") for
// the only owner.
func (s *Service) LeaveBoard(ctx context.Context, actor Actor, board uuid.UUID) (seq int64, err error) {
	err = s.changeAsMember(ctx, actor, board, Ask{}, untrashed(func(c Change) error {
		activity, err := removeMember(ctx, c, actor.ID, MemberLeft)
		if err != nil {
			return err
		}
		return record(ctx, c, activity, &seq)
	}))
	return seq, err
}

func removeMember(ctx context.Context, c Change, person uuid.UUID, verb Verb) (Activity, error) {
	member, err := c.Member(ctx, person)
	if err != nil {
		return Activity{}, err
	}
	if err := keepOwner(ctx, c, member); err != nil {
		return Activity{}, err
	}
	cards, err := c.RemoveMember(ctx, person)
	if err == nil {
		err = c.EndInvitationsOf(ctx, person) // or they could come back by themselves
	}
	was := map[string]any{"role": member.Role, "joined_at": member.JoinedAt, "card_ids": cards}
	return Activity{Verb: verb, PersonID: &member.ID, Person: member.Name, Was: was}, err
}
