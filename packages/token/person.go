package token

import (
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// Person is what a token says of who is asking. No roles: the api reads those from its own tables.
type Person struct {
	ID            uuid.UUID
	SessionID     string // the session's public id; another issuer's token may have none
	Email         string // empty where it isn't known
	EmailVerified bool
	Name          string // at most 100 characters, the rest is cut off
	Picture       string // an address; empty for none, or one over 2,000 bytes, which no token carries
}

const (
	maxNameRunes    = 100
	maxPictureBytes = 2000
)

// tidy brings the person within the limits, both before minting and after verifying: another issuer
// knows nothing of them.
func (p Person) tidy() Person {
	p.Email, p.SessionID, p.Name = printable(p.Email), printable(p.SessionID), printable(p.Name)
	if runes := []rune(p.Name); len(runes) > maxNameRunes {
		p.Name = string(runes[:maxNameRunes])
	}
	p.Picture = printable(p.Picture)
	if len(p.Picture) > maxPictureBytes {
		p.Picture = "" // half an address leads nowhere
	}
	return p
}

// printable drops control characters: they have no business in a name, and Postgres refuses U+0000.
func printable(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// externalID is the person behind another issuer's subject: the UUIDv5 of the subject within the
// UUIDv5 of the issuer, so that no pair of the two can be read as another pair.
func externalID(issuer, subject string) uuid.UUID {
	return uuid.NewSHA1(uuid.NewSHA1(uuid.NameSpaceURL, []byte(issuer)), []byte(subject))
}
