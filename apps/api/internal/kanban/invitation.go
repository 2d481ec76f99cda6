package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Bounds of invitations.
const (
	InvitationKeeps   = 14 * 24 * time.Hour // how long one can be accepted after it was sent
	invitationsAtMost = 50                  // that wait on one board
	invitationsADay   = 100                 // that one person sends, anew too
	invitationEvery   = time.Minute         // one can be sent again
)

// Invitation asks somebody, by e-mail, to come to a board. It waits until it is accepted, declined or withdrawn, or its time is over.
type Invitation struct {
	ID         uuid.UUID
	Board      uuid.UUID
	BoardTitle string
	Email      string
	Role       Role
	By         BoardMember // who sent it
	SentAt     time.Time
	ExpiresAt  time.Time
	Over       bool // its time is over
	Joined     bool // the actor has come with it, and is still there
	Seq        int64
}

// NewInvitation is one to be.
type NewInvitation struct {
	ID    uuid.UUID
	Email string
	Role  Role
}

// Invitations is what a Change knows of a board's invitations, and does to them.
type Invitations interface {
	// Invitation finds one that waits, its time over or not; InvitationOver for none.
	Invitation(ctx context.Context, id uuid.UUID) (Invitation, error)
	// Invited reports whether one waits for that e-mail, and how many wait on the board.
	Invited(ctx context.Context, emailKey string) (waits bool, onBoard int, err error)
	// CountInvitation counts one more that the actor sends today, on whatever board; false when there are so many already.
	CountInvitation(ctx context.Context, atMost int) (bool, error)
	CreateInvitation(ctx context.Context, n NewInvitation, emailKey string, keeps time.Duration) (Invitation, error)
	// RenewInvitation gives one its whole time again, and ends the link that went out before.
	RenewInvitation(ctx context.Context, id uuid.UUID, keeps time.Duration) (Invitation, error)
	WithdrawInvitation(ctx context.Context, id uuid.UUID) error
	// EndInvitationsOf withdraws what waits in somebody's name or for their own e-mail, and ends what links of others' invitations they made.
	EndInvitationsOf(ctx context.Context, person uuid.UUID) error
	// InvitationFor finds one of this board that can be used, or that the actor has used.
	InvitationFor(ctx context.Context, key InvitationKey) (Invitation, error)
	AcceptInvitation(ctx context.Context, id uuid.UUID) error
}

// Invite asks somebody to come to a board. problem.NotFound for an outsider, problem.Forbidden below an owner ("owners_only"), problem.Invalid for the e-mail and the role, problem.Conflict when one waits for that e-mail
// ("invited_already") or too many do ("too_many_invitations"), problem.TooMany for who has made too many.
func (s *Service) Invite(ctx context.Context, actor Actor, board uuid.UUID, n NewInvitation) (Invitation, error) {
	var wrong *problem.Field
	n.Email, wrong = cleanEmail(n.Email)
	if err := refuse(wrong, n.Role.check()); err != nil {
		return Invitation{}, err
	}
	var err error
	if n.ID, err = uuid.NewV7(); err != nil {
		return Invitation{}, err
	}
	var made Invitation
	err = s.changeCrew(ctx, actor, board, func(c Change) error {
		if err := mayInvite(ctx, c, emailKey(n.Email)); err != nil {
			return err
		}
		if made, err = c.CreateInvitation(ctx, n, emailKey(n.Email), InvitationKeeps); err != nil {
			return err
		}
		became := map[string]any{"invitation_id": n.ID, "role": n.Role}
		return record(ctx, c, Activity{Verb: MemberInvited, Became: became}, &made.Seq)
	})
	return made, err
}

func mayInvite(ctx context.Context, c Change, key string) error {
	switch waits, onBoard, err := c.Invited(ctx, key); {
	case err != nil:
		return err
	case waits:
		return problem.New(problem.Conflict, "invited_already", "An invitation to this e-mail waits already. Send it again, or withdraw it first.")
	case onBoard >= invitationsAtMost:
		return problem.New(problem.Conflict, "too_many_invitations", "A board can have up to 50 invitations that wait. Withdraw some first.")
	}
	return countInvitation(ctx, c)
}

// countInvitation is for each that is sent: mails go to people who never asked for them.
func countInvitation(ctx context.Context, c Change) error {
	counted, err := c.CountInvitation(ctx, invitationsADay)
	if err == nil && !counted {
		err = problem.New(problem.TooMany, "invited_too_often", "You have invited very many people today. Please go on tomorrow.").After(time.Hour)
	}
	return err
}

// Invitations lists those that wait on a board, the latest first, and its seq. problem.NotFound for an outsider, problem.Forbidden below an owner
// ("owners_only").
func (s *Service) Invitations(ctx context.Context, actor Actor, board uuid.UUID) ([]Invitation, int64, error) {
	state, err := s.store.BoardState(ctx, actor.ID, board)
	if err != nil {
		return nil, 0, err
	}
	if !state.Role.MayOwn() {
		return nil, 0, ownersDecide()
	}
	all, err := s.store.Invitations(ctx, actor.ID, board)
	return all, state.Seq, err
}

// WithdrawInvitation takes an invitation back, whose link leads nowhere then. problem.NotFound for an outsider and for one that doesn't wait any more
// ("invitation_over"), problem.Forbidden below an owner ("owners_only").
func (s *Service) WithdrawInvitation(ctx context.Context, actor Actor, board, id uuid.UUID) (seq int64, err error) {
	err = s.changeCrew(ctx, actor, board, func(c Change) error {
		waiting, err := c.Invitation(ctx, id)
		if err != nil {
			return err
		}
		if err := c.WithdrawInvitation(ctx, id); err != nil {
			return err
		}
		was := map[string]any{"invitation_id": id, "role": waiting.Role}
		return record(ctx, c, Activity{Verb: InvitationWithdrawn, Was: was}, &seq)
	})
	return seq, err
}

// RenewInvitation gives an invitation its whole time again, for it to be sent once more, with another link. Its errors are
// WithdrawInvitation's, and problem.TooMany ("invited_too_often") within a minute and for who has sent too many.
func (s *Service) RenewInvitation(ctx context.Context, actor Actor, board, id uuid.UUID) (Invitation, error) {
	var renewed Invitation
	err := s.changeCrew(ctx, actor, board, func(c Change) error {
		waiting, err := c.Invitation(ctx, id)
		switch {
		case err != nil:
			return err
		case time.Since(waiting.SentAt) < invitationEvery:
			return problem.New(problem.TooMany, "invited_too_often", "This invitation has only just been sent. Please wait a minute.").After(invitationEvery)
		}
		if err := countInvitation(ctx, c); err != nil {
			return err
		}
		if renewed, err = c.RenewInvitation(ctx, id, InvitationKeeps); err != nil {
			return err
		}
		became := map[string]any{"invitation_id": id, "role": renewed.Role}
		return record(ctx, c, Activity{Verb: MemberInvited, Became: became}, &renewed.Seq)
	})
	return renewed, err
}

// InvitationOver says that an invitation can't be used, or isn't for whoever asks: nobody learns which.
func InvitationOver() error {
	return problem.New(problem.NotFound, "invitation_over", "This invitation has been used or withdrawn, or is too old. Ask whoever sent it to invite you again.")
}
