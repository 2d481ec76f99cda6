package server_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/session"
)

// Whoever is a guest has no cookie that a sign could be asked for, and still must not be signed in as somebody else.
func TestAnotherSiteCannotSignAVisitorInOrUp(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.visitor(t).signUp("Ada", "ada@example.org")
	before := h.state(t)
	for form, fields := range map[string]map[string][]string{
		"/api/auth/sign-in": {"email": {"ada@example.org"}, "password": {rightPassword}},
		"/api/auth/sign-up": {"name": {"Eve"}, "email": {"eve@example.org"}, "password": {rightPassword}},
	} {
		for name, header := range map[string][]string{"another_site": {"Sec-Fetch-Site", "cross-site"}, "another_origin": {"Origin", "https://evil.example"}, "no_sign": nil} {
			got := h.visitor(t).send(http.MethodPost, form, fields, append(header, "Content-Type", "application/x-www-form-urlencoded")...)
			if got.status != http.StatusForbidden || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s, %s: %d", form, name, got.status)
			}
		}
	}
	if h.state(t) != before {
		t.Error("something changed")
	}
}

// A GET that another site makes a browser send must not do anything, whoever is signed in there.
func TestNoGETButAProvidersChangesAnything(t *testing.T) {
	t.Parallel()
	for _, what := range []identity.Occasion{identity.OnReset, identity.OnVerify, identity.OnInvite} {
		h, v := mailed(t, what)
		before := h.state(t)
		for _, path := range append(apiPaths(),
			"/", "/boards", "/avatars/"+strings.Repeat("0", 64), "/sign-in", "/sign-up?invitation="+secret, "/forgotten", "/forgotten/sent",
			"/reset?token="+secret, "/reset/done", "/verify?token="+secret, "/verify/done", "/verify/sent", "/goodbye", "/account",
			"/account/activity", "/account/again", "/account/delete", "/account/name", "/account/email", "/account/password", "/account/session-end",
			"/account/sessions-end", "/account/unlink", "/account/avatar", "/account/avatar-remove",
			"/account/keys-off", "/account/keys-on", "/keys",
		) {
			for _, visitor := range []*visitor{v, h.visitor(t)} {
				visitor.get(path, "Sec-Fetch-Site", "cross-site")
				if h.state(t) != before {
					t.Fatalf("GET %s changed something", path)
				}
			}
		}
	}
}

// apiPaths are those of the sign-in API but for the ways through a provider, whatever method each is for.
func apiPaths() (paths []string) {
	guard := session.NewGuard(nil, slog.New(slog.DiscardHandler))
	for _, route := range rest.Routes(rest.Config{Identity: identity.New(identity.Config{}), Guard: guard, JWKS: func() ([]byte, error) { return nil, nil }}) {
		paths = append(paths, route.Path+"?token="+secret)
	}
	return paths
}

// state is a digest of all that is kept.
func (h house) state(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, table := range query[[]string](t, h, "SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'auth'") {
		all.WriteString(query[string](t, h, fmt.Sprintf("SELECT md5(coalesce(string_agg(row::text, ' ' ORDER BY row::text), '')) FROM %s AS row", table)))
	}
	return all.String()
}

func TestSecurityHeadersAreOnPagesAndErrors(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	nonces := map[string]bool{}
	for path, status := range map[string]int{"/": 200, "/account": 200, "/boards": 502, "/nothing-here": 404, "/account/nothing": 404, "/%2f": 400, "/api/auth/session": 200, "/api/v1/boards": 502} {
		got := v.get(path)
		policy := got.header.Get("Content-Security-Policy")
		if got.status != status || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %d, policy %q", path, got.status, policy)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000",
		} {
			if got := got.header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if _, after, page := strings.Cut(policy, "'nonce-"); page {
			nonce, _, _ := strings.Cut(after, "'")
			if nonces[nonce] {
				t.Errorf("%s: the nonce of another answer", path)
			}
			nonces[nonce] = true
		}
	}
	if len(nonces) < 4 {
		t.Errorf("%d pages had a nonce", len(nonces))
	}
}
