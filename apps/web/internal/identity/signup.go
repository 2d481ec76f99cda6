package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// NewPerson is what somebody types to sign up.
type NewPerson struct {
	Name     string
	Email    string
	Password string
	// Invitation is what somebody brings who was invited, or "".
	Invitation string
}

// SignUp makes a person who can sign in with an e-mail and a password, and returns their proof. The e-mail is theirs to
// claim but not verified, unless an invitation was sent there: a mail asks for that. It returns problem.Forbidden
// "sign_up_closed" or "sign_up_invite", problem.Invalid with the wrong fields, problem.Conflict "email_taken",
// problem.TooMany "too_many_tries", or problem.Unavailable ("busy", or the database is away).
func (s *Service) SignUp(ctx context.Context, p NewPerson, from Origin) (Proof, error) {
	invitation := s.signUp.typedInvitation(p.Invitation)
	if err := s.mayType(invitation); err != nil {
		return Proof{}, err
	}
	person, password, err := s.parsePerson(p)
	if err != nil {
		return Proof{}, err
	}
	if _, err := s.take(ctx, s.limits.signUpThrottle(from)); err != nil {
		return Proof{}, err
	}
	person.Invitation = s.askForBoard(ctx, invitation)
	if err := s.mayType(person.Invitation); err != nil {
		return Proof{}, err
	}
	if person.Hash, err = s.hasher.hash(ctx, password); err != nil {
		return Proof{}, err
	}
	return s.create(ctx, person, from)
}

// create counts the mail that goes out with it against whoever gets that. Where they have had enough, somebody new comes
// in without it, and can ask for it later: else a stranger who asks for mails to an address would keep its owner out.
func (s *Service) create(ctx context.Context, p PasswordPerson, from Origin) (Proof, error) {
	if p.Verify == nil {
		return s.store.CreatePasswordPerson(ctx, p, from)
	}
	mailed, err := s.take(ctx, s.limits.mailedThrottle(p.Email))
	switch {
	case problem.Is(err, problem.TooMany):
		p.Verify = nil
		return s.store.CreatePasswordPerson(ctx, p, from)
	case err != nil:
		return Proof{}, err
	}
	proof, err := s.store.CreatePasswordPerson(ctx, p, from)
	if err != nil { // nothing was sent
		mailed.giveBack(ctx)
	}
	return proof, err
}

func (s *Service) parsePerson(p NewPerson) (PasswordPerson, string, error) {
	name, badName := parseName(p.Name)
	email, badEmail := parseEmail(p.Email, s.dotlessMail)
	if badEmail == nil {
		badEmail = s.signUp.types(email)
	}
	password, badPassword := parsePassword(p.Password, name, email)
	var wrong []problem.Field
	for _, field := range []*problem.Field{badName, badEmail, badPassword} {
		if field != nil {
			wrong = append(wrong, *field)
		}
	}
	if wrong != nil {
		return PasswordPerson{}, "", problem.Validation(wrong...)
	}
	id, err := uuid.NewV7()
	person := PasswordPerson{ID: id, Name: name, Email: email}
	if s.CanMail() {
		person.Verify = &MailToken{ID: uuid.Must(uuid.NewV7()), What: OnVerify, PersonID: id, Email: email}
	}
	return person, password, err
}

// EmailTaken is what a Store returns to somebody new when an e-mail has an account already.
func EmailTaken() error {
	return problem.New(problem.Conflict, "email_taken", "That e-mail has an account already. Sign in instead.")
}
