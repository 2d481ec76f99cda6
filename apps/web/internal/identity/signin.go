package identity

import (
	"context"

	"cardwall/packages/problem"
)

const wrongCredentials = "That e-mail and password do not match."

// Credentials are what somebody types to sign in.
type Credentials struct {
	Email    string
	Password string
}

// SignIn returns the proof of whose e-mail and password these are. It takes the same time and gives the same answer
// whether the e-mail is unknown or the password wrong: problem.Unauthenticated "wrong_credentials". It also returns
// problem.Invalid for an empty password or something that is no e-mail, problem.TooMany "too_many_tries",
// problem.Forbidden "disabled" to a disabled person who knows the password, and problem.Unavailable.
func (s *Service) SignIn(ctx context.Context, c Credentials, from Origin) (Proof, error) {
	email, err := s.parseCredentials(c)
	if err != nil {
		return Proof{}, err
	}
	found, err := s.store.FindPassword(ctx, email, from)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return Proof{}, err
	}
	tries, err := s.take(ctx, s.limits.signInThrottles(email, found.Familiar, from)...)
	if err != nil {
		return Proof{}, err
	}
	return s.check(ctx, attempt{email: email, password: normalPassword(c.Password), found: found, tries: tries, from: from})
}

func (s *Service) parseCredentials(c Credentials) (string, error) {
	email, badEmail := parseEmail(c.Email, s.dotlessMail)
	var wrong []problem.Field
	if badEmail != nil {
		wrong = append(wrong, *badEmail)
	}
	if c.Password == "" {
		wrong = append(wrong, problem.Field{Field: "password", Code: "required", Detail: "Enter your password."})
	}
	if wrong != nil {
		return "", problem.Validation(wrong...)
	}
	return email, nil
}

// attempt is a sign-in that the throttles let through.
type attempt struct {
	email, password string
	found           Password // zero for an unknown e-mail
	tries           *tries
	from            Origin
}

func (s *Service) check(ctx context.Context, a attempt) (Proof, error) {
	stored, known := unmatched(s.hasher.cost), a.found.Hash != ""
	if known {
		var err error
		if stored, err = parsePHC(a.found.Hash); err != nil {
			return Proof{}, err
		}
	}
	right, err := s.hasher.verify(ctx, a.password, stored)
	switch {
	case err != nil:
		a.tries.giveBack(ctx)
		return Proof{}, err
	case !known:
		return Proof{}, s.refuse(ctx, a, RefusedUnknownEmail)
	case !right:
		return Proof{}, s.refuse(ctx, a, RefusedPassword)
	case a.found.Disabled:
		return Proof{}, s.turnAway(ctx, a)
	}
	return Proof{PersonID: a.found.PersonID, Issuer: PasswordIssuer, Subject: a.email, Since: a.found.ChangedAt}, s.welcome(ctx, a, stored)
}

// refuse records the failure and says the same for every reason.
func (s *Service) refuse(ctx context.Context, a attempt, reason Refusal) error {
	if err := s.store.RecordFailure(ctx, a.failed(reason), a.from); err != nil {
		return err
	}
	return problem.New(problem.Unauthenticated, "wrong_credentials", wrongCredentials+" "+a.tries.left())
}

// turnAway tells a disabled person so: they have proved who they are.
func (s *Service) turnAway(ctx context.Context, a attempt) error {
	if err := s.store.RecordFailure(ctx, a.failed(RefusedDisabled), a.from); err != nil {
		return err
	}
	return Disabled()
}

func (a attempt) failed(reason Refusal) FailedTry {
	return FailedTry{What: EventSignInFailed, PersonID: a.found.PersonID, Email: a.email, Reason: reason}
}

// Disabled is what a person hears whom an operator shut out: problem.Forbidden "disabled".
func Disabled() error {
	return problem.New(problem.Forbidden, "disabled", "Your account has been disabled. Please ask whoever runs this Cardwall.")
}

// welcome settles what a right password leaves behind: the throttles, and a hash made at an older cost.
func (s *Service) welcome(ctx context.Context, a attempt, stored phc) error {
	a.tries.right(ctx)
	if !stored.stale(s.hasher.cost) {
		return nil
	}
	hash, err := s.hasher.hash(ctx, a.password)
	if err != nil {
		s.log.InfoContext(ctx, "password hash stays at its older cost for now", "err", err)
		return nil
	}
	return s.store.ReplaceHash(ctx, a.found.PersonID, a.found.Hash, hash)
}
