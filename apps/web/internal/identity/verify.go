package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// EmailChange is what somebody types who wants another e-mail.
type EmailChange struct {
	Email    string
	Password string // not asked for when there is none: then the sign-in must be recent
}

// ChangeEmail mails a link to the address that a person wants to change to, which becomes theirs on the click and not
// before: whoever reads its mail can have a forgotten password reset. It returns problem.Invalid for the fields "email"
// and "password", problem.Conflict "email_taken", "email_verified", "sign_in_again" or "no_mail", problem.TooMany, or
// problem.Unavailable.
func (s *Service) ChangeEmail(ctx context.Context, self Self, c EmailChange) error {
	if !s.CanMail() {
		return noMail()
	}
	email, wrong := parseEmail(c.Email, s.dotlessMail)
	if wrong == nil {
		wrong = s.signUp.changes(email)
	}
	if wrong != nil {
		return problem.Validation(*wrong)
	}
	p, err := s.Profile(ctx, self)
	if err != nil {
		return err
	}
	if err := s.confirm(ctx, p, "password", c.Password, self.From); err != nil {
		return err
	}
	return s.askForVerification(ctx, self, email, email)
}

// SendVerification mails a person a link with which they prove that their e-mail is theirs. It returns problem.Conflict
// "email_verified" or "no_mail", problem.Invalid to somebody who has none, problem.TooMany, or problem.Unavailable.
func (s *Service) SendVerification(ctx context.Context, self Self) error {
	if !s.CanMail() {
		return noMail()
	}
	p, err := s.Profile(ctx, self)
	switch {
	case err != nil:
		return err
	case p.Email == "":
		return problem.Validation(problem.Field{Field: "email", Code: "required", Detail: "Enter your e-mail address."})
	}
	return s.askForVerification(ctx, self, "", p.Email)
}

// askForVerification is for the e-mail that the person has when the change is "": they may have another by the time the
// store looks, and that is the one to ask about. What is refused counts against whoever asks, and not against whose
// e-mail it is: that would keep a forgotten password's mail from them.
func (s *Service) askForVerification(ctx context.Context, self Self, change, to string) error {
	mailed, err := s.takeMail(ctx, to, self.From)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	err = s.store.AskForVerification(ctx, MailToken{ID: id, What: OnVerify, PersonID: self.PersonID, Email: change}, self.From)
	if err != nil { // nothing was sent
		mailed.giveBack(ctx)
	}
	return err
}

// FindVerification tells whose e-mail a link would verify, and uses nothing up; problem.NotFound "link_over".
func (s *Service) FindVerification(ctx context.Context, secret string) (MailToken, error) {
	return s.find(ctx, OnVerify, secret)
}

// VerifyEmail uses a person's link up: the e-mail it was sent to is theirs, and nobody else's. The link alone isn't
// enough: whoever reads that mail may never have asked for it, and whoever asked may be shut out by now. It reports
// whether they had another e-mail before: then it ended all their other sessions, and the caller renews this one. It
// returns problem.NotFound "link_over", problem.Forbidden "another_account" or "disabled", or problem.Conflict
// "email_taken".
func (s *Service) VerifyEmail(ctx context.Context, self Self, secret string) (changed bool, err error) {
	hash, err := ParseSecret(secret)
	if err != nil {
		return false, err
	}
	changed, err = s.store.VerifyEmail(ctx, self, hash)
	return changed, over(err)
}

// EmailAnothers is what a Store returns to somebody who has an account, when the e-mail is in another.
func EmailAnothers() error {
	return problem.New(problem.Conflict, "email_taken", "That e-mail belongs to another account here.")
}

// PendingEmail is the address that a person asked to change to and hasn't verified; "" for none.
func (s *Service) PendingEmail(ctx context.Context, personID uuid.UUID, current string) (string, error) {
	pending, err := s.store.PendingEmail(ctx, personID, current)
	if problem.Is(err, problem.NotFound) {
		return "", nil
	}
	return pending, err
}

// takeMail counts a mail that is to be sent because somebody asks for it: against where they are, and against who
// gets it, whether or not there is an account.
func (s *Service) takeMail(ctx context.Context, to string, from Origin) (mailed *tries, err error) {
	if _, err := s.take(ctx, s.limits.askedThrottle(from)); err != nil {
		return nil, err
	}
	return s.take(ctx, s.limits.mailedThrottle(to))
}
