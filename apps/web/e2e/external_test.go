package e2e_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
)

const (
	tenantIssuer   = "https://tenant.example/"
	tenantAudience = "https://boards.example/api"
)

// tenant is another issuer, as identity services are: RS256 keys at an address, typ JWT, its own subjects, a day's life.
type tenant struct {
	api *stack

	mu   sync.Mutex
	keys map[string]*rsa.PrivateKey
}

// trusting runs an api alone, without any web, that takes a tenant's tokens.
func trusting(t *testing.T) *tenant {
	t.Helper()
	issuer := &tenant{keys: map[string]*rsa.PrivateKey{}}
	issuer.makeKey(t, "first")
	published := httptest.NewServer(http.HandlerFunc(issuer.publish))
	t.Cleanup(published.Close)
	addr, db := freeAddr(t), newDatabase(t, pgtest.Server(t), "api")
	issuer.api = &stack{apiDB: db, api: start(t, "api", addr, logged(map[string]string{
		"DATABASE_URL": db.URL, "API_ADDR": addr, "TOKEN_PROFILE": "external", "TOKEN_ALGORITHM": "RS256",
		"TOKEN_ISSUER": tenantIssuer, "TOKEN_AUDIENCE": tenantAudience, "TOKEN_JWKS_URL": published.URL + "/.well-known/jwks.json",
		"TOKEN_JWKS_REFRESH": "1s",
	}))}
	issuer.api.api.waitUntilReady(t)
	return issuer
}

func (i *tenant) makeKey(t *testing.T, id string) {
	t.Helper()
	key := must(rsa.GenerateKey(rand.Reader, 2048))(t)
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys[id] = key
}

// publish answers with the keys as RFC 7517 has them, and with members that nobody here looks at.
func (i *tenant) publish(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	var keys []map[string]any
	for id, key := range i.keys {
		keys = append(keys, map[string]any{
			"kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "x5t": "not looked at",
			"n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
			"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()),
		})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"keys": keys}) // the api may have stopped
}

// token is one for a subject, but for the change.
func (i *tenant) token(t *testing.T, kid, subject string, change func(jwt.MapClaims, map[string]any)) string {
	t.Helper()
	i.mu.Lock()
	key := i.keys[kid]
	i.mu.Unlock()
	return i.signed(t, jwt.SigningMethodRS256, key, kid, subject, change)
}

// signed is a token made in another way than the tenant's.
func (i *tenant) signed(t *testing.T, method jwt.SigningMethod, key any, kid, subject string, change func(jwt.MapClaims, map[string]any)) string {
	t.Helper()
	now := time.Now()
	return i.api.signed(t, method, key, kid, func(claims jwt.MapClaims, header map[string]any) {
		clear(claims)
		header["typ"] = "JWT"
		for name, value := range map[string]any{
			"iss": tenantIssuer, "sub": subject, "aud": []string{tenantAudience, tenantIssuer + "userinfo"}, "azp": "a-client", "scope": "openid",
			"iat": now.Unix(), "exp": now.Add(24 * time.Hour).Unix(),
		} {
			claims[name] = value
		}
		change(claims, header)
	})
}

// client calls the api with a subject's token.
func (i *tenant) client(t *testing.T, subject string, change func(jwt.MapClaims, map[string]any)) *person {
	t.Helper()
	p := &person{url: "http://" + i.api.api.addr, http: &http.Client{
		Transport: bearer{&discreet{Transport: direct(), t: t, secrets: i.api.secrets()}, i.token(t, "first", subject, change)},
	}}
	p.Client = must(kanbanapi.Connect(p.url, p.http))(t)
	return p
}

type bearer struct {
	http.RoundTripper
	token string
}

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return b.RoundTripper.RoundTrip(r)
}

