package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Invite mails somebody an invitation to sign up, which works once and for a week. It is for operators. It returns
// problem.Invalid, for an e-mail outside the domains too, or problem.Conflict "no_mail".
func (s *Service) Invite(ctx context.Context, email string) error {
	if !s.CanMail() {
		return noMail()
	}
	email, wrong := parseEmail(email, s.dotlessMail)
	if wrong != nil {
		return problem.Validation(*wrong)
	}
	if wrong := s.signUp.invites(email); wrong != nil {
		return problem.Validation(*wrong)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return s.store.AskForMail(ctx, MailToken{ID: id, What: OnInvite, Email: email})
}

// FindInvitation tells whom an invitation was sent to, and uses nothing up; problem.NotFound "link_over".
func (s *Service) FindInvitation(ctx context.Context, secret string) (MailToken, error) {
	return s.find(ctx, OnInvite, secret)
}
