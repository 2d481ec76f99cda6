package server_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
)

func (h house) github(t *testing.T) string {
	t.Helper()
	return query[string](t, h, "SELECT id::text FROM accounts WHERE provider = 'github'")
}

func TestUnlinkingTakesARecentSignIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	v.arrive("github", wren, toLink)
	h.longAgo(t)
	page := v.get("/account")
	if page.find(t, `form[action="/account/unlink"]`).Length() != 0 || page.find(t, `a[href="/account/again?return_to=%2Faccount"]:contains("Unlink")`).Length() != 1 {
		t.Errorf("the button leads elsewhere: %s", page.body)
	}
	if got := v.post("/account/unlink", "id", h.github(t)); got.status != http.StatusConflict {
		t.Errorf("a form of before: %d to %q", got.status, got.location)
	}
	v.post("/account/again", "password", rightPassword)
	if page := v.get("/account"); page.find(t, `form[action="/account/unlink"]`).Length() != 1 {
		t.Errorf("after the password: %s", page.body)
	}
	if got := v.post("/account/unlink", "id", h.github(t)); got.location != "/account?done=unlink" {
		t.Errorf("after the password: %d %s", got.status, got.body)
	}
}

// Whoever got in by the account that is taken away would stay in for up to 30 days.
func TestUnlinkingEndsAllOtherSessionsAndLinks(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	owner, thief := h.visitor(t), h.visitor(t)
	owner.signUp("Ada", "ada@example.org")
	owner.arrive("github", wren, toLink)
	thief.arrive("github", wren)
	thief.post("/account/verify")
	begun := thief.consent(thief.leave("oidc", toLink), ines)
	before := owner.session()
	if got := owner.post("/account/unlink", "id", h.github(t)); got.location != "/account?done=unlink" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := thief.get("/api/auth/session"); got.status != http.StatusUnauthorized {
		t.Errorf("the other is signed in still: %d", got.status)
	}
	if owner.session() == before || owner.who().Person.Name != "Ada" {
		t.Error("this session keeps its id, or has ended")
	}
	thief.back(begun)
	if n := query[string](t, h, "SELECT (SELECT count(*) FROM flows) || ' ' || (SELECT count(*) FROM mail_tokens) || ' ' || (SELECT count(*) FROM accounts)"); n != "0 0 1" {
		t.Errorf("flows, mailed links and ways in: %s", n)
	}
	if got := query[string](t, h, "SELECT details->>'why' FROM audit WHERE what = 'signed_out'"); got != "account unlinked" {
		t.Errorf("the audit says %q", got)
	}
}

func TestUnlinkingInFlightEndsWithItsSession(t *testing.T) {
	t.Parallel()
	o := &overtaken{}
	h := open(t, func(c *identity.Config) { o.Store, c.Store = c.Store, o })
	owner, thief := h.visitor(t), h.visitor(t)
	owner.signUp("Ada", "ada@example.org")
	owner.arrive("github", wren, toLink)
	thief.arrive("github", wren)
	o.unlinked = func() { owner.post("/account/sessions-end") }
	if got := thief.post("/account/unlink", "id", h.github(t)); got.status != http.StatusUnauthorized {
		t.Errorf("%d to %q", got.status, got.location)
	}
	if owner.who().Person.Name != "Ada" || h.github(t) == "" {
		t.Error("it was unlinked, or the owner shut out")
	}
}

// Once OIDC_ISSUER is another, the identities of the one before let nobody in, though the provider is called the same.
func TestAccountOfAnIssuerOfBeforeIsNoWayIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("github", ines)
	v.arrive("oidc", wren, toLink)
	h.exec(t, "UPDATE accounts SET issuer = 'https://before.example' WHERE provider = 'oidc'")
	if got := v.get("/account"); !strings.Contains(got.find(t, "#sign-in").Text(), "before.example") || got.find(t, `a[href="/api/auth/login/oidc?purpose=link"]`).Length() != 1 {
		t.Errorf("the page: %s", got.find(t, "#sign-in").Text())
	}
	if got := v.post("/account/unlink", "id", h.github(t)); got.status != http.StatusConflict || !strings.Contains(got.body, "your only way in") {
		t.Errorf("the last: %d to %q", got.status, got.location)
	}
	h.longAgo(t)
	if ways := v.get("/account/again").find(t, `main a[href^="/api/auth/login/"]`); ways.Length() != 1 || !strings.HasPrefix(ways.AttrOr("href", ""), "/api/auth/login/github") {
		t.Errorf("to sign in again: %q", ways.Text())
	}
}

func TestDeletionNamesTheAccount(t *testing.T) {
	t.Parallel()
	v := open(t).visitor(t)
	v.signUp("Ada Moreau", "ada@example.org")
	if got := v.get("/account/delete").find(t, "main").Text(); !strings.Contains(got, "the account of Ada Moreau, ada@example.org.") {
		t.Errorf("%s", got)
	}
}
