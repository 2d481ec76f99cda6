package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// PasswordIssuer is the issuer of accounts that are an e-mail and a password; their subject is the normalised e-mail.
const PasswordIssuer = "password"

// Store keeps people, their accounts and passwords, the throttles and the audit. Every method may return
// problem.Unavailable when the database is away.
type Store interface {
	// CreatePasswordPerson writes a person with an account and a password, and records the sign-up, all or nothing.
	// It returns problem.Conflict "email_taken" when the e-mail has an account.
	CreatePasswordPerson(ctx context.Context, p PasswordPerson, from Origin) error
	// FindPassword is the password of that e-mail's account; problem.NotFound when there is none.
	FindPassword(ctx context.Context, email string, from Origin) (Password, error)
	// ReplaceHash writes a hash of the same password, unless the password was changed meanwhile.
	ReplaceHash(ctx context.Context, personID uuid.UUID, old, hash string) error
	// RecordFailure writes the audit row of a refused sign-in; personID is uuid.Nil when the e-mail is nobody's.
	RecordFailure(ctx context.Context, personID uuid.UUID, email, reason string, from Origin) error

	// TakeTry counts a try, if the throttle lets it through, in one statement: tries at once can't pass together.
	TakeTry(ctx context.Context, t Throttle) (Try, error)
	// GiveBackTry uncounts one try.
	GiveBackTry(ctx context.Context, t Throttle) error
	// ForgetTries starts the count anew.
	ForgetTries(ctx context.Context, t Throttle) error

	// Sweep deletes throttles without a try for so long, and sessions that expired so long ago.
	Sweep(ctx context.Context, throttles, sessions time.Duration) error
}

// PasswordPerson is somebody who signs up: all fields checked and normalised.
type PasswordPerson struct {
	ID    uuid.UUID
	Name  string
	Email string
	Hash  string // PHC string
}

// Password is what a sign-in is checked against.
type Password struct {
	PersonID uuid.UUID
	Hash     string // PHC string
	Disabled bool   // an operator shut the person out
	Familiar bool   // the person was signed in from this network before
}
