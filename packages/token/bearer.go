package token

import (
	"errors"
	"strings"
)

var (
	errNoHeader  = errors.New("there is no Authorization header")
	errNoBearer  = errors.New("the Authorization header's scheme is not Bearer")
	errBadBearer = errors.New("the Authorization header does not hold exactly one token")
)

// FromHeader takes the token out of an Authorization header's value: the word Bearer in any case, one or
// more spaces, one b64token and nothing else (RFC 6750 §2.1, RFC 9110 §11.1). Anything else is
// Unauthenticated. A request with several Authorization headers is for the caller to refuse.
func FromHeader(authorization string) (string, error) {
	if authorization == "" {
		return "", refused(errNoHeader)
	}
	scheme, rest, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", refused(errNoBearer)
	}
	raw := strings.TrimLeft(rest, " ")
	body := strings.TrimRight(raw, "=")
	if body == "" || strings.IndexFunc(body, notB64Token) >= 0 {
		return "", refused(errBadBearer)
	}
	return raw, nil
}

func notB64Token(r rune) bool {
	return notBase64URL(r) && r != '.' && r != '~' && r != '+' && r != '/'
}

func notBase64URL(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
		return false
	default:
		return true
	}
}
