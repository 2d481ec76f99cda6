package identity

import (
	"context"

	"cardwall/packages/problem"
)

// PasswordChange is what somebody types who changes their password, or sets their first one.
type PasswordChange struct {
	Current string // not asked for when there is none: then the sign-in must be recent
	New     string
}

// HashChange is a change of password for the store.
type HashChange struct {
	Email string // the account's subject
	Old   string // PHC string; "" for a first password
	New   string
	// Notice tells the owner; nil when no mail can be sent.
	Notice *Mail
}

// ChangePassword sets a person's password and ends all their other sessions and every mailed link; the caller then
// renews this session. It returns problem.Invalid for the fields "current" and "password", problem.TooMany
// "too_many_tries", problem.Conflict "no_email", "email_taken", "password_changed" or "sign_in_again",
// problem.Unauthenticated "signed_out" when the session ends meanwhile, or problem.Unavailable.
func (s *Service) ChangePassword(ctx context.Context, self Self, c PasswordChange) error {
	p, err := s.Profile(ctx, self)
	if err != nil {
		return err
	}
	password, wrong := parsePassword(c.New, p.Name, p.Email)
	switch {
	case p.Email == "":
		return problem.New(problem.Conflict, "no_email", "A password goes with an e-mail address, and your account has none yet.")
	case wrong != nil:
		return problem.Validation(*wrong)
	}
	if err := s.confirm(ctx, p, "current", c.Current, self.From); err != nil {
		return err
	}
	return s.hashNew(ctx, password, self.From, func(hash string) error {
		return s.store.ChangePassword(ctx, self, HashChange{Email: p.Email, Old: p.Hash, New: hash, Notice: s.notice(OnPasswordChanged, "")})
	})
}
