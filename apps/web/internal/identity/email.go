package identity

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

const (
	emailMax = 254 // bytes, RFC 5321 §4.5.3.1.3 less the angle brackets
	localMax = 64  // bytes before the @, RFC 5321 §4.5.3.1.1
)

// parseEmail is the one way an e-mail is written here: NFC, lower case, an international domain in its ASCII form, so
// that what people read as the same address is the same account. dotless also accepts a domain without a dot.
func parseEmail(raw string, dotless bool) (string, *problem.Field) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return "", &problem.Field{Field: "email", Code: "required", Detail: "Enter your e-mail address."}
	}
	local, domain, found := strings.Cut(raw, "@")
	if !found || len(raw) > emailMax || strings.Contains(domain, "@") || !utf8.ValidString(raw) {
		return "", malformed()
	}
	domain, err := ParseDomain(domain)
	if err != nil || !dotless && !strings.Contains(strings.Trim(domain, "."), ".") {
		return "", malformed()
	}
	local = strings.ToLower(norm.NFC.String(local))
	email := local + "@" + domain
	if !addressOnly(email) || len(local) > localMax || len(email) > emailMax {
		return "", malformed()
	}
	return email, nil
}

// ParseDomain is the one way the domain of an e-mail is written here: in ASCII and small letters.
func ParseDomain(raw string) (string, error) {
	domain, err := idna.Lookup.ToASCII(raw)
	if err == nil && domain == "" {
		err = errors.New("a domain can't be empty")
	}
	return strings.ToLower(domain), err
}

// addressOnly refuses what RFC 5322 allows around and inside an address but nobody's mailbox has: display names,
// comments, quotes, literals, blanks.
func addressOnly(email string) bool {
	if strings.ContainsFunc(email, func(c rune) bool { return unicode.IsSpace(c) || !unicode.IsPrint(c) }) {
		return false
	}
	parsed, err := mail.ParseAddress(email)
	return err == nil && parsed.Name == "" && parsed.Address == email
}

func malformed() *problem.Field {
	return &problem.Field{Field: "email", Code: "malformed", Detail: "That doesn't look like an e-mail address. It should read like you@example.org."}
}
