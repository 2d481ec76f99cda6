package server_test

import (
	"io"
	"net/http"
	netmail "net/mail"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/mail"
)

// secret is one as links have it.
var secret = strings.Repeat("A", 43)

// canMail lets mails go into a folder.
func canMail(t *testing.T) func(*identity.Config) {
	return func(c *identity.Config) {
		sender := mail.Sender{From: netmail.Address{Address: "cardwall@fernway.example"}, Site: address(t, c.PublicURL)}
		c.Post = mail.NewFolder(sender, t.TempDir(), io.Discard)
	}
}

// mailed has Ada signed up, and mailed a link for that with the secret.
func mailed(t *testing.T, what identity.Occasion) (house, *visitor) {
	t.Helper()
	h := open(t, canMail(t))
	v := h.visitor(t)
	if got := v.signUp("Ada", "ada@example.org"); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	h.exec(t, "DELETE FROM mail_tokens")
	h.exec(t, `INSERT INTO mail_tokens (id, purpose, person_id, email, hash, expires_at)
		SELECT gen_random_uuid(), '`+string(what)+`', id, email, sha256('`+secret+`'), now() + interval '1 hour' FROM people`)
	return h, v
}

func TestForgottenIsAGuestsPage(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	guest := h.visitor(t)
	if got := guest.get("/sign-in").find(t, `a[href="/forgotten"]`).Text(); got != "Forgot it?" {
		t.Errorf("the sign-in page's link says %q", got)
	}
	page := guest.get("/forgotten")
	if page.status != http.StatusOK || page.find(t, `form[method="post"][action="/api/auth/forgotten"] input[name="email"]`).Length() != 1 {
		t.Errorf("%d %s", page.status, page.body)
	}
	again := guest.post("/api/auth/forgotten", "email", "ada@@example.org")
	if again.status != http.StatusBadRequest || again.find(t, `input[name="email"]`).AttrOr("value", "") != "ada@@example.org" || again.find(t, "#email-fault").Length() != 1 {
		t.Errorf("%d %s", again.status, again.body)
	}
	if got := guest.post("/api/auth/forgotten", "email", "ada@example.org"); got.location != "/forgotten/sent" {
		t.Errorf("it leads to %q", got.location)
	}
	if got := guest.get("/forgotten/sent"); got.status != http.StatusOK || !strings.Contains(got.find(t, "main").Text(), "If that e-mail has an account here") {
		t.Errorf("%d %s", got.status, got.body)
	}
	guest.signUp("Ada", "ada@example.org")
	if got := guest.get("/forgotten"); got.location != "/boards" {
		t.Errorf("a signed-in person is sent to %q", got.location)
	}
}

func TestWithoutAMailServerThePagesSayWhomToAsk(t *testing.T) {
	t.Parallel()
	page := open(t).visitor(t).get("/forgotten")
	if page.find(t, "form").Length() != 0 || !strings.Contains(page.find(t, "main").Text(), "ask whoever runs it") {
		t.Errorf("%s", page.find(t, "main").Text())
	}
}

func TestLinkInAMailOpensAPageWithAButton(t *testing.T) {
	t.Parallel()
	for what, path := range map[identity.Occasion]string{identity.OnReset: "/reset", identity.OnVerify: "/verify"} {
		h, v := mailed(t, what)
		for range 2 { // opened by a scanner, then by its reader
			page := v.get(path + "?token=" + secret)
			form := page.find(t, `form[method="post"][action="/api/auth`+path+`"]`)
			if page.status != http.StatusOK || form.Find(`input[name="token"]`).AttrOr("value", "") != secret || form.Find("button").Length() != 1 {
				t.Errorf("%s: %d %s", path, page.status, page.body)
			}
			if !strings.Contains(page.find(t, "main").Text(), "ada@example.org") {
				t.Errorf("%s doesn't say whose e-mail it is", path)
			}
		}
		if n := query[int](t, h, "SELECT count(*) FROM mail_tokens JOIN people p ON p.id = person_id WHERE p.email_verified_at IS NULL"); n != 1 {
			t.Errorf("%s: a GET changed something", path)
		}
	}
}

