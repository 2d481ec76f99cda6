package kanban

import (
	"context"

	"github.com/google/uuid"
)

// ChangeRole makes a member something else on a board; what they are already changes nothing. problem.NotFound for an outsider and for
// who isn't on the board, problem.Forbidden below an owner ("owners_only"), problem.Invalid for the role, problem.Conflict
// ("last_owner") for the only owner.
func (s *Service) ChangeRole(ctx context.Context, actor Actor, board, person uuid.UUID, role Role) (Member, error) {
	if err := refuse(role.check()); err != nil {
		return Member{}, err
	}
	var member Member
	err := s.changeCrew(ctx, actor, board, func(c Change) error {
		var err error
		if member, err = c.Member(ctx, person); err != nil {
			return err
		}
		if member.Role == role {
			return ErrUnchanged
		}
		activity, err := changeRole(ctx, c, member, role)
		if err != nil {
			return err
		}
		member.Role = role
		return record(ctx, c, activity, &member.Seq)
	})
	return member, err
}

// HandOver makes somebody else an owner of a board and the actor an editor, both at once. problem.NotFound and problem.Forbidden as
// ChangeRole makes them; to oneself it changes nothing.
func (s *Service) HandOver(ctx context.Context, actor Actor, board, person uuid.UUID) (Member, error) {
	var member Member
	err := s.changeCrew(ctx, actor, board, func(c Change) error {
		var err error
		if member, err = c.Member(ctx, person); err != nil {
			return err
		}
		if person == actor.ID {
			return ErrUnchanged
		}
		var did []Activity
		if member.Role != Owner {
			activity, err := changeRole(ctx, c, member, Owner)
			if err != nil {
				return err
			}
			member.Role, did = Owner, append(did, activity)
		}
		activity, err := changeRole(ctx, c, Member{ID: actor.ID, Role: Owner}, Editor)
		if err != nil {
			return err
		}
		return recordAll(ctx, c, append(did, activity), &member.Seq)
	})
	return member, err
}

// changeRole says what happened. problem.Conflict "last_owner" for the only one.
func changeRole(ctx context.Context, c Change, member Member, role Role) (Activity, error) {
	if err := keepOwner(ctx, c, member); err != nil {
		return Activity{}, err
	}
	err := c.SetRole(ctx, member.ID, role)
	if err == nil && member.Role == Owner && role != Owner {
		err = c.EndInvitationsOf(ctx, member.ID) // whoever isn't an owner invites nobody
	}
	return Activity{
		Verb: MemberRoleChanged, PersonID: &member.ID, Person: member.Name,
		Was: map[string]any{"role": member.Role}, Became: map[string]any{"role": role},
	}, err
}
