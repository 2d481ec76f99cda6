package token

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"cardwall/packages/problem"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

const (
	maxLife = 5 * time.Minute
	leeway  = 30 * time.Second // how far two clocks may be apart
)

// Profile says whose tokens are verified.
type Profile string

// The profiles. External is for another issuer's tokens and leaves out exactly four checks: the typ, a
// UUID as subject (the person's id becomes the UUIDv5 of issuer and subject), the life of at most
// five minutes, and that there is an nbf, which RFC 9068 §2.2 doesn't ask for; one that is there counts.
const (
	Cardwall Profile = "cardwall"
	External Profile = "external"
)

var (
	errProfile  = errors.New("the profile is not one of cardwall and external")
	errIssued   = errors.New("the token has no iat, or an exp that is not after it")
	errLongLife = errors.New("the token's life is over five minutes")
	errSubject  = errors.New("the token's subject is missing or not a person's UUID")
)

// KeySource finds the public key that an id stands for. It answers ErrUnknownKey where there is none,
// and a problem of kind Unavailable where it can't tell.
type KeySource interface {
	Key(ctx context.Context, id string) (crypto.PublicKey, error)
}

// VerifierConfig says which tokens are trusted: those signed by one of Keys or by Secret, never both.
type VerifierConfig struct {
	Issuer    string           // the only iss; required
	Audience  string           // must be among aud; required
	Algorithm string           // with Keys EdDSA or RS256, empty means EdDSA; with Secret HS512 or empty
	Keys      KeySource        // where public keys are found
	Secret    []byte           // at least 64 bytes
	Profile   Profile          // empty means Cardwall
	Now       func() time.Time // the clock; nil means time.Now
}

// Verifier tells which tokens to trust. It is safe for concurrent use.
type Verifier struct {
	issuer, algorithm string
	profile           Profile
	key               func(ctx context.Context, id string) (any, error) // what the signature is checked with
	parser            *jwt.Parser
	validator         *jwt.Validator // what the parser holds claims to
	seen              memory
}

// NewVerifier refuses an empty issuer or audience, a secret below 64 bytes, both or neither of keys and
// secret, an algorithm that isn't theirs, and an unknown profile.
func NewVerifier(config VerifierConfig) (*Verifier, error) {
	algorithm, err := config.check()
	if err != nil {
		return nil, fmt.Errorf("a verifier of tokens: %w", err)
	}
	key := publishedKey(config.Keys, algorithm)
	if config.Keys == nil {
		key = sharedSecret(config.Secret)
	}
	checks := config.checks(algorithm)
	return &Verifier{
		issuer: config.Issuer, algorithm: algorithm, profile: config.Profile, key: key,
		parser: jwt.NewParser(checks...), validator: jwt.NewValidator(checks...),
	}, nil
}

// checks are those that golang-jwt makes.
func (c *VerifierConfig) checks(algorithm string) []jwt.ParserOption {
	checks := []jwt.ParserOption{
		jwt.WithValidMethods([]string{algorithm}), jwt.WithStrictDecoding(),
		jwt.WithIssuer(c.Issuer), jwt.WithAudience(c.Audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithLeeway(leeway), jwt.WithTimeFunc(clock(c.Now)),
	}
	if c.Profile == External {
		return checks
	}
	return append(checks, jwt.WithNotBeforeRequired())
}

// check returns the algorithm that the configuration comes to.
func (c VerifierConfig) check() (string, error) {
	if err := checkNames(c.Issuer, c.Audience); err != nil {
		return "", err
	}
	switch {
	case c.Profile != "" && c.Profile != Cardwall && c.Profile != External:
		return "", errProfile
	case c.Keys != nil && len(c.Secret) > 0:
		return "", errBothModes
	case c.Keys != nil:
		return publicAlgorithm(c.Algorithm)
	case len(c.Secret) == 0:
		return "", errNeitherMode
	case c.Algorithm != "" && c.Algorithm != HS512:
		return "", errUnknownSecret
	default:
		return HS512, checkSecret(c.Secret)
	}
}

// Verify tells who a token speaks for. Every token that isn't to be trusted is Unauthenticated with one
// and the same text; the error unwraps to the cause, for the log, which holds nothing of the token but
// its kid. Where there are no keys yet, it is Unavailable. It may wait for keys to be fetched, as long
// as ctx lasts. A token that was seen before is held to the time and to its key alone.
func (v *Verifier) Verify(ctx context.Context, raw string) (Person, error) {
	if len(raw) > maxTokenBytes {
		return Person{}, refused(errOversize)
	}
	hash := sha256.Sum256([]byte(raw))
	if before := v.seen.get(hash); before != nil {
		key, err := v.key(ctx, before.keyID)
		if err != nil {
			return Person{}, err
		}
		return v.stillTrusted(before, key)
	}
	found, err := v.verify(ctx, raw)
	if err != nil {
		return Person{}, err
	}
	v.seen.put(hash, found)
	return found.person, nil
}

// verify looks at all of a token.
func (v *Verifier) verify(ctx context.Context, raw string) (*known, error) {
	h, err := readHeader(raw)
	if err == nil {
		err = v.checkHeader(h)
	}
	if err != nil {
		return nil, refused(err)
	}
	key, err := v.key(ctx, h.keyID)
	if err != nil {
		return nil, err
	}
	c := &claims{}
	if _, err := v.parser.ParseWithClaims(raw, c, func(*jwt.Token) (any, error) { return key, nil }); err != nil {
		return nil, refused(err)
	}
	person, err := v.person(c)
	return &known{keyID: h.keyID, key: key, claims: c, person: person}, err
}

// sharedSecret is one key whatever the kid says: there is no other to choose.
func sharedSecret(secret []byte) func(context.Context, string) (any, error) {
	var key any = bytes.Clone(secret)
	return func(context.Context, string) (any, error) { return key, nil }
}

// publishedKey is the key of that id, if it is one for the algorithm.
func publishedKey(keys KeySource, algorithm string) func(context.Context, string) (any, error) {
	return func(ctx context.Context, id string) (any, error) {
		key, err := keys.Key(ctx, id)
		if problem.Is(err, problem.Unavailable) {
			return nil, err
		}
		if err == nil {
			err = fits(algorithm, key)
		}
		if err != nil {
			return nil, refused(fmt.Errorf("the key %q: %w", id, err))
		}
		return key, nil
	}
}

// person makes the checks that golang-jwt leaves to its callers and says who it is.
func (v *Verifier) person(c *claims) (Person, error) {
	if c.issued == nil || !c.expires.After(c.issued.Time) {
		return Person{}, refused(errIssued)
	}
	if v.profile != External && c.expires.Sub(c.issued.Time) > maxLife {
		return Person{}, refused(errLongLife)
	}
	id, err := v.personID(c.subject)
	if err != nil {
		return Person{}, refused(err)
	}
	person := Person{
		ID: id, SessionID: c.sessionID, Email: c.email, EmailVerified: c.emailVerified,
		Name: c.name, Picture: c.picture,
	}
	return person.tidy(), nil
}

func (v *Verifier) personID(subject string) (uuid.UUID, error) {
	if subject == "" {
		return uuid.Nil, errSubject
	}
	if v.profile == External {
		return externalID(v.issuer, subject), nil
	}
	id, err := uuid.Parse(subject)
	if err != nil || id == uuid.Nil || id.String() != subject { // Parse takes other spellings too
		return uuid.Nil, errSubject
	}
	return id, nil
}