func TestReferrerPolicyIsSameOriginOnResetPages(t *testing.T) {
	t.Parallel()
	_, v := mailed(t, identity.OnReset)
	for _, path := range []string{"/reset?token=" + secret, "/reset?token=over", "/reset", "/verify?token=over"} {
		if got := v.get(path); got.header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %q", path, got.header.Get("Referrer-Policy"))
		}
	}
	for _, form := range []string{"/api/auth/reset", "/api/auth/verify"} {
		if got := v.post(form, "token", secret, "password", "short"); got.header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %q", form, got.header.Get("Referrer-Policy"))
		}
	}
	if got := v.get("/sign-in").header.Get("Referrer-Policy"); got != "strict-origin-when-cross-origin" {
		t.Errorf("elsewhere: %q", got)
	}
}

func TestResetLeadsToTheSignInPage(t *testing.T) {
	t.Parallel()
	h, v := mailed(t, identity.OnReset)
	refused := v.post("/api/auth/reset", "token", secret, "password", "short")
	if refused.status != http.StatusBadRequest || refused.find(t, "#password-fault").Length() != 1 || refused.find(t, `input[name="token"]`).AttrOr("value", "") != secret {
		t.Errorf("%d %s", refused.status, refused.body)
	}
	if _, kept := refused.find(t, `input[name="password"]`).Attr("value"); kept {
		t.Error("the password came back")
	}
	if got := v.post("/api/auth/reset", "token", secret, "password", rightPassword); got.location != "/reset/done" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := v.get("/reset/done"); got.find(t, `a[href="/sign-in"]`).Length() != 1 {
		t.Errorf("%s", got.body)
	}
	if got := v.get("/boards"); !strings.HasPrefix(got.location, "/sign-in") {
		t.Errorf("she is still signed in: %d", got.status)
	}
	if got := h.visitor(t).get("/reset?token=" + secret); got.status != http.StatusNotFound || got.find(t, `main a[href="/forgotten"]`).Length() != 1 {
		t.Errorf("a used link: %d %s", got.status, got.body)
	}
	if got := v.post("/api/auth/reset", "token", secret, "password", rightPassword); got.status != http.StatusNotFound || got.find(t, `main a[href="/forgotten"]`).Length() != 1 {
		t.Errorf("a used link's form: %d %s", got.status, got.body)
	}
}

func TestVerifyingSaysSo(t *testing.T) {
	t.Parallel()
	h, v := mailed(t, identity.OnVerify)
	if got := v.post("/api/auth/verify", "token", secret); got.location != "/verify/done" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := v.get("/verify/done"); got.status != http.StatusOK || got.find(t, `main a[href="/boards"]`).Length() != 1 {
		t.Errorf("%d %s", got.status, got.body)
	}
	unverified := h.visitor(t)
	unverified.signUp("Grace", "grace@example.org")
	used := unverified.get("/verify?token=" + secret)
	if used.status != http.StatusNotFound || !strings.Contains(used.alert(t), "used already") || used.find(t, `form[action="/account/verify"]`).Length() != 1 {
		t.Errorf("a used link: %d %s", used.status, used.body)
	}
	if got := h.visitor(t).get("/verify?token=" + secret); got.find(t, `main a[href="/sign-in"]`).Length() != 1 {
		t.Errorf("a used link, for a guest: %s", got.body)
	}
	again := v.post("/account/verify")
	if again.status != http.StatusConflict || !strings.Contains(again.alert(t), "verified already") {
		t.Errorf("another mail: %d %s", again.status, again.body)
	}
}

func TestAnotherSiteCannotAskForMailsInAVisitorsName(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	for _, path := range []string{"/api/auth/forgotten", "/api/auth/reset", "/api/auth/verify"} {
		got := h.visitor(t).send(http.MethodPost, path, nil, "Sec-Fetch-Site", "cross-site", "Content-Type", "application/x-www-form-urlencoded")
		if got.status != http.StatusForbidden {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}
