package server_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/packages/fakeidp"
)

// longAgo makes every sign-in too old to be a proof.
func (h house) longAgo(t *testing.T) {
	t.Helper()
	h.exec(t, "UPDATE sessions SET created_at = now() - interval '11 minutes'")
}

func TestLinkIsBegunAfterARecentSignInOnly(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	if got := v.get("/account").find(t, `a[href="/api/auth/login/github?purpose=link"]`).Length(); got != 1 {
		t.Errorf("just signed in: %d buttons", got)
	}
	h.longAgo(t)
	if got := v.get("/account"); got.find(t, `a[href*="purpose=link"]`).Length() != 0 || got.find(t, `a[href="/account/again?return_to=%2Faccount"]`).Length() != 3 {
		t.Errorf("the buttons lead elsewhere: %s", got.body)
	}
	if got := v.get("/api/auth/login/github" + toLink); got.status != http.StatusSeeOther || got.location != "/account/again?return_to=%2Faccount" {
		t.Errorf("a page: %d to %q", got.status, got.location)
	}
	if got := v.get("/api/auth/login/github"+toLink, "Accept", "application/json"); got.status != http.StatusConflict || got.problem().Code != "sign_in_again" {
		t.Errorf("a program: %d %s", got.status, got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows"); n != 0 {
		t.Errorf("%d flows", n)
	}
	if got := v.post("/account/again", "password", rightPassword); got.location != "/account?done=again" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := v.arrive("github", wren, toLink); got.location != "/boards" {
		t.Errorf("after the password: %d %s", got.status, got.body)
	}
}

// Whoever comes back as another is about to change or delete an account that they don't mean.
func TestSigningInAgainAsSomebodyElseProvesNothing(t *testing.T) {
	t.Parallel()
	for name, as := range map[string]string{"as_a_person_who_is_here": tomas, "as_somebody_new": wren} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.visitor(t).arrive("google", tomas)
			v := h.visitor(t)
			v.arrive("google", ines)
			before, id := v.who(), v.session()
			h.longAgo(t)
			to := v.get("/account/again?return_to=/account/delete").find(t, `main a[href^="/api/auth/login/google"]`).AttrOr("href", "")
			_, asked, _ := strings.Cut(to, "google")
			got := v.arrive("google", as, asked)
			if got.status != http.StatusForbidden || got.find(t, "h1").Text() != "Your account" || !strings.Contains(got.body, "no way into this account") {
				t.Errorf("%d to %q: %s", got.status, got.location, got.body)
			}
			if v.who() != before || v.session() != id {
				t.Errorf("%+v became %+v", before, v.who())
			}
			if got := v.post("/account/password", "password", rightPassword); got.status != http.StatusConflict {
				t.Errorf("it counts as a proof: %d", got.status)
			}
			if n := query[int](t, h, "SELECT count(*) FROM people"); n != 2 {
				t.Errorf("%d people", n)
			}
			if !strings.Contains(h.audit(t), "sign_in_failed Ines Moreau") || !strings.Contains(h.audit(t), "another_person") {
				t.Errorf("the audit says %s", h.audit(t))
			}
		})
	}
}

func TestSomebodyWithoutAPasswordSignsInAgainWithTheirProvider(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", ines)
	v.arrive("google", wren, toLink) // one button leads to both
	h.longAgo(t)
	page := v.get("/account/again?return_to=/account/delete")
	if ways := page.find(t, `main a[href^="/api/auth/login/"]`); ways.Length() != 1 || page.find(t, `input[type="password"]`).Length() != 0 {
		t.Fatalf("%s", page.find(t, "main").Text())
	}
	to := page.find(t, `main a[href^="/api/auth/login/google"]`).AttrOr("href", "")
	_, query, _ := strings.Cut(to, "google")
	if got := v.arrive("google", ines, query); got.location != "/account/delete" {
		t.Errorf("it leads to %q", got.location)
	}
	if got := v.post("/account/password", "password", rightPassword); got.location != "/account?done=password" {
		t.Errorf("a first password afterwards: %d %s", got.status, got.body)
	}
}

// A browser left open is no proof, and neither is its being signed in at the provider too.
func TestSigningInAgainTakesAProviderThatAsks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		asking fakeidp.Asking
		shown  bool   // the provider's page
		leads  string // without it
	}{
		"that_asks":         {fakeidp.Asks, true, ""},
		"that_asks_nothing": {fakeidp.Ignores, false, ""},
		"that_lies":         {fakeidp.Lies, false, "/account/delete"}, // whose word it is that counts
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			v := h.visitor(t)
			v.arrive("oidc", ines)
			before := v.session()
			h.longAgo(t)
			h.idp.ConsentAs(ines)
			h.idp.Ask(c.asking)
			at := v.leave("oidc", "?purpose=prove&return_to=/account/delete")
			there := v.get(at)
			if shown := there.location == ""; shown != c.shown {
				t.Fatalf("%d to %q", there.status, there.location)
			}
			if c.shown {
				if got := v.back(v.consent(at, ines)); got.location != "/account/delete" {
					t.Errorf("%d to %q: %s", got.status, got.location, got.body)
				}
				return
			}
			got := v.back(there.location)
			if got.location != c.leads || c.leads == "" && (!strings.Contains(got.body, "did not ask who you are") || v.session() != before) {
				t.Errorf("%d to %q: %s", got.status, got.location, got.body)
			}
			if proved := v.post("/account/password", "password", rightPassword).status == http.StatusSeeOther; proved != (c.leads != "") {
				t.Errorf("it counts as a proof: %v", proved)
			}
		})
	}
}
