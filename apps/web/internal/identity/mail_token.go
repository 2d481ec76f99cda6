package identity

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// MailWait is how long a mail may wait for being sent; longer than all its attempts take.
const MailWait = 48 * time.Hour

// MailToken is what a link in a mail proves: that whoever follows it reads the mail of that address.
type MailToken struct {
	ID       uuid.UUID
	What     Occasion
	PersonID uuid.UUID // uuid.Nil for an invitation, and for a forgotten password before its mail goes out
	Email    string
	Name     string // the person's
}

// MailStore keeps mail tokens, and writes down the mails that changes ask for. It is part of Store.
type MailStore interface {
	// AskForMail writes a token and its mail.
	AskForMail(ctx context.Context, t MailToken) error
	// AskForVerification is AskForMail for a person's e-mail, the one they have when t.Email is "". Earlier links for
	// verifying end. Where that means to change a verified e-mail, the old one gets a notice. It returns
	// problem.Conflict "email_taken" when the e-mail is verified as somebody else's, and "email_verified" when it is
	// theirs already.
	AskForVerification(ctx context.Context, t MailToken, from Origin) error
	// SealMailToken gives a token the hash that its mail's link will have, and its time from now. It finds the person
	// whose password was forgotten. It returns problem.NotFound when nothing waits for the mail.
	SealMailToken(ctx context.Context, id uuid.UUID, hash TokenHash, life time.Duration) (MailToken, error)
	// FindMailToken looks at a token that can be used: a disabled person has none. Else it returns problem.NotFound.
	FindMailToken(ctx context.Context, what Occasion, hash TokenHash) (MailToken, error)
	// PendingEmail is the address that a person means to change to and hasn't verified; problem.NotFound for none.
	PendingEmail(ctx context.Context, personID uuid.UUID, current string) (string, error)
	// VerifyEmail uses a person's token up: the e-mail is theirs, verified, and nobody else's. When it is another than they
	// had, all other sessions, mailed links and links begun end, and the old one, if it was verified, gets a notice. It
	// tells whether that was so, and returns problem.NotFound, problem.Forbidden "another_account" when the token is another person's, or "disabled", or
	// problem.Conflict "email_taken" when the e-mail is verified as somebody else's.
	VerifyEmail(ctx context.Context, self Self, hash TokenHash) (changed bool, err error)
	// ResetPassword uses a token up: its person has that password and the verified e-mail, no other links, no sessions,
	// and, if the e-mail had been but a claim, no other ways in. A notice goes out. It returns problem.NotFound, for a
	// disabled person too.
	ResetPassword(ctx context.Context, hash TokenHash, phc string, from Origin) error
}

// TokenHash is the SHA-256 of a link's secret: all of it that the database sees.
type TokenHash [sha256.Size]byte

// LinkOver is what a link says that was used, is too old, or never was: problem.NotFound "link_over".
func LinkOver() error {
	return problem.New(problem.NotFound, "link_over", "This link has been used already, or is too old.")
}

// AnothersLink is what a link says to somebody who is signed in and isn't whom it is for: problem.Forbidden
// "another_account".
func AnothersLink() error {
	return problem.New(problem.Forbidden, "another_account", "This link is for another account than the one you are signed in to. Sign in as that account, and open the link again.")
}

// find looks at the token of a link.
func (s *Service) find(ctx context.Context, what Occasion, secret string) (MailToken, error) {
	hash, err := ParseSecret(secret)
	if err != nil {
		return MailToken{}, err
	}
	found, err := s.store.FindMailToken(ctx, what, hash)
	return found, over(err)
}

// over says of a token that isn't there what it means for its link.
func over(err error) error {
	if problem.Is(err, problem.NotFound) {
		return LinkOver()
	}
	return err
}
