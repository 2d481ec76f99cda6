package token_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"cardwall/packages/problem"
	"cardwall/packages/token"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"go.uber.org/goleak"
)

const (
	issuer   = "https://cardwall.example"
	audience = "cardwall-api"
)

// Nothing of this package may leave a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

func someone() token.Person {
	return token.Person{
		ID: uuid.MustParse("01935f2e-7b1a-7c4e-9a53-0d8f0f6f3a11"), SessionID: "s-1", Email: "ada@example.org",
		EmailVerified: true, Name: "Ada", Picture: "https://cardwall.example/pictures/1?a=1&b=2",
	}
}

func newKey(t testing.TB) token.SigningKey {
	t.Helper()
	key, err := token.GenerateSigningKey()
	must(t, err)
	return key
}

func secret() []byte { return []byte(strings.Repeat("0123456789abcdef", 4)) }

// mode is one of the two ways to sign, with a minter and a verifier that fit each other.
type mode struct {
	name     string
	alg, kid string
	signKey  any // as golang-jwt takes it
	minter   token.MinterConfig
	verifier token.VerifierConfig
}

func modes(t testing.TB) []mode { return modesOf(newKey(t)) }

func modesOf(key token.SigningKey) []mode {
	return []mode{
		{
			name: "EdDSA", alg: "EdDSA", kid: key.ID(), signKey: ed25519.NewKeyFromSeed(key.Seed()),
			minter:   token.MinterConfig{Issuer: issuer, Audience: audience, Key: &key, Now: atNoon},
			verifier: token.VerifierConfig{Issuer: issuer, Audience: audience, Keys: token.FixedKeys(key.Public()), Now: atNoon},
		},
		{
			name: "HS512", alg: "HS512", kid: "secret", signKey: secret(),
			minter:   token.MinterConfig{Issuer: issuer, Audience: audience, Secret: secret(), Now: atNoon},
			verifier: token.VerifierConfig{Issuer: issuer, Audience: audience, Secret: secret(), Now: atNoon},
		},
	}
}

func newMinter(t testing.TB, config token.MinterConfig) *token.Minter {
	t.Helper()
	minter, err := token.NewMinter(config)
	must(t, err)
	return minter
}

func newVerifier(t testing.TB, config token.VerifierConfig) *token.Verifier {
	t.Helper()
	verifier, err := token.NewVerifier(config)
	must(t, err)
	return verifier
}

func mint(t testing.TB, m *token.Minter, person token.Person) string {
	t.Helper()
	raw, err := m.Mint(person)
	must(t, err)
	return raw
}

// members are a header or claims; a json.RawMessage among them goes out as it is.
type members map[string]any

// goodHeader and goodClaims make a token that passes.
func (m mode) goodHeader() members { return members{"alg": m.alg, "typ": "at+jwt", "kid": m.kid} }

func goodClaims() members {
	return members{
		"iss": issuer, "aud": audience, "sub": someone().ID.String(),
		"iat": noon.Unix(), "nbf": noon.Unix(), "exp": noon.Add(90 * time.Second).Unix(),
	}
}

// but returns a copy with other members; nil takes one out.
func (m members) but(changes members) members {
	m = maps.Clone(m)
	for name, value := range changes {
		if m[name] = value; value == nil {
			delete(m, name)
		}
	}
	return m
}

func (m members) json(t testing.TB) string {
	t.Helper()
	raw, err := json.Marshal(m)
	must(t, err)
	return string(raw)
}

// forge signs whatever it is given, properly.
func forge(t testing.TB, alg string, key any, header, payload string) string {
	t.Helper()
	signed := segment(header) + "." + segment(payload)
	signature, err := jwt.GetSigningMethod(alg).Sign(signed, key)
	must(t, err)
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func segment(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

const refusal = "You are not signed in, or no longer. Please sign in and try again."

// wantRefused holds what must be true of every refusal, and that it came for the right cause.
func wantRefused(t testing.TB, err error, raw, cause string) {
	t.Helper()
	var p *problem.Error
	if !errors.As(err, &p) || p.Kind != problem.Unauthenticated {
		t.Fatalf("want a refusal because %q, got %v", cause, err)
	}
	if p.Detail != refusal || p.Code != "unauthenticated" || p.Fields != nil || p.Current != nil {
		t.Errorf("this refusal reads differently: %+v", p)
	}
	if unwrapped := p.Unwrap(); unwrapped == nil || !strings.Contains(unwrapped.Error(), cause) {
		t.Errorf("refused because %v, want %q", unwrapped, cause)
	}
	for part := range strings.SplitSeq(raw, ".") {
		if len(part) > 8 && strings.Contains(err.Error(), part) {
			t.Errorf("the error shows a part of the token: %v", err)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
