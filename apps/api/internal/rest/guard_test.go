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

func TestTokensThatAreNotToBeTrusted(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	claims := func(change func(jwt.MapClaims)) string {
		c := jwt.MapClaims{
			"iss": issuer, "aud": audience, "sub": ada.ID.String(), "sid": uuid.NewString(), "jti": uuid.NewString(),
			"iat": time.Now().Unix(), "nbf": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
		}
		change(c)
		tok := jwt.NewWithClaims(jwt.SigningMethodHS512, c)
		tok.Header["typ"], tok.Header["kid"] = "at+jwt", "shared"
		raw, err := tok.SignedString(secret)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	whole := ada.token(t)
	for name, header := range map[string]string{
		"missing":    "",
		"malformed":  "Bearer not.a.token",
		"forged":     "Bearer " + whole[:len(whole)-8] + "AAAAAAAA",
		"basic":      "Basic YTpi",
		"expired":    "Bearer " + claims(func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Hour).Unix() }),
		"no_exp":     "Bearer " + claims(func(c jwt.MapClaims) { delete(c, "exp") }),
		"for_others": "Bearer " + claims(func(c jwt.MapClaims) { c["aud"] = "somebody-else" }),
		"of_others":  "Bearer " + claims(func(c jwt.MapClaims) { c["iss"] = "https://elsewhere.example" }),
	} {
		t.Run(name+"_is_refused_and_nobody_learns_why", func(t *testing.T) {
			t.Parallel()
			res, body := ada.send(t, "GET", "/v1/me", "", "Authorization", header)
			if res.StatusCode != http.StatusUnauthorized || res.Header.Get("WWW-Authenticate") != "Bearer" {
				t.Fatalf("%d %v", res.StatusCode, res.Header)
			}
			body, _, _ = strings.Cut(body, `,"request_id"`)
			if _, first := ada.send(t, "GET", "/v1/me", "", "Authorization", ""); !strings.HasPrefix(first, body) {
				t.Errorf("the answer differs from that to no token:\n%s\n%s", body, first)
			}
		})
	}
}
