package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Proof is what somebody showed to be signed in. Whoever starts the session looks again: until then the password may
// have been changed, or the account unlinked.
type Proof struct {
	PersonID uuid.UUID
	Issuer   string // PasswordIssuer, or the provider's
	Subject  string
	Provider string    // the provider's name; "" for a password
	Since    time.Time // when the password was set; zero for a provider
}

// Over is what somebody hears whose proof doesn't hold any more: problem.Unauthenticated "wrong_credentials" as for
// another wrong password, or "unlinked".
func (p Proof) Over() error {
	if p.Issuer == PasswordIssuer {
		return problem.New(problem.Unauthenticated, "wrong_credentials", wrongCredentials)
	}
	return problem.New(problem.Unauthenticated, "unlinked", "That account is no way in any more. Sign in another way.")
}

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
	if err := s.store.RecordFailure(ctx, FailedTry{What: EventSignInFailed, PersonID: p.ID, Email: p.Email, Reason: RefusedProof}, from); err != nil {
		return err
	}
	return wrong("wrong", "That is not your password. "+tries.left())
}
