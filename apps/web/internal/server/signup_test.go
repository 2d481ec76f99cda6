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
	if got := v.get("/sign-up"); got.find(t, "form").Length() != 0 || got.find(t, `a[href^="/api/auth/login/"]`).Length() != 0 || !strings.Contains(got.find(t, "main").Text(), "takes no new people") {
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
	if got := v.signUp("Ada", "ada@FERNWAY.example"); got.status != http.StatusForbidden {
		t.Errorf("an e-mail as typed: %d", got.status)
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

// invited has an invitation on its way to an e-mail, whose link has the secret.
func (h house) invited(t *testing.T, email string) {
	h.exec(t, `INSERT INTO mail_tokens (id, purpose, email, hash, expires_at)
		VALUES (gen_random_uuid(), 'invite', '`+email+`', sha256('`+secret+`'), now() + interval '1 day')`)
}

func TestDomainIsNotBelievedAsTyped(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t), signUpRules(identity.SignUpOpen, "fernway.example"))
	v := h.visitor(t)
	refused := v.signUp("Mallory", "nobody@fernway.example")
	if refused.status != http.StatusForbidden || !strings.Contains(refused.alert(t), "Use one of the buttons here, or ask whoever runs this Cardwall for an invitation.") {
		t.Errorf("%d %q", refused.status, refused.alert(t))
	}
	for name, page := range map[string]page{"refused": refused, "fresh": v.get("/sign-up")} {
		if page.find(t, "form").Length() != 0 || page.find(t, `main a[href^="/api/auth/login/"]`).Length() != 3 || !strings.Contains(page.find(t, "main").Text(), "for an invitation") {
			t.Errorf("the %s page: %s", name, page.find(t, "main").Text())
		}
	}
	if got := v.get("/sign-in"); got.find(t, `main a[href="/sign-up"]`).Length() != 1 {
		t.Error("the sign-in page leads nobody to the buttons")
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM sessions)"); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestDomainsWithoutProvidersTakePeopleByInvitation(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpOpen, "fernway.example"), func(c *identity.Config) { c.Providers = nil })
	v := h.visitor(t)
	if got := v.signUp("Mallory", "nobody@fernway.example"); got.status != http.StatusForbidden || strings.Contains(got.alert(t), "button") || !strings.Contains(got.alert(t), "takes an invitation") {
		t.Errorf("%d %q", got.status, got.alert(t))
	}
	if got := v.get("/sign-up"); got.find(t, "form").Length() != 0 || !strings.Contains(got.find(t, "main").Text(), "by invitation") {
		t.Errorf("the page: %s", got.find(t, "main").Text())
	}
	for _, path := range []string{"/", "/sign-in"} {
		if v.get(path).find(t, `main a[href^="/sign-up"]`).Length() != 0 {
			t.Errorf("%s leads to the sign-up", path)
		}
	}
}

func TestInvitationProvesTheEmailThatADomainAsksFor(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t), signUpRules(identity.SignUpOpen, "fernway.example"))
	h.invited(t, "ada@fernway.example")
	v := h.visitor(t)
	if got := v.get("/sign-up?invitation=" + secret); got.find(t, `form input[name="invitation"][value="`+secret+`"]`).Length() != 1 || got.find(t, `form input[name="email"][value="ada@fernway.example"]`).Length() != 1 {
		t.Errorf("the page doesn't know whom it was sent to: %s", got.body)
	}
	signUp := func(email, invitation string) page {
		return v.post("/api/auth/sign-up", "name", "Ada", "email", email, "password", rightPassword, "invitation", invitation)
	}
	for name, c := range map[string]struct {
		email, invitation string
		status            int
		says              string
	}{
		"another_of_the_domain": {"boss@fernway.example", secret, http.StatusBadRequest, "That invitation went to another e-mail."},
		"another_domain":        {"ada@example.org", secret, http.StatusBadRequest, "use an e-mail at fernway.example."},
		"none_of_ours":          {"ada@fernway.example", "made-up", http.StatusForbidden, "That invitation was used already"},
	} {
		if got := signUp(c.email, c.invitation); got.status != c.status || !strings.Contains(got.body, c.says) {
			t.Errorf("%s: %d %s", name, got.status, got.find(t, "main").Text())
		}
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) * 10 + (SELECT count(*) FROM mail_tokens)"); n != 1 {
		t.Errorf("people and invitations: %d", n)
	}
	if got := signUp("Ada@Fernway.example", secret); got.location != "/boards" || query[int](t, h, "SELECT count(*) FROM people WHERE email_verified_at IS NOT NULL") != 1 {
		t.Errorf("%d %s", got.status, got.find(t, "main").Text())
	}
}

func TestEmailIsChangedWithinTheDomainsOnly(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t), signUpRules(identity.SignUpOpen, "fernway.example"))
	h.invited(t, "ada@fernway.example")
	v := h.visitor(t)
	v.post("/api/auth/sign-up", "name", "Ada", "email", "ada@fernway.example", "password", rightPassword, "invitation", secret)
	if got := v.post("/account/email", "email", "ada@evil.example", "email-password", rightPassword); got.status != http.StatusBadRequest || !strings.Contains(got.body, "Here, an e-mail is at fernway.example.") {
		t.Errorf("%d %s", got.status, got.location)
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM mail_tokens) + (SELECT count(*) FROM audit WHERE what = 'email_change_asked')"); n != 0 {
		t.Errorf("%d rows", n)
	}
	if got := v.post("/account/email", "email", "ada.l@fernway.example", "email-password", rightPassword); got.location != "/account?done=email" {
		t.Errorf("within the domain: %d %s", got.status, got.body)
	}
}

func TestInvitationLetsOnePersonInThroughAProvider(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpInvite))
	h.invited(t, "somebody@example.org")
	first, second := h.visitor(t), h.visitor(t)
	callback := second.consent(second.leave("oidc", "?invitation="+secret), tomas) // on the way while the first comes in
	if got := first.arrive("google", wren, "?invitation="+secret); got.location != "/boards" {
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
