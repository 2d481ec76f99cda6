package server_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
)

func TestLinkThatWasDroppedSaysThatNothingWasLinked(t *testing.T) {
	t.Parallel()
	for name, drop := range map[string]func(h house, v *visitor){
		"by_a_new_password":        func(_ house, v *visitor) { v.changePassword() },
		"by_ending_other_sessions": func(_ house, v *visitor) { v.post("/account/sessions-end") },
		"by_signing_out": func(_ house, v *visitor) {
			v.post("/api/auth/sign-out")
			v.signIn("ada@example.org")
		},
		"by_time": func(h house, _ *visitor) {
			h.exec(t, "UPDATE flows SET created_at = now() - interval '11 minutes', expires_at = now() - interval '1 minute'")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			v := h.visitor(t)
			v.signUp("Ada", "ada@example.org")
			callback := v.consent(v.leave("oidc", toLink), ines)
			drop(h, v)
			for range 2 { // the second tab too
				got := v.back(callback)
				if got.status < 400 || got.find(t, "h1").Text() != "Your account" || !strings.Contains(strings.ToLower(got.body), "nothing was linked") {
					t.Errorf("%d to %q: %s", got.status, got.location, got.body)
				}
			}
		})
	}
}

// The first renews the session that the second came with, after the second's link is written.
func TestLinksThatComeBackAtOnceBothSayThatTheyAreThere(t *testing.T) {
	t.Parallel()
	o := &overtaken{}
	h := open(t, func(c *identity.Config) { o.Store, c.Store = c.Store, o })
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	first, second := v.consent(v.leave("oidc", toLink), ines), v.consent(v.leave("github", toLink), wren)
	o.arrived = func() {
		if got := v.back(first); got.location != "/boards" {
			t.Errorf("the first: %d %s", got.status, got.body)
		}
	}
	if got := v.back(second); got.location != "/boards" {
		t.Errorf("the second: %d %s", got.status, got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM accounts WHERE issuer <> 'password'"); n != 2 || v.who().Person.Name != "Ada" {
		t.Errorf("%d are linked, and %+v is signed in", n, v.who())
	}
}

// Here the second isn't written yet, and can't be: the session that it was begun in is another by now.
func TestLinkWhoseSessionAnotherTabRenewsSaysSo(t *testing.T) {
	t.Parallel()
	o := &overtaken{}
	h := open(t, func(c *identity.Config) { o.Store, c.Store = c.Store, o })
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	first, second := v.consent(v.leave("oidc", toLink), ines), v.consent(v.leave("github", toLink), wren)
	o.arriving = func() { v.back(first) }
	if got := v.back(second); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "ended or was renewed meanwhile, so nothing was linked") {
		t.Errorf("%d %s", got.status, got.body)
	}
}
