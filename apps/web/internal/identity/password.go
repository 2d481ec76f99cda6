package identity

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

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
