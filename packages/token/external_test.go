package token_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"cardwall/packages/token"
)

// tenant is another issuer, as external identity services are: RS256, typ JWT, its own subjects, a day's life.
type tenant struct {
	key    *rsa.PrivateKey
	config token.VerifierConfig
}

const (
	tenantIssuer  = "https://tenant.example/"
	tenantSubject = "google-oauth2|1234"
)

func newTenant(t testing.TB) tenant {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	server := serve(t, rsaSet(t, key, "tenant-key", "RS256"))
	keys := runKeys(t, token.KeysConfig{URL: server.url(), Algorithm: token.RS256})
	waitReady(t, keys)
	return tenant{key, token.VerifierConfig{
		Issuer: tenantIssuer, Audience: audience, Algorithm: token.RS256, Keys: keys, Profile: token.External, Now: atNoon,
	}}
}

func rsaSet(t testing.TB, key *rsa.PrivateKey, id, algorithm string) string {
	t.Helper()
	set, err := json.Marshal(members{"keys": []members{{
		"kty": "RSA", "kid": id, "alg": algorithm, "use": "sig",
		"n":   base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
		"e":   base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()),
		"x5c": []string{"not looked at"}, "x5u": "https://evil.example", "x5t": "neither",
	}}})
	must(t, err)
	return string(set)
}

func (e tenant) token(t testing.TB, header, claims members) string {
	t.Helper()
	return forge(t, "RS256", e.key,
		members{"alg": "RS256", "typ": "JWT", "kid": "tenant-key"}.but(header).json(t),
		goodClaims().but(members{
			"iss": tenantIssuer, "sub": tenantSubject, "aud": []string{audience, tenantIssuer + "userinfo"},
			"exp": seconds(24 * time.Hour),
		}).but(claims).json(t))
}

func TestExternalRelaxesExactlyFourChecks(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t)
	external := newVerifier(t, tenant.config)
	ours := tenant.config
	ours.Profile = token.Cardwall
	cardwall := newVerifier(t, ours)
	short, own := members{"exp": seconds(time.Minute)}, members{"sub": someone().ID.String()}
	accessToken := members{"typ": "at+jwt"}

	for name, c := range map[string]struct {
		header, claims members
		cause          string // why the profile cardwall refuses it
	}{
		"any typ":                  {nil, short.but(own), "typ is not at+jwt"},
		"no typ":                   {members{"typ": nil}, short.but(own), "typ is not at+jwt"},
		"a subject that's no UUID": {accessToken, short, "not a person's UUID"},
		"a life over 5 minutes":    {accessToken, own, "over five minutes"},
		"no nbf":                   {accessToken, members{"exp": short["exp"], "sub": own["sub"], "nbf": nil}, "nbf claim is required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := tenant.token(t, c.header, c.claims)
			if _, err := external.Verify(t.Context(), raw); err != nil {
				t.Errorf("external refuses it: %v", err)
			}
			_, err := cardwall.Verify(t.Context(), raw)
			wantRefused(t, err, raw, c.cause)
		})
	}
}

func TestExternalKeepsAllOtherChecks(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t)
	verifier := newVerifier(t, tenant.config)
	relaxed := map[string]bool{
		"typ is required": true, "typ JWT is refused": true, "typ of an identity token is refused": true, "typ with a blank is refused": true,
		"sub is a UUID": true, "sub is a UUID in its one spelling": true, "sub is a UUID in lower case": true, "sub is somebody": true,
		"nbf is required":                  true,
		"a life over 5 minutes is refused": true, "an old token with a long life is refused": true,
	}
	for _, promise := range promises() {
		if relaxed[promise.name] || promise.cause == "" {
			continue
		}
		t.Run(promise.name, func(t *testing.T) {
			t.Parallel()
			raw := tenant.token(t, promise.header, promise.claims)
			_, err := verifier.Verify(t.Context(), raw)
			wantRefused(t, err, raw, promise.cause)
		})
	}
}

func TestExternalPersons(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t)
	verifier := newVerifier(t, tenant.config)
	verify := func(t *testing.T, claims members) token.Person {
		t.Helper()
		person, err := verifier.Verify(t.Context(), tenant.token(t, nil, claims))
		must(t, err)
		return person
	}

	t.Run("are the UUIDv5 of issuer and subject, for ever", func(t *testing.T) {
		t.Parallel()
		// As other software computes it: the names are part of what a database remembers.
		if got := verify(t, nil).ID; got.String() != "e9eb7456-6421-5146-adef-5d45ad2a6374" {
			t.Errorf("got %v", got)
		}
	})
	t.Run("differ by subject", func(t *testing.T) {
		t.Parallel()
		if verify(t, nil).ID == verify(t, members{"sub": "google-oauth2|1235"}).ID {
			t.Error("two subjects are one person")
		}
	})
	t.Run("can't pose as one of ours", func(t *testing.T) {
		t.Parallel()
		if verify(t, members{"sub": someone().ID.String()}).ID == someone().ID {
			t.Error("a foreign subject became our person")
		}
	})
	t.Run("come within our limits", func(t *testing.T) {
		t.Parallel()
		person := verify(t, members{"name": "A\x00" + strings.Repeat("a", 200), "picture": strings.Repeat("p", 3000)})
		if person.Name != "A"+strings.Repeat("a", 99) || person.Picture != "" {
			t.Errorf("got %+v", person)
		}
	})
}

func TestExternalRefusesATokenOfAnotherKind(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t)
	verifier := newVerifier(t, tenant.config)
	modulus := tenant.key.N.Bytes()
	raw := forge(t, "HS512", modulus, members{"alg": "HS512", "typ": "JWT", "kid": "tenant-key"}.json(t), goodClaims().json(t))
	_, err := verifier.Verify(t.Context(), raw)
	wantRefused(t, err, raw, "not the configured one")
}
