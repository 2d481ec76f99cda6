package server_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/fakeidp"
)

func signUpRules(mode identity.SignUpMode, domains ...string) func(*identity.Config) {
	return func(c *identity.Config) { c.SignUp = identity.SignUpRules{Mode: mode, Domains: domains} }
}

func TestSignUpClosedTakesNobodyNew(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpClosed))
	v := h.visitor(t)
	const sentence = "Nobody new can join here just now."
	for way, got := range map[string]page{"password": v.signUp("Ada", "ada@example.org"), "provider": v.arrive("oidc", ines)} {
		if got.status != http.StatusForbidden || !strings.Contains(got.alert(t), sentence) {
			t.Errorf("%s: %d %q", way, got.status, got.alert(t))
		}
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM sessions)"); n != 0 {
		t.Errorf("%d rows", n)
	}
	for _, page := range []string{"/", "/sign-in"} {
		if v.get(page).find(t, `main a[href^="/sign-up"]`).Length() != 0 {
			t.Errorf("%s leads to the sign-up", page)
		}
	}
	if got := v.get("/sign-up"); got.find(t, "form").Length() != 0 || got.find(t, `a[href^="/api/auth/login/"]`).Length() != 0 || !strings.Contains(got.find(t, "main").Text(), "takes nobody new just now") {
		t.Errorf("the sign-up page: %d %s", got.status, got.find(t, "main").Text())
	}
}

func TestWhoIsInAlreadyComesInWhateverTheMode(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpClosed, "fernway.example"))
	h.exec(t, "INSERT INTO people (id, name, email, email_verified_at) VALUES ('0198f2a0-0000-7000-8000-000000000001', 'Ines', 'ines@example.org', now())")
	v := h.visitor(t)
	for _, provider := range []string{"google", "google", "oidc"} { // joined, known, joined
		if got := v.arrive(provider, ines); got.location != "/boards" || v.who().Person.Name != "Ines" {
			t.Errorf("%s: %d %s", provider, got.status, got.alert(t))
		}
	}
	if got := v.arrive("github", wren, toLink); got.location != "/boards" {
		t.Errorf("linking: %d", got.status)
	}
}

func TestSignUpByInvitationTakesOne(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpInvite))
	v := h.visitor(t)
	for way, got := range map[string]page{"password": v.signUp("Ada", "ada@example.org"), "provider": v.arrive("oidc", ines)} {
		if got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "takes an invitation") {
			t.Errorf("%s: %d %q", way, got.status, got.alert(t))
		}
	}
	for way, got := range map[string]page{
		"password": v.post("/api/auth/sign-up", "name", "Ada", "email", "ada@example.org", "password", rightPassword, "invitation", "made-up"),
		"provider": v.arrive("oidc", ines, "?invitation=made-up"),
	} {
		if got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "That invitation was used already") {
			t.Errorf("%s with one that is none: %d %q", way, got.status, got.alert(t))
		}
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM sessions)"); n != 0 {
		t.Errorf("%d rows", n)
	}
	if got := v.get("/sign-up"); got.find(t, "form").Length() != 0 || !strings.Contains(got.find(t, "main").Text(), "by invitation") {
		t.Errorf("the page without one: %s", got.find(t, "main").Text())
	}
	got := v.get("/sign-up?invitation=abc&return_to=/boards/1")
	if got.find(t, `input[name="invitation"][value="abc"]`).Length() != 1 || got.find(t, `a[href="/api/auth/login/oidc?invitation=abc&return_to=%2Fboards%2F1"]`).Length() != 1 {
		t.Errorf("the page with one: %s", got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows f WHERE strpos(f::text, 'made-up') > 0"); n != 0 {
		t.Error("a flow's row holds an invitation")
	}
}

func TestSignUpDomainsCountOnlyWhereAProviderVouchesForThem(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpOpen, "fernway.example", "example.net"))
	v := h.visitor(t)
	if got := v.signUp("Ada", "ada@example.org"); got.status != http.StatusBadRequest || got.find(t, "#email-fault").Text() == "" || !strings.Contains(got.body, "at fernway.example or example.net.") {
		t.Errorf("a password: %d", got.status)
	}
	if got := v.signUp("Ada", "ada@FERNWAY.example"); got.location != "/boards" {
		t.Errorf("a password at the domain: %d", got.status)
	}
	for name, c := range map[string]struct {
		email    string
		verified bool
		in       bool
	}{
		"elsewhere": {"a@example.org", true, false}, "unverified": {"a@fernway.example", false, false}, "none": {"", false, false},
		"a_subdomain": {"a@x.fernway.example", true, false}, "a_suffix": {"a@notfernway.example", true, false}, "verified": {"a@Fernway.Example", true, true},
	} {
		h.idp.SetPerson(fakeidp.Person{Subject: name, Email: c.email, EmailVerified: c.verified, Name: name})
		got := h.visitor(t).arrive("oidc", name)
		if c.in != (got.location == "/boards") || !c.in && (got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "your Fernway account needs a verified e-mail at fernway.example or example.net.")) {
			t.Errorf("%s: %d %q", name, got.status, got.alert(t))
		}
	}
}

func TestInvitationLetsOnePersonInThroughAProvider(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpInvite))
	h.exec(t, `INSERT INTO mail_tokens (id, purpose, email, hash, expires_at)
		VALUES (gen_random_uuid(), 'invite', 'somebody@example.org', sha256('brought'), now() + interval '1 day')`)
	first, second := h.visitor(t), h.visitor(t)
	callback := second.consent(second.leave("oidc", "?invitation=brought"), tomas) // on the way while the first comes in
	if got := first.arrive("google", wren, "?invitation=brought"); got.location != "/boards" {
		t.Fatalf("%d %s", got.status, got.alert(t))
	}
	if got := second.back(callback); got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "That invitation was used already") {
		t.Errorf("the second: %d %q", got.status, got.alert(t))
	}
	if got := first.arrive("google", wren); got.location != "/boards" {
		t.Errorf("coming back takes no other: %d", got.status)
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) * 10 + (SELECT count(*) FROM mail_tokens)"); n != 10 {
		t.Errorf("people and invitations: %d", n)
	}
}
