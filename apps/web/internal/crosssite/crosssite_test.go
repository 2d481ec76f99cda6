package crosssite_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/labstack/echo/v4"

	"cardwall/apps/web/internal/crosssite"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// wall serves a page that counts as changed whenever a handler is reached.
func wall(t *testing.T, public string) (address string) {
	t.Helper()
	where, err := url.Parse(public)
	if err != nil {
		t.Fatal(err)
	}
	e := httpserver.New(httpserver.Config{Log: slog.New(slog.DiscardHandler)})
	e.Before(crosssite.Check(where, "/sign-in", "/api/auth/sign-up"))
	e.Any("/*", func(c echo.Context) error { return c.String(http.StatusOK, "changed") })
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return server.URL
}

func TestChangesNeedASignOfOurOwnPages(t *testing.T) {
	t.Parallel()
	const public, cookie = "https://wall.example", "__Host-session=abc"
	address := wall(t, public)
	for name, c := range map[string]struct {
		method, path string
		header       []string
		allowed      bool
	}{
		"a page of ours":                         {"POST", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "same-origin"}, true},
		"the person's own doing":                 {"POST", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "none"}, true},
		"our origin":                             {"POST", "/boards", []string{"Cookie", cookie, "Origin", public}, true},
		"a script's sign":                        {"POST", "/boards", []string{"Cookie", cookie, "X-CSRF", "1"}, true},
		"no sign":                                {"POST", "/boards", []string{"Cookie", cookie}, false},
		"no sign, another cookie":                {"POST", "/boards", []string{"Cookie", "theme=dark"}, false},
		"another value of the sign":              {"POST", "/boards", []string{"Cookie", cookie, "X-CSRF", "true"}, false},
		"another site":                           {"POST", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}, false},
		"a sibling under the same domain":        {"POST", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "same-site"}, false},
		"another site that claims our origin":    {"POST", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Origin", public}, false},
		"another site with a script's sign":      {"POST", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site", "X-CSRF", "1"}, false},
		"another origin":                         {"POST", "/boards", []string{"Cookie", cookie, "Origin", "https://evil.example"}, false},
		"another origin with a script's sign":    {"POST", "/boards", []string{"Cookie", cookie, "Origin", "https://evil.example", "X-CSRF", "1"}, false},
		"our host without TLS":                   {"POST", "/boards", []string{"Cookie", cookie, "Origin", "http://wall.example"}, false},
		"our host on another port":               {"POST", "/boards", []string{"Cookie", cookie, "Origin", "https://wall.example:8443"}, false},
		"our host as a prefix":                   {"POST", "/boards", []string{"Cookie", cookie, "Origin", "https://wall.example.evil.example"}, false},
		"an opaque origin":                       {"POST", "/boards", []string{"Cookie", cookie, "Origin", "null"}, false},
		"PUT":                                    {"PUT", "/api/v1/x", []string{"Cookie", cookie}, false},
		"PATCH":                                  {"PATCH", "/api/v1/x", []string{"Cookie", cookie}, false},
		"DELETE":                                 {"DELETE", "/api/v1/x", []string{"Cookie", cookie}, false},
		"reading needs none":                     {"GET", "/boards", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}, true},
		"HEAD neither":                           {"HEAD", "/boards", []string{"Cookie", cookie}, true},
		"nor OPTIONS":                            {"OPTIONS", "/api/v1/x", []string{"Cookie", cookie}, true},
		"without a cookie there's nothing to do": {"POST", "/api/v1/boards", nil, true},
		"sign-in always needs one":               {"POST", "/sign-in", nil, false},
		"sign-up always needs one":               {"POST", "/api/auth/sign-up", nil, false},
		"sign-up however it is written":          {"POST", "/api/auth/%73ign-up", nil, false},
		"setting out to a provider":              {"GET", "/api/auth/login/google", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}, true},
		"coming back from it":                    {"GET", "/api/auth/callback/google?state=x&purpose=link", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}, true},
		"setting out to link":                    {"GET", "/api/auth/login/google?purpose=link", []string{"Cookie", cookie, "Sec-Fetch-Site", "same-origin"}, true},
		"setting out to link from another site":  {"GET", "/api/auth/login/google?purpose=link", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}, false},
		"setting out to link without a sign":     {"GET", "/api/auth/login/google?a=b&purpose=link", []string{"Cookie", cookie}, false},
		"however the link is written":            {"GET", "/api/auth/login/google?%70urpose=lin%6b", []string{"Cookie", cookie}, false},
		"setting out to link from an old page":   {"GET", "/api/auth/login/google?purpose=link", []string{"Cookie", cookie, "Referer", public + "/account"}, true},
		"a foreign page's Referer":               {"GET", "/api/auth/login/google?purpose=link", []string{"Cookie", cookie, "Referer", public + ".evil.example/"}, false},
		"a Referer is no sign for a change":      {"POST", "/boards", []string{"Cookie", cookie, "Referer", public + "/boards"}, false},
		"sign-in from our page":                  {"POST", "/sign-in", []string{"Origin", public}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), c.method, address+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = "wall.example"
			for i := 0; i < len(c.header); i += 2 {
				r.Header.Set(c.header[i], c.header[i+1])
			}
			res, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if c.allowed != (res.StatusCode == http.StatusOK) {
				t.Errorf("status %d", res.StatusCode)
			}
			var doc problem.Document
			if !c.allowed && (json.NewDecoder(res.Body).Decode(&doc) != nil || doc.Status != 403 || doc.Code != "cross_site" || doc.RequestID == "") {
				t.Errorf("got %+v", doc)
			}
		})
	}
}

func TestOriginIsThePublicURLs(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{"https://wall.example", "http://wall.example", "http://localhost:3000"} {
		where, err := url.Parse(origin)
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, wall(t, origin)+"/boards", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = where.Host
		r.Header.Set("Cookie", "session=abc")
		r.Header.Set("Origin", origin)
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", origin, res.StatusCode)
		}
	}
}
