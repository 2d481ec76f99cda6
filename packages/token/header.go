package token

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

const (
	maxTokenBytes = 8 << 10
	maxKeyIDBytes = 64
)

var (
	errOversize  = errors.New("the token is over 8 KiB")
	errShape     = errors.New("the token is not three base64url segments")
	errHeader    = errors.New("the token's header can't be read")
	errAlgorithm = errors.New("the token's algorithm is not the configured one")
	errType      = errors.New("the token's typ is not at+jwt")
	errKeyID     = errors.New("the token's kid is missing or over 64 bytes")
	errCritical  = errors.New("the token's header has a crit, and nothing critical is understood here")
)

// header is what counts of a token's header (RFC 7515 §4.1). Keys and addresses of keys that a token
// brings along (jwk, jku, x5c, x5u) are never looked at.
type header struct {
	algorithm, mediaType, keyID string
	critical                    bool
}

// readHeader reads a token's header strictly. Of the rest it holds only the alphabet against the
// standard: Go's base64 decoder skips line breaks, which would give one token many spellings.
func readHeader(raw string) (header, error) {
	if strings.Count(raw, ".") != 2 || strings.IndexFunc(raw, notSegment) >= 0 {
		return header{}, errShape
	}
	first, _, _ := strings.Cut(raw, ".")
	data, err := base64.RawURLEncoding.Strict().DecodeString(first)
	if err != nil {
		return header{}, errShape
	}
	m, err := readMembers(data)
	if err != nil {
		return header{}, fmt.Errorf("%w: %w", errHeader, err)
	}
	var h header
	_, h.critical = m["crit"]
	return h, cmp.Or(m.read("alg", &h.algorithm), m.read("typ", &h.mediaType), m.read("kid", &h.keyID))
}

func notSegment(r rune) bool { return r != '.' && notBase64URL(r) }

// checkHeader holds the header against the configuration, before any key is looked up.
func (v *Verifier) checkHeader(h header) error {
	switch {
	case h.critical: // RFC 7515 §4.1.11
		return errCritical
	case h.algorithm != v.algorithm:
		return errAlgorithm
	case v.profile != External && !isAccessToken(h.mediaType):
		return errType
	case h.keyID == "" || len(h.keyID) > maxKeyIDBytes:
		return errKeyID
	default:
		return nil
	}
}

// isAccessToken knows the type of access tokens by both its names (RFC 9068 §4), in any case, as media
// types are compared (RFC 7515 §4.1.9).
func isAccessToken(mediaTypeOfToken string) bool {
	return strings.EqualFold(mediaTypeOfToken, mediaType) || strings.EqualFold(mediaTypeOfToken, "application/"+mediaType)
}
