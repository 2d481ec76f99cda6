package e2e_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"cardwall/packages/postgres/pgtest"
)

// knock goes past web to the api with a header of one's own.
func (s *stack) knock(t *testing.T, authorization string) answer {
	t.Helper()
	req := must(http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+s.api.addr+"/v1/boards", http.NoBody))(t)
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	spy := &discreet{Transport: direct(), t: t, secrets: s.secrets()}
	res := must(spy.RoundTrip(req))(t)
	defer func() { _ = res.Body.Close() }()
	return answer{res.StatusCode, res.Header, string(must(io.ReadAll(res.Body))(t))}
}

// signed makes a token with the claims that web would put in, but for the change.
func (s *stack) signed(t *testing.T, method jwt.SigningMethod, key any, kid string, change func(jwt.MapClaims, map[string]any)) string {
	t.Helper()
	now := time.Now()
	claims := jwt.MapClaims{
		"iss": s.URL, "aud": "cardwall-api", "sub": must(uuid.NewV7())(t).String(), "sid": uuid.NewString(), "jti": uuid.NewString(),
		"email": "ada@example.org", "email_verified": false, "name": "Ada",
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(90 * time.Second).Unix(),
	}
	made := jwt.NewWithClaims(method, claims)
	made.Header["typ"], made.Header["kid"] = "at+jwt", kid
	change(claims, made.Header)
	return must(made.SignedString(key))(t)
}

func as(claim string, value any) func(jwt.MapClaims, map[string]any) {
	return func(claims jwt.MapClaims, _ map[string]any) { claims[claim] = value }
}

func unchanged(jwt.MapClaims, map[string]any) {}

func TestTokensTheAPIRefuses(t *testing.T) {
	t.Parallel()
	secret := rand.Text() + rand.Text() + rand.Text()
	s := deploy(t, pgtest.Server(t), secret)
	sign := func(change func(jwt.MapClaims, map[string]any)) string {
		return s.signed(t, jwt.SigningMethodHS512, []byte(secret), "shared", change)
	}
	ada := s.person(t, "Ada")
	ada.wall(t, "Garden") // with a shared secret the chain works as well
	if got := s.knock(t, "Bearer "+sign(unchanged)); got.Status != http.StatusOK {
		t.Fatalf("a good token, by which the bad ones are measured: %d %s", got.Status, got.Body)
	}
	reason, _, _ := strings.Cut(s.knock(t, "").Body, `"request_id"`)

	for name, authorization := range map[string]string{
		"missing":        "",
		"of_another_age": "Basic YWRhOnBhc3M=",
		"garbage":        "Bearer not.a.token",
		"forged":         "Bearer " + s.signed(t, jwt.SigningMethodHS512, []byte(strings.Repeat("x", 64)), "shared", unchanged),
		"unsigned":       "Bearer " + s.signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "shared", unchanged),
		"weaker":         "Bearer " + s.signed(t, jwt.SigningMethodHS256, []byte(secret), "shared", unchanged),
		"expired":        "Bearer " + sign(as("exp", time.Now().Add(-time.Hour).Unix())),
		"without_end":    "Bearer " + sign(func(c jwt.MapClaims, _ map[string]any) { delete(c, "exp") }),
		"long_lived":     "Bearer " + sign(as("exp", time.Now().Add(time.Hour).Unix())),
		"of_tomorrow":    "Bearer " + sign(as("nbf", time.Now().Add(time.Hour).Unix())),
		"for_others":     "Bearer " + sign(as("aud", "somebody-else")),
		"of_others":      "Bearer " + sign(as("iss", "https://elsewhere.example")),
		"of_nobody":      "Bearer " + sign(as("sub", "")),
		"of_no_person":   "Bearer " + sign(as("sub", "ada")),
		"of_no_type":     "Bearer " + sign(func(_ jwt.MapClaims, h map[string]any) { h["typ"] = "JWT" }),
	} {
		t.Run(name, func(t *testing.T) {
			got := s.knock(t, authorization)
			if got.Status != http.StatusUnauthorized || got.Header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("%d %s", got.Status, got.Body)
			}
			if !strings.HasPrefix(got.Body, reason) {
				t.Errorf("it learns why: %s", got.Body)
			}
		})
	}
}

func TestPublishedKeysDontHelpForgers(t *testing.T) {
	t.Parallel()
	s := setup(t)
	var document struct {
		Keys []struct{ Kid, Kty, X, D, K string }
	}
	jwks := s.guest(t).send(t, http.MethodGet, "/api/auth/jwks", "")
	if err := json.Unmarshal([]byte(jwks.Body), &document); err != nil || len(document.Keys) == 0 {
		t.Fatalf("%s: %v", jwks.Body, err)
	}
	published := document.Keys[0]
	if published.D != "" || published.K != "" || published.Kty != "OKP" {
		t.Fatalf("the document holds more than a public key: %s", jwks.Body)
	}
	public := must(base64.RawURLEncoding.DecodeString(published.X))(t)
	_, own, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{
		"another_key_under_the_same_name": s.signed(t, jwt.SigningMethodEdDSA, own, published.Kid, unchanged),
		"a_key_of_ones_own":               s.signed(t, jwt.SigningMethodEdDSA, own, "mine", unchanged),
		"the_public_key_as_a_secret":      s.signed(t, jwt.SigningMethodHS256, public, published.Kid, unchanged),
		"no_key_at_all":                   s.signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, published.Kid, unchanged),
	} {
		if got := s.knock(t, "Bearer "+token); got.Status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, got.Status, got.Body)
		}
	}
}
