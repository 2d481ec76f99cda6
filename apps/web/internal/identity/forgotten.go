package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Forgotten mails a link for a new password to the owner of an e-mail. Whether there is one, only the job finds out
// that sends the mail: here, an unknown e-mail takes the same statements, the same time and the same answer. An e-mail
// without an account gets no mail, or anybody could have us write to strangers. It returns problem.Invalid,
// problem.Conflict "no_mail", problem.TooMany, or problem.Unavailable.
func (s *Service) Forgotten(ctx context.Context, email string, from Origin) error {
	if !s.CanMail() {
		return noMail()
	}
	email, wrong := parseEmail(email, s.dotlessMail)
	if wrong != nil {
		return problem.Validation(*wrong)
	}
	if _, err := s.takeMail(ctx, email, from); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return s.store.AskForMail(ctx, MailToken{ID: id, What: OnReset, Email: email})
}

// FindReset tells for whom a link would set a password, and uses nothing up; problem.NotFound "link_over".
func (s *Service) FindReset(ctx context.Context, secret string) (MailToken, error) {
	return s.find(ctx, OnReset, secret)
}

// ResetPassword uses a link up to set a password, ends the person's sessions, and takes their e-mail for verified. If
// it hadn't been, whoever signed up with it may not have been its owner: every other way in is taken away. It returns
// problem.NotFound "link_over", to a disabled person too, problem.Invalid about the password, problem.TooMany, or
// problem.Unavailable.
func (s *Service) ResetPassword(ctx context.Context, secret, password string, from Origin) error {
	hash, err := ParseSecret(secret)
	if err != nil {
		return err
	}
	found, err := s.find(ctx, OnReset, secret)
	if err != nil {
		return err
	}
	password, wrong := parsePassword(password, found.Name, found.Email)
	if wrong != nil {
		return problem.Validation(*wrong)
	}
	return s.hashNew(ctx, password, from, func(phc string) error { return over(s.store.ResetPassword(ctx, hash, phc, from)) })
}
