package kanban

import (
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

const emailMax = 254 // characters (RFC 5321 §4.5.3.1.3)

// emailKey is an e-mail as e-mails are compared: in small letters, its domain as the network spells it. Nothing else is folded, as names are:
// straße@ and strasse@ are two people's.
func emailKey(email string) string {
	if email == "" {
		return ""
	}
	local, domain, _ := strings.Cut(norm.NFC.String(email), "@")
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	return strings.ToLower(local + "@" + domain)
}

// cleanEmail wants one bare address. Whether anybody reads mail there only a mail can tell.
func cleanEmail(text string) (string, *problem.Field) {
	email := strings.TrimSpace(text)
	parsed, err := mail.ParseAddress(email)
	odd := strings.ContainsFunc(email, func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c) || strings.ContainsRune(`<>"(),;:`, c)
	})
	if err != nil || odd || parsed.Address != email || len(email) > emailMax {
		return "", &problem.Field{Field: "email", Code: "malformed", Detail: "This isn't an e-mail address."}
	}
	return email, nil
}
