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

// recentSignIn is how long a sign-in proves who somebody is who has no password to type.
const recentSignIn = 10 * time.Minute

// confirm takes the proof that whoever changes the ways into an account has to give: the password, or, where there is
// none, a recent sign-in. It returns what prove does, or problem.Conflict "sign_in_again".
func (s *Service) confirm(ctx context.Context, p Profile, field, typed string, from Origin) error {
	switch {
	case p.HasPassword():
		return s.prove(ctx, p, field, typed, from)
	case !p.Recent:
		return signInAgain()
	}
	return nil
}

// SignInAgain takes the password of somebody who is signed in for a sign-in, so that theirs is a recent one. It returns
// problem.Invalid for the field "password", problem.TooMany, problem.Conflict "sign_in_again" to somebody without a
// password, whose provider has to tell who they are, or problem.Unavailable.
func (s *Service) SignInAgain(ctx context.Context, self Self, password string) (Proof, error) {
	p, err := s.Profile(ctx, self)
	switch {
	case err != nil:
		return Proof{}, err
	case !p.HasPassword():
		return Proof{}, signInAgain()
	}
	proof := Proof{PersonID: p.ID, Issuer: PasswordIssuer, Subject: p.Email, Since: *p.PasswordChangedAt}
	return proof, s.prove(ctx, p, "password", password, self.From)
}

// mayChangeWays asks of whoever links or unlinks an account that they signed in just now: a browser left open isn't enough
// for a way in of somebody else's, nor for the owner's last but one. It returns problem.Conflict "sign_in_again", and
// problem.Unauthenticated "signed_out" to somebody who is gone.
func (s *Service) mayChangeWays(ctx context.Context, self Self) error {
	p, err := s.Profile(ctx, self)
	switch {
	case problem.Is(err, problem.NotFound):
		return gone(RefusedSignedOut, "")
	case err == nil && !p.Recent:
		return signInAgain()
	}
	return err
}

func signInAgain() error {
	return problem.New(problem.Conflict, "sign_in_again", "To show that it is you, sign in again. Then you have ten minutes for this.")
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
	tries, err := s.take(ctx, s.limits.signInThrottles(p.Email, p.Familiar, from)...)
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
		tries.giveBack(ctx)
		return err
	case right:
		tries.right(ctx)
		return nil
	}
	if err := s.store.RecordFailure(ctx, FailedTry{What: EventSignInFailed, PersonID: p.ID, Email: p.Email, Reason: RefusedProof}, from); err != nil {
		return err
	}
	return wrong("wrong", "That is not your password. "+tries.left())
}
