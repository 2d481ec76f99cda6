package rest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// public are the routes for which nobody needs to be known.
var public = []string{"/livez", "/readyz", "/openapi.json", "/docs", "/docs.css"}

func TestEveryRouteIsGuarded(t *testing.T) {
	t.Parallel()
	a := setup(t)
	id := uuid.NewString()
	example := strings.NewReplacer(":board_id", id, ":column_id", id, ":card_id", id)
	guarded := 0
	for _, route := range a.routes {
		if slices.Contains(public, route.Path) {
			continue
		}
		guarded++
		req, err := http.NewRequestWithContext(t.Context(), route.Method, a.URL+example.Replace(route.Path), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.AddCookie(&http.Cookie{Name: "session", Value: "of no use here"})
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s answers %d to nobody", route.Method, route.Path, res.StatusCode)
		}
	}
	if least := len(routes(t)); guarded < least {
		t.Errorf("%d routes are guarded, the contract has %d", guarded, least)
	}
}

// refusals are requests without a token to be trusted, each with the cause that the log must tell. A case changes a
// good token's claims or header, or gives the whole Authorization header instead.
var refusals = map[string]struct {
	change func(claims jwt.MapClaims, header map[string]any)
	whole  string
	cause  string
}{
	"missing":      {whole: " ", cause: "Authorization header"},
	"malformed":    {whole: "Bearer not.a.token", cause: "three base64url segments"},
	"basic":        {whole: "Basic YTpi", cause: "not Bearer"},
	"expired":      {change: claim("exp", time.Now().Add(-time.Hour).Unix()), cause: "expired"},
	"no_exp":       {change: claim("exp", nil), cause: "exp claim is required"},
	"no_nbf":       {change: claim("nbf", nil), cause: "nbf claim is required"},
	"no_iat":       {change: claim("iat", nil), cause: "no iat"},
	"no_iss":       {change: claim("iss", nil), cause: "iss claim is required"},
	"no_aud":       {change: claim("aud", nil), cause: "aud claim is required"},
	"no_sub":       {change: claim("sub", nil), cause: "subject is missing"},
	"not_yet":      {change: claim("nbf", time.Now().Add(time.Hour).Unix()), cause: "not valid yet"},
	"long_lived":   {change: claim("exp", time.Now().Add(time.Hour).Unix()), cause: "over five minutes"},
	"for_others":   {change: claim("aud", "somebody-else"), cause: "invalid audience"},
	"of_others":    {change: claim("iss", "https://elsewhere.example"), cause: "invalid issuer"},
	"no_person":    {change: claim("sub", "ada"), cause: "not a person's UUID"},
	"no_kid":       {change: head("kid", nil), cause: "kid is missing"},
	"endless_kid":  {change: head("kid", strings.Repeat("k", 65)), cause: "over 64 bytes"},
	"another_type": {change: head("typ", "JWT"), cause: "typ is not at+jwt"},
	"another_alg":  {change: head("alg", "HS256"), cause: "algorithm is not the configured one"},
}

func claim(name string, value any) func(jwt.MapClaims, map[string]any) {
	return func(claims jwt.MapClaims, _ map[string]any) { set(claims, name, value) }
}

func head(name string, value any) func(jwt.MapClaims, map[string]any) {
	return func(_ jwt.MapClaims, header map[string]any) { set(header, name, value) }
}

func set(members map[string]any, name string, value any) {
	if members[name] = value; value == nil {
		delete(members, name)
	}
}

// forge signs a token that is good but for the change.
func (p *person) forge(t *testing.T, change func(jwt.MapClaims, map[string]any)) string {
	t.Helper()
	claims := jwt.MapClaims{
		"iss": issuer, "aud": audience, "sub": p.ID.String(), "sid": uuid.NewString(), "jti": uuid.NewString(),
		"iat": time.Now().Unix(), "nbf": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	tok := jwt.NewWithClaims(jwt.SigningMethodHS512, claims)
	tok.Header["typ"], tok.Header["kid"] = "at+jwt", "shared"
	change(claims, tok.Header)
	raw, err := tok.SignedString(secret)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestTokensThatAreNotToBeTrusted(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	if res, body := ada.send(t, "GET", "/v1/me", "", "Authorization", "Bearer "+ada.forge(t, func(jwt.MapClaims, map[string]any) {})); res.StatusCode != http.StatusOK {
		t.Fatalf("a good token, by which the others are measured: %d %s", res.StatusCode, body)
	}
	for name, c := range refusals {
		t.Run(name+"_is_refused_and_nobody_but_the_log_learns_why", func(t *testing.T) {
			t.Parallel()
			authorization := c.whole
			if c.change != nil {
				authorization = "Bearer " + ada.forge(t, c.change)
			}
			res, body := ada.send(t, "GET", "/v1/me", "", "Authorization", authorization)
			if res.StatusCode != http.StatusUnauthorized || res.Header.Get("WWW-Authenticate") != "Bearer" {
				t.Fatalf("%d %v", res.StatusCode, res.Header)
			}
			body, _, _ = strings.Cut(body, `,"request_id"`)
			if _, first := ada.send(t, "GET", "/v1/me", "", "Authorization", ""); !strings.HasPrefix(first, body) {
				t.Errorf("the answer differs from that to no token:\n%s\n%s", body, first)
			}
			line := a.log.of(t, res.Header.Get("X-Request-Id"))
			if !strings.Contains(line, c.cause) {
				t.Errorf("the log doesn't tell that %q:\n%s", c.cause, line)
			}
		})
	}
}

func TestNoTokenIsInTheLog(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	whole := ada.token(t)
	header, rest, _ := strings.Cut(whole, ".")
	for _, raw := range []string{whole, whole[:len(whole)-8] + "AAAAAAAA", header + "." + rest[:20], whole + "." + whole, rest} {
		res, _ := ada.send(t, "GET", "/v1/me?token="+raw, "", "Authorization", "Bearer "+raw, "X-Tab", raw, "User-Agent", raw)
		line := a.log.of(t, res.Header.Get("X-Request-Id"))
		for part := range strings.SplitSeq(raw, ".") {
			if len(part) > 8 && strings.Contains(line, part) {
				t.Errorf("%d: the log shows a part of the token:\n%s", res.StatusCode, line)
			}
		}
	}
}
