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
	ProfileStore
	PasswordStore
	AvatarStore
	DeletionStore
	DisableStore
	EventStore
	KeysStore
	MailStore
	SenderStore

	// CreatePasswordPerson writes a person with an account and a password, and records the sign-up, all or nothing. It
	// returns their proof, problem.Conflict "email_taken" when the e-mail has an account, or is verified as somebody's.
	CreatePasswordPerson(ctx context.Context, p PasswordPerson, from Origin) (Proof, error)
	// RecordFailure writes the audit row of a try that was refused.
	RecordFailure(ctx context.Context, t FailedTry, from Origin) error

	// TakeTry counts a try, if the throttle lets it through, in one statement: tries at once can't pass together.
	TakeTry(ctx context.Context, t Throttle) (Try, error)
	// GiveBackTry uncounts the try that was counted then. Unless another has been counted since, nobody has to wait for it.
	GiveBackTry(ctx context.Context, t Throttle, at time.Time) error
	// ForgetTries starts the count anew.
	ForgetTries(ctx context.Context, t Throttle) error

	// CreateFlow writes a flow that lives for FlowLife.
	CreateFlow(ctx context.Context, f Flow) error
	// TakeFlow deletes a flow and returns it: of several who take it at once, one gets it. It returns problem.NotFound
	// when there is none of that key, or its time is over.
	TakeFlow(ctx context.Context, key FlowKey) (Flow, error)
	// SettleArrival does and records what decide says to what is known of somebody who arrives, in one transaction. Arrivals of one
	// identity, and everybody new with one e-mail, come one after another.
	SettleArrival(ctx context.Context, a Arrived, decide func(Known) (Settlement, error), from Origin) error
	// ListAccounts lists a person's ways in, the oldest first.
	ListAccounts(ctx context.Context, personID uuid.UUID) ([]Account, error)
	// DeleteAccount takes one of a person's ways in away if may has nothing against it, one at a time, ends all other
	// sessions and every mailed link, and sends the notice that may returns. It returns problem.Unauthenticated "signed_out"
	// when the session has ended meanwhile.
	DeleteAccount(ctx context.Context, self Self, accountID uuid.UUID, may func([]Account) (*Mail, error)) error

	// Sweep deletes throttles without a try for so long, sessions that expired so long ago, and flows and mail tokens
	// whose time is over.
	Sweep(ctx context.Context, throttles, sessions time.Duration) error
}

// PasswordPerson is somebody who signs up: all fields checked and normalised.
type PasswordPerson struct {
	ID    uuid.UUID
	Name  string
	Email string
	Hash  string // PHC string

	Invitation Invitation
	// Verify is the token of the mail that asks whether the e-mail is theirs; nil when no mail can be sent.
	Verify *MailToken
}
