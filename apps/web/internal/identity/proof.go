package identity

import (
	"context"

	"cardwall/packages/problem"
)

// prove checks that whoever is signed in knows the account's password, as strictly as a sign-in does: a browser left
// open must not be enough. It returns problem.Invalid for the field, problem.TooMany, or problem.Unavailable.
func (s *Service) prove(ctx context.Context, p Profile, field, typed string, from Origin) error {
	wrong := func(code, detail string) error {
		return problem.Validation(problem.Field{Field: field, Code: code, Detail: detail})
	}
	if typed == "" {
		return wrong("required", "Enter your password.")
	}
	tries, err := s.takeTries(ctx, p.Email, p.Familiar, from)
	if err != nil {
		return err
	}
	stored, err := parsePHC(p.Hash)
	if err != nil {
		return err
	}
	right, err := s.hasher.verify(ctx, normalPassword(typed), stored)
	switch {
	case err != nil:
		return s.giveBack(ctx, tries, err)
	case right:
		return s.settle(ctx, tries)
	}
	if err := s.store.RecordFailure(ctx, p.ID, p.Email, "wrong_password_while_signed_in", from); err != nil {
		return err
	}
	return wrong("wrong", "That is not your password. "+tries.left())
}
