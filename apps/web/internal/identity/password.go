package identity

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

// PasswordStore keeps passwords, as hashes. It is part of Store.
type PasswordStore interface {
	// FindPassword is the password of that e-mail's account; problem.NotFound when there is none.
	FindPassword(ctx context.Context, email string, from Origin) (Password, error)
	// ReplaceHash writes a hash of the same password, unless the password was changed meanwhile.
	ReplaceHash(ctx context.Context, personID uuid.UUID, old, hash string) error
	// ChangePassword writes the hash in the place of c.Old, or where there is none, ends all other sessions and every
	// mailed link, and records it. It returns problem.Conflict "password_changed" when the password is another by now, and
	// "email_taken" when the e-mail is another person's way in, and problem.Unauthenticated "signed_out" when the session
	// has ended meanwhile.
	ChangePassword(ctx context.Context, self Self, c HashChange) error
}

// Password is what a sign-in is checked against.
type Password struct {
	PersonID  uuid.UUID
	Hash      string // PHC string
	ChangedAt time.Time
	Disabled  bool // an operator shut the person out
	Familiar  bool // the person was signed in from this network before
}

const (
	passwordMin = 8 // characters
	passwordMax = 256
)

// normalPassword is the form of a password that is hashed: NFC (RFC 8265 §4.2.2), so that an é typed on another
// keyboard is the same é.
func normalPassword(raw string) string { return norm.NFC.String(raw) }

// parsePassword holds a new password against the rules: 8 to 256 characters of any kind, and none that is guessed
// first, be it common or made from the person's own name or e-mail.
func parsePassword(raw, name, email string) (string, *problem.Field) {
	password := normalPassword(raw)
	length := utf8.RuneCountInString(password)
	wrong := func(code, detail string) (string, *problem.Field) {
		return "", &problem.Field{Field: "password", Code: code, Detail: detail}
	}
	switch {
	case length == 0:
		return wrong("required", "Choose a password.")
	case length < passwordMin:
		return wrong("too_short", "A password needs at least 8 characters.")
	case length > passwordMax:
		return wrong("too_long", "A password can have up to 256 characters.")
	case guessable(password, name, email):
		return wrong("too_common", "That password is among the first that anybody would guess. Choose another; a few unrelated words make a good one.")
	}
	return password, nil
}