func TestPeopleOfAnotherIssuerWorkWithTheAPI(t *testing.T) {
	t.Parallel()
	issuer := trusting(t)
	ada := issuer.client(t, "google-oauth2|1234", func(claims jwt.MapClaims, _ map[string]any) {
		claims["name"], claims["email"] = "Ada", "ada@example.org"
	})
	me := must(ada.Me(t.Context()))(t)
	want := uuid.NewSHA1(uuid.NewSHA1(uuid.NameSpaceURL, []byte(tenantIssuer)), []byte("google-oauth2|1234"))
	if me.Id != want || me.Name != "Ada" || me.Email != "ada@example.org" {
		t.Errorf("she is %+v, want the UUIDv5 of issuer and subject: %s", me, want)
	}
	wall := ada.wall(t, "Garden", "a")

	again := issuer.client(t, "google-oauth2|1234", as("jti", "another token")) // without a name, as access tokens mostly are
	if got := must(again.Me(t.Context()))(t); got.Id != want || got.Name != "" {
		t.Errorf("with another token she is %+v", got)
	}
	must(again.Board(t.Context(), wall.ID))(t)

	bob := issuer.client(t, "auth0|1234", unchanged)
	if _, err := bob.Board(t.Context(), wall.ID); err == nil {
		t.Error("another subject sees her board")
	}
	posing := issuer.client(t, want.String(), unchanged) // a subject that is her id here
	if _, err := posing.Board(t.Context(), wall.ID); err == nil {
		t.Error("a subject poses as her")
	}
}

func TestAnotherIssuersNewKeyIsFound(t *testing.T) {
	t.Parallel()
	issuer := trusting(t)
	issuer.makeKey(t, "second")
	token := issuer.token(t, "second", "auth0|1234", unchanged)
	eventually(t, "the new key is trusted", func() bool { return issuer.api.knock(t, "Bearer "+token).Status == http.StatusOK })
}

func TestTokensOfAnotherIssuerTheAPIRefuses(t *testing.T) {
	t.Parallel()
	issuer := trusting(t)
	good := func(change func(jwt.MapClaims, map[string]any)) string {
		return issuer.token(t, "first", "auth0|1234", change)
	}
	without := func(claim string) func(jwt.MapClaims, map[string]any) {
		return func(claims jwt.MapClaims, _ map[string]any) { delete(claims, claim) }
	}
	if got := issuer.api.knock(t, "Bearer "+good(unchanged)); got.Status != http.StatusOK {
		t.Fatalf("a good token, by which the bad ones are measured: %d %s", got.Status, got.Body)
	}
	stranger := must(rsa.GenerateKey(rand.Reader, 2048))(t)
	modulus := issuer.keys["first"].N.Bytes()
	for name, token := range map[string]string{
		"for_another_audience":       good(as("aud", "https://other.example/api")),
		"of_another_issuer":          good(as("iss", "https://evil.example/")),
		"issuer_without_slash":       good(as("iss", strings.TrimSuffix(tenantIssuer, "/"))),
		"expired":                    good(as("exp", time.Now().Add(-time.Hour).Unix())),
		"of_tomorrow":                good(as("nbf", time.Now().Add(time.Hour).Unix())),
		"without_exp":                good(without("exp")),
		"without_iat":                good(without("iat")),
		"without_sub":                good(without("sub")),
		"without_aud":                good(without("aud")),
		"of_an_unknown_key":          good(func(_ jwt.MapClaims, header map[string]any) { header["kid"] = "third" }),
		"without_a_key":              good(func(_ jwt.MapClaims, header map[string]any) { delete(header, "kid") }),
		"forged":                     issuer.signed(t, jwt.SigningMethodRS256, stranger, "first", "auth0|1234", unchanged),
		"signed_with_the_public_key": issuer.signed(t, jwt.SigningMethodHS256, modulus, "first", "auth0|1234", unchanged),
		"unsigned":                   issuer.signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "first", "auth0|1234", unchanged),
		"padded_by_PSS":              issuer.signed(t, jwt.SigningMethodPS256, issuer.keys["first"], "first", "auth0|1234", unchanged),
	} {
		if got := issuer.api.knock(t, "Bearer "+token); got.Status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, got.Status, got.Body)
		}
	}
}

// A service may issue tokens to several programs; only those for the api's audience count, whatever else they are for.
func TestOneOfSeveralAudiencesIsEnough(t *testing.T) {
	t.Parallel()
	issuer := trusting(t)
	for _, audience := range []any{tenantAudience, []string{tenantAudience}, []string{"https://other.example", tenantAudience}} {
		if got := issuer.api.knock(t, "Bearer "+issuer.token(t, "first", "auth0|1234", as("aud", audience))); got.Status != http.StatusOK {
			t.Errorf("%s: %d %s", fmt.Sprint(audience), got.Status, got.Body)
		}
	}
}
