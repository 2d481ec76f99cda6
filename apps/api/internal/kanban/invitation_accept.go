package kanban

import (
	"context"

	"github.com/google/uuid"
)

// Invited names an invitation as whoever it is for can: by the secret in its link, or by its id when the actor's verified e-mail is the one
// that it was sent to.
type Invited struct {
	ID     uuid.UUID
	Secret string // "" for none
}

// InvitationKey is how the store finds an invitation that can be used: by the hash, or by id and e-mail; and one that Person has used.
type InvitationKey struct {
	Person   uuid.UUID
	Hash     *SecretHash
	ID       uuid.UUID
	EmailKey string
}

func (i Invited) key(actor Actor) InvitationKey {
	if i.Secret != "" {
		hash := hashOf(i.Secret)
		return InvitationKey{Person: actor.ID, Hash: &hash}
	}
	return InvitationKey{Person: actor.ID, ID: i.ID, EmailKey: emailKey(actor.Email)}
}

// MyInvitations lists those that wait for the actor's verified e-mail, on boards that they aren't on; none without such an e-mail.
func (s *Service) MyInvitations(ctx context.Context, actor Actor) ([]Invitation, error) {
	if actor.Email == "" {
		return nil, nil
	}
	return s.store.InvitationsTo(ctx, actor.ID, emailKey(actor.Email))
}

// FindInvitation tells what an invitation is for, and uses nothing up. problem.NotFound ("invitation_over") for one that can't be used,
// or not by the actor. Who came with it still finds it, as long as they are there.
func (s *Service) FindInvitation(ctx context.Context, actor Actor, which Invited) (Invitation, error) {
	return s.store.InvitationFor(ctx, which.key(actor))
}

// JoinBoard uses an invitation up: the actor is on its board then. Who is on it already stays as they are, and uses up none but one to their own
// e-mail, which they could come back with later; who came with this one is told so again. Its error is FindInvitation's.
func (s *Service) JoinBoard(ctx context.Context, actor Actor, which Invited) (invitation Invitation, err error) {
	err = s.remembered(ctx, actor, func() error {
		invitation, err = s.join(ctx, actor, which.key(actor))
		return err
	})
	return invitation, err
}

func (s *Service) join(ctx context.Context, actor Actor, key InvitationKey) (Invitation, error) {
	invitation, err := s.store.InvitationFor(ctx, key)
	if err != nil {
		return Invitation{}, err
	}
	var there bool
	err = s.store.Join(ctx, actor, invitation.Board, func(c Change) error {
		if c.Deleted() {
			return InvitationOver()
		}
		// It may have been withdrawn, or used, or sent anew, while this waited for the board.
		if invitation, err = c.InvitationFor(ctx, key); err != nil {
			return err
		}
		if there = c.Role() != ""; there {
			return ErrUnchanged
		}
		added, err := c.AddMember(ctx, actor.ID, invitation.Role, nil)
		switch {
		case err != nil:
			return err
		case !added:
			return Left()
		}
		if err := c.AcceptInvitation(ctx, invitation.ID); err != nil {
			return err
		}
		became := map[string]any{"invitation_id": invitation.ID, "role": invitation.Role}
		return record(ctx, c, Activity{Verb: MemberJoined, PersonID: &actor.ID, Became: became}, &invitation.Seq)
	})
	// Nothing happened on the board, so this is no change of it. If they are taken off it meanwhile, it is withdrawn.
	if err == nil && there && actor.Email != "" && emailKey(invitation.Email) == emailKey(actor.Email) {
		err = s.store.AcceptInvitation(ctx, actor.ID, invitation.Board, invitation.ID)
	}
	return invitation, err
}

// DeclineInvitation ends an invitation without joining. Its error is FindInvitation's.
func (s *Service) DeclineInvitation(ctx context.Context, actor Actor, which Invited) error {
	return s.store.DeclineInvitation(ctx, actor.ID, which.key(actor))
}
