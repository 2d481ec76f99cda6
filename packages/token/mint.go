package token

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// Life is how long a minted token is good for: one request, with time for slow clocks and networks.
const Life = 90 * time.Second

const (
	mediaType   = "at+jwt" // RFC 9068 §2.1
	secretKeyID = "secret" // the kid of a shared secret, of which a thumbprint would be a trace
)

var (
	errNobody  = errors.New("minting a token for nobody: the person has no id")
	errTooLong = errors.New("minting a token that no verifier would take: it is over 8 KiB")
)

// MinterConfig says whose tokens a Minter makes and how it signs them: with Key or with Secret,
// never both.
type MinterConfig struct {
	Issuer   string           // iss: web's public URL; required
	Audience string           // aud: who the token is for; required
	Key      *SigningKey      // signs by EdDSA
	Secret   []byte           // signs by HS512; at least 64 bytes
	Now      func() time.Time // the clock; nil means time.Now
}

// Minter makes tokens. It is safe for concurrent use; what stays the same from token to token is made once.
type Minter struct {
	issuer, audience string
	header           string                              // the first segment, with its dot
	sign             func(signed string) ([]byte, error) // holds the key, where no print finds it
	now              func() time.Time
}

// NewMinter refuses an empty issuer or audience, a secret below 64 bytes, and both or neither of the
// two ways to sign.
func NewMinter(config MinterConfig) (*Minter, error) {
	if err := checkNames(config.Issuer, config.Audience); err != nil {
		return nil, fmt.Errorf("a minter of tokens: %w", err)
	}
	m := &Minter{issuer: config.Issuer, audience: config.Audience, now: clock(config.Now)}
	var err error
	switch {
	case config.Key != nil && len(config.Secret) > 0:
		err = errBothModes
	case config.Key != nil && config.Key.private == nil:
		err = errEmptySigningKey
	case config.Key != nil:
		m.signWith(EdDSA, config.Key.ID(), *config.Key.private)
	case len(config.Secret) > 0:
		err = checkSecret(config.Secret)
		m.signWith(HS512, secretKeyID, bytes.Clone(config.Secret))
	default:
		err = errNeitherMode
	}
	if err != nil {
		return nil, fmt.Errorf("a minter of tokens: %w", err)
	}
	return m, nil
}

func (m *Minter) signWith(algorithm, keyID string, key any) {
	header := fmt.Sprintf(`{"alg":%q,"typ":%q,"kid":%q}`, algorithm, mediaType, keyID)
	m.header = base64.RawURLEncoding.EncodeToString([]byte(header)) + "."
	method := jwt.GetSigningMethod(algorithm)
	m.sign = func(signed string) ([]byte, error) { return method.Sign(signed, key) }
}

// Mint makes a token that says who the person is for the next 90 seconds. A name over 100 characters is
// cut and a picture over 2,000 bytes left out. It fails for a person without an id, and for one whose
// other texts would make a token over 8 KiB.
func (m *Minter) Mint(person Person) (string, error) {
	if person.ID == uuid.Nil {
		return "", errNobody
	}
	payload, err := m.payload(person.tidy())
	if err != nil {
		return "", fmt.Errorf("minting a token: %w", err)
	}
	signed := m.header + base64.RawURLEncoding.EncodeToString(payload)
	signature, err := m.sign(signed)
	if err != nil {
		return "", fmt.Errorf("minting a token: %w", err)
	}
	raw := signed + "." + base64.RawURLEncoding.EncodeToString(signature)
	if len(raw) > maxTokenBytes {
		return "", errTooLong
	}
	return raw, nil
}

func (m *Minter) payload(person Person) ([]byte, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	now := m.now().Unix()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // six bytes for each & of an address add up
	err = encoder.Encode(signedClaims{
		Issuer: m.issuer, Audience: m.audience, Subject: person.ID.String(), SessionID: person.SessionID,
		Email: person.Email, EmailVerified: person.EmailVerified, Name: person.Name, Picture: person.Picture,
		IssuedAt: now, NotBefore: now, ExpiresAt: now + int64(Life/time.Second), ID: id.String(),
	})
	return bytes.TrimRight(out.Bytes(), "\n"), err
}

func checkNames(issuer, audience string) error {
	switch {
	case issuer == "":
		return errNoIssuer
	case audience == "":
		return errNoAudience
	default:
		return nil
	}
}

func clock(now func() time.Time) func() time.Time {
	if now == nil {
		return time.Now
	}
	return now
}
