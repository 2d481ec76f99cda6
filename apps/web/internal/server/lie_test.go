package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/fakeidp"
)

// unhurried makes the wait of flows so long that no test runs into its end.
func unhurried(c *identity.Config) {
	c.Limits = identity.DefaultLimits()
	c.Limits.Flow = identity.Limit{Free: 3, FirstWait: time.Hour, LongestWait: 4 * time.Hour, Memory: 8 * time.Hour}
}

// Each is a clear page or problem, no session, nothing leaked.
func TestProviderThatIsDownLiesOrAnswersGarbage(t *testing.T) {
	t.Parallel()
	claim := func(name string, value any) func(*fakeidp.Server) {
		return func(idp *fakeidp.Server) { idp.ChangeIDToken(func(claims map[string]any) { claims[name] = value }) }
	}
	fail := func(e fakeidp.Endpoint, how http.HandlerFunc) func(*fakeidp.Server) {
		return func(idp *fakeidp.Server) { idp.Fail(e, how) }
	}
	for name, c := range map[string]struct {
		provider string
		wrong    func(*fakeidp.Server)
		code     string
	}{
		"down":                         {"oidc", (*fakeidp.Server).Down, "provider_away"},
		"down_google":                  {"google", (*fakeidp.Server).Down, "provider_away"},
		"garbage_for_the_code":         {"oidc", fail(fakeidp.OIDCToken, fakeidp.Garbage), "provider_away"},
		"out_of_order":                 {"github", fail(fakeidp.GitHubToken, fakeidp.Status(500)), "provider_away"},
		"hangs_up":                     {"google", fail(fakeidp.GoogleToken, fakeidp.HangUp), "provider_away"},
		"garbage_about_the_person":     {"github", fail(fakeidp.GitHubUser, fakeidp.Garbage), "provider_away"},
		"another_issuer":               {"oidc", claim("iss", "https://evil.example"), "provider_refused"},
		"for_another_client":           {"google", claim("aud", "somebody-else"), "provider_refused"},
		"another_nonce":                {"oidc", claim("nonce", "replayed"), "provider_refused"},
		"expired":                      {"google", claim("exp", time.Now().Add(-time.Hour).Unix()), "provider_refused"},
		"an_email_with_two_@":          {"oidc", claim("email", "ines@@example.org"), "provider_garbled"},
		"an_email_with_two_@_in_parts": {"google", claim("email", "ines@evil.example@example.org"), "provider_garbled"},
		"an_email_with_a_line_break":   {"oidc", claim("email", "ines@example.org\r\nBcc: all@example.org"), "provider_garbled"},
		"a_subject_with_NUL":           {"oidc", claim("sub", "1\x002"), "provider_garbled"},
		"a_subject_beyond_measure":     {"google", claim("sub", strings.Repeat("1", 256)), "provider_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			browser, program := h.visitor(t), h.visitor(t)
			callback, other := browser.consent(browser.leave(c.provider, ""), ines), program.consent(program.leave(c.provider, ""), ines)
			c.wrong(h.idp)
			drawn := browser.back(callback)
			if drawn.status < 400 || drawn.find(t, "h1").Text() != "Sign in" || drawn.alert(t) == "" || drawn.find(t, "form").Length() != 1 {
				t.Errorf("%d %s", drawn.status, drawn.body)
			}
			told := program.send(http.MethodGet, other, nil).problem()
			if told.Code != c.code || told.Status != drawn.status || told.Detail != drawn.alert(t) {
				t.Errorf("%+v, and the page says %q", told, drawn.alert(t))
			}
			code := address(t, callback).Query().Get("code")
			for _, secret := range []string{code, h.idp.URL(), "evil.example", "id_token", "out of order", fakeidp.ClientSecret, "goth", "oauth2"} {
				if strings.Contains(drawn.body, secret) || strings.Contains(told.Detail, secret) {
					t.Errorf("it tells %q", secret)
				}
			}
			if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM sessions) + (SELECT count(*) FROM flows)"); n != 0 {
				t.Errorf("%d rows are left", n)
			}
			if browser.back(callback).alert(t) != over {
				t.Error("the flow lives on")
			}
		})
	}
}

func TestProviderThatIsDownDisablesOnlyItsOwnButton(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.idp.Fail(fakeidp.OIDCDiscovery, fakeidp.Status(503))
	v := h.visitor(t)
	got := v.get("/api/auth/login/oidc?return_to=/boards/1")
	if got.status != http.StatusServiceUnavailable || !strings.Contains(got.alert(t), "Fernway can't be reached") || got.find(t, `input[name="return_to"]`).AttrOr("value", "") != "/boards/1" {
		t.Errorf("%d %q", got.status, got.alert(t))
	}
	if page := v.get("/sign-in"); page.status != http.StatusOK || page.find(t, `a[href^="/api/auth/login/"]`).Length() != 3 {
		t.Errorf("the page suffers: %d", page.status)
	}
	if other := v.arrive("github", ines); other.location != "/boards" {
		t.Errorf("another provider suffers: %d", other.status)
	}
}

func TestWhoeverSaysNoAtTheProviderIsToldSo(t *testing.T) {
	t.Parallel()
	h := open(t)
	for word, want := range map[string]struct {
		status int
		alert  string
	}{
		"access_denied":           {401, "Fernway didn't sign you in. Try again, or sign in another way."},
		"<script>alert(1)":        {401, "Fernway didn't sign you in. Try again, or sign in another way."},
		"temporarily_unavailable": {503, "Fernway can't be reached just now. Sign in another way, or try again."},
	} {
		v := h.visitor(t)
		state := address(t, v.leave("oidc", "?return_to=/boards/1")).Query().Get("state")
		got := v.back("/api/auth/callback/oidc?" + url.Values{"state": {state}, "error": {word}, "error_description": {"Call 555-1234"}, "code": {"x"}}.Encode())
		if got.status != want.status || got.alert(t) != want.alert || strings.Contains(got.body, "555") || got.find(t, "main script").Length() != 0 {
			t.Errorf("%s: %d %q", word, got.status, got.alert(t))
		}
		if got.find(t, `a[href="/api/auth/login/oidc?return_to=%2Fboards%2F1"]`).Length() != 1 {
			t.Errorf("%s: the way on is lost", word)
		}
	}
	if asked := h.idp.Asked(fakeidp.OIDCToken); len(asked) != 0 {
		t.Error("a code that came with an error was used")
	}
}

func TestNameThatCannotBeShownIsMended(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		" Ines\r\n\u202eMoreau\x00 ": "Ines Moreau", strings.Repeat("é", 101): strings.Repeat("é", 100), "\u200b": "ines",
	} {
		h := open(t)
		h.idp.ChangeIDToken(func(claims map[string]any) { claims["name"] = given })
		v := h.visitor(t)
		v.arrive("oidc", ines)
		if got := v.who().Person.Name; got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}
