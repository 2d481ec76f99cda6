package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/api/internal/rest"
)

const listed = "https://app.example.org"

// lent is an api that pages of other origins may call.
func lent(t *testing.T) (*api, *person) {
	t.Helper()
	a := setupWith(t, rest.Config{Origins: []string{listed, "http://localhost:5173"}})
	return a, a.person(t, "Ada")
}

// preflight asks as a browser does before it sends a page's request: without a token.
func (a *api) preflight(t *testing.T, path, origin string) *http.Response {
	t.Helper()
	req := must(http.NewRequestWithContext(t.Context(), http.MethodOptions, a.URL+path, http.NoBody))(t)
	req.Header.Set("Access-Control-Request-Method", "PATCH")
	req.Header.Set("Access-Control-Request-Headers", "authorization,content-type,if-match")
	if origin != "" {
		req.Header.Set("Origin", origin)
	}
	res := must(http.DefaultClient.Do(req))(t)
	_ = res.Body.Close()
	return res
}

func TestPagesOfListedOriginsMayCall(t *testing.T) {
	t.Parallel()
	a, ada := lent(t)
	res := a.preflight(t, "/v1/boards", listed)
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": listed, "Vary": "Origin", "Access-Control-Max-Age": "600",
		"Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if allowed := res.Header.Get("Access-Control-Allow-Headers"); res.StatusCode != http.StatusNoContent || !strings.Contains(allowed, "Authorization") || !strings.Contains(allowed, "If-Match") {
		t.Errorf("preflight: %d, %q", res.StatusCode, allowed)
	}
	if res := a.preflight(t, "/v1/nothing", listed); res.StatusCode != http.StatusNoContent { // or a page couldn't read that it is 404
		t.Errorf("preflight of an address that isn't there: %d", res.StatusCode)
	}
	for _, c := range []struct {
		path   string
		status int
	}{{"/v1/me", http.StatusOK}, {"/v1/nothing", http.StatusNotFound}} {
		res, _ := ada.send(t, http.MethodGet, c.path, "", "Origin", listed)
		if res.StatusCode != c.status || res.Header.Get("Access-Control-Allow-Origin") != listed || res.Header.Get("Access-Control-Expose-Headers") != "ETag, Retry-After, X-Board-Seq, X-Request-Id" {
			t.Errorf("%s: %d %v", c.path, res.StatusCode, res.Header)
		}
	}
	res, _ = ada.send(t, http.MethodGet, "/v1/me", "", "Origin", listed, "Authorization", "")
	if res.StatusCode != http.StatusUnauthorized || res.Header.Get("Access-Control-Allow-Origin") != listed {
		t.Errorf("a page isn't told that its token is refused: %d %v", res.StatusCode, res.Header)
	}
}

func TestPagesOfOtherOriginsMayNotCall(t *testing.T) {
	t.Parallel()
	a, ada := lent(t)
	for name, origin := range map[string]string{
		"another":            "https://evil.example",
		"null":               "null",
		"a star":             "*",
		"a longer host":      listed + ".evil.example",
		"a host before it":   "https://evil.example.app.example.org",
		"a host that ends":   "https://evilapp.example.org",
		"another scheme":     "http://app.example.org",
		"another port":       listed + ":8443",
		"the default port":   listed + ":443",
		"capital letters":    "https://APP.example.org",
		"a slash at its end": listed + "/",
		"two in one":         listed + ", https://evil.example",
		"none":               "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantNothingLent(t, a.preflight(t, "/v1/boards", origin))
			res, _ := ada.send(t, http.MethodGet, "/v1/me", "", "Origin", origin)
			wantNothingLent(t, res)
			if res.StatusCode != http.StatusOK || res.Header.Get("Vary") != "Origin" { // else a cache lends one's answer to the other
				t.Errorf("%d, Vary %q", res.StatusCode, res.Header.Get("Vary"))
			}
		})
	}
	t.Run("two headers", func(t *testing.T) {
		t.Parallel()
		req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, a.URL+"/openapi.json", http.NoBody))(t)
		req.Header["Origin"] = []string{listed, "https://evil.example"}
		res := must(http.DefaultClient.Do(req))(t)
		_ = res.Body.Close()
		wantNothingLent(t, res)
	})
}

func wantNothingLent(t *testing.T, res *http.Response) {
	t.Helper()
	if res.Request.Method == http.MethodOptions && res.StatusCode == http.StatusOK {
		t.Errorf("the preflight got %d", res.StatusCode)
	}
	for name := range res.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s: %s", name, res.Header.Get(name))
		}
	}
}

func TestCORSIsOffUnlessConfigured(t *testing.T) {
	t.Parallel()
	a := setup(t)
	wantNothingLent(t, a.preflight(t, "/v1/boards", listed))
	res, _ := a.person(t, "Ada").send(t, http.MethodGet, "/v1/me", "", "Origin", listed)
	wantNothingLent(t, res)
	if res.Header.Get("Vary") != "" {
		t.Errorf("Vary %q", res.Header.Get("Vary"))
	}
}

func TestNobodyIsLentCredentials(t *testing.T) {
	t.Parallel()
	a, ada := lent(t)
	res, _ := ada.send(t, http.MethodGet, "/v1/me", "", "Origin", listed)
	for _, res := range []*http.Response{res, a.preflight(t, "/v1/me", listed)} {
		if _, lent := res.Header["Access-Control-Allow-Credentials"]; lent || res.Header.Get("Access-Control-Allow-Origin") == "*" {
			t.Errorf("%v", res.Header)
		}
	}
}
