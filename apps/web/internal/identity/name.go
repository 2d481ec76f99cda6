package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

const nameMax = 100 // characters: the token's limit

// parseName trims a person's name and refuses what can't be shown on one line: control characters, line separators,
// and the marks that turn the direction of the text around it.
func parseName(raw string) (string, *problem.Field) {
	name := strings.TrimSpace(norm.NFC.String(raw))
	switch {
	case !strings.ContainsFunc(name, visible):
		return "", &problem.Field{Field: "name", Code: "required", Detail: "Enter your name, as others should see it."}
	case utf8.RuneCountInString(name) > nameMax:
		return "", &problem.Field{Field: "name", Code: "too_long", Detail: "A name can have up to 100 characters."}
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unshowable):
		return "", &problem.Field{Field: "name", Code: "malformed", Detail: "A name can't have line breaks or control characters."}
	}
	return name, nil
}

func visible(c rune) bool {
	return unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.IsMark(c)
}

func unshowable(c rune) bool {
	return unicode.IsControl(c) || unicode.In(c, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}
