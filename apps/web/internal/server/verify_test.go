package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
)

// Whoever holds a stolen session asks for another e-mail, is shut out by the owner's new password, and comes back with
// the link from their own mailbox.
func TestPendingChangeOfEmailEndsWithTheOwnersNewPassword(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	owner, thief := h.visitor(t), h.visitor(t)
	owner.signUp("Ada", "ada@example.org")
	h.exec(t, "UPDATE people SET email_verified_at = now()")
	thief.signIn("ada@example.org")
	if got := thief.post("/account/email", "email", "thief@elsewhere.example", "email-password", rightPassword); got.location != "/account?done=email" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	h.exec(t, "UPDATE mail_tokens SET hash = sha256('"+secret+"') WHERE purpose = 'verify' AND email = 'thief@elsewhere.example'")
	if got := owner.get("/account"); got.status != http.StatusOK { // where the notice leads
		t.Fatalf("%d to %q", got.status, got.location)
	}
	if got := owner.post("/account/password", "current", rightPassword, "password", "another long phrase"); got.location != "/account?done=password" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for name, v := range map[string]*visitor{"the thief": thief, "the owner": owner} {
		if got := v.post("/api/auth/verify", "token", secret); got.location != "" {
			t.Errorf("%s is led to %s", name, got.location)
		}
	}
	if email := query[string](t, h, "SELECT email FROM people"); email != "ada@example.org" {
		t.Errorf("the account is %s's", email)
	}
}

// Somebody signs up with another's e-mail, whose owner then follows the link.
func TestConfirmingSomebodyElsesSignUpGivesThemNothing(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	squatter, owner := h.visitor(t), h.visitor(t)
	squatter.signUp("Squatter", "ines@example.org")
	h.link(t, "ines@example.org")
	if got := owner.post("/api/auth/verify", "token", secret); got.status != http.StatusUnauthorized {
		t.Errorf("a guest: %d to %s", got.status, got.location)
	}
	owner.arrive("google", ines)
	if got := owner.post("/api/auth/verify", "token", secret); got.status != http.StatusForbidden {
		t.Errorf("signed in: %d to %s", got.status, got.location)
	}
	if owner.who().Person.ID == squatter.who().Person.ID || owner.who().Person.Email != "ines@example.org" {
		t.Errorf("the owner is %+v, and the squatter %+v", owner.who().Person, squatter.who().Person)
	}
	if got := h.visitor(t).signIn("ines@example.org"); got.status != http.StatusUnauthorized {
		t.Errorf("the squatter's password: %d to %s", got.status, got.location)
	}
}

func TestLinkOpenedByAGuestLeadsThroughSignInAndBack(t *testing.T) {
	t.Parallel()
	h, _ := mailed(t, identity.OnVerify)
	const link = "/verify?token="
	for name, open := range map[string]func(*visitor) page{
		"the page":                           func(v *visitor) page { return v.get(link + secret) },
		"its form, once the session is over": func(v *visitor) page { return v.post("/api/auth/verify", "token", secret) },
	} {
		guest := h.visitor(t)
		page := open(guest)
		if page.find(t, `form[action="/api/auth/verify"]`).Length() != 0 || page.header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %d %s", name, page.status, page.body)
		}
		door := guest.get(page.find(t, `main a.primary[href^="/sign-in?"]`).AttrOr("href", ""))
		back := door.find(t, `form[action="/api/auth/sign-in"] input[name="return_to"]`).AttrOr("value", "")
		if got := guest.post("/api/auth/sign-in", "email", "ada@example.org", "password", rightPassword, "return_to", back); got.location != link+secret {
			t.Errorf("%s: %d to %q", name, got.status, got.location)
		}
		if got := guest.get(link + secret); got.find(t, `form[action="/api/auth/verify"]`).Length() != 1 {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	through := h.visitor(t)
	if got := through.arrive("google", ines, "?return_to="+url.QueryEscape(link+secret)); got.location != link+secret {
		t.Errorf("through a provider: %d to %q", got.status, got.location)
	}
}

func TestLinkOpenedInAnotherAccountSaysToSignInAsItsOwn(t *testing.T) {
	t.Parallel()
	h, _ := mailed(t, identity.OnVerify)
	another := h.visitor(t)
	another.arrive("google", ines)
	for status, page := range map[int]page{
		http.StatusOK: another.get("/verify?token=" + secret), http.StatusForbidden: another.post("/api/auth/verify", "token", secret),
	} {
		words := page.find(t, "main").Text()
		if page.status != status || page.find(t, `form[action="/api/auth/verify"]`).Length() != 0 || !strings.Contains(words, "account of Ada") || !strings.Contains(words, "signed in as Ines Moreau") {
			t.Errorf("%d %s", page.status, page.body)
		}
		if got := page.find(t, `form[action="/api/auth/sign-out"] input[name="return_to"]`).AttrOr("value", ""); got != "/verify?token="+secret {
			t.Errorf("signing out leads to %q", got)
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM mail_tokens"); n != 1 {
		t.Error("the link was used up")
	}
	if got := another.post("/api/auth/sign-out", "return_to", "/verify?token="+secret); got.location != "/verify?token="+secret {
		t.Errorf("it leads to %q", got.location)
	}
	if got := another.get("/verify?token=" + secret); got.find(t, `main a[href^="/sign-in?"]`).Length() != 1 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// Setting a first password reads the e-mail, and names the account after it.
func TestFirstPasswordSetWhileTheEmailChangesFollowsIt(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	v := h.visitor(t)
	v.arrive("google", ines)
	h.link(t, "ines.new@example.org")
	h.overtaken(t, "INSERT INTO accounts (issuer, subject, person_id) SELECT 'password', email, id FROM people", func() {
		v.post("/api/auth/verify", "token", secret)
	})
	if both := query[string](t, h, "SELECT p.email || ' ' || a.subject FROM people p JOIN accounts a ON a.person_id = p.id WHERE a.issuer = 'password'"); both != "ines.new@example.org ines.new@example.org" {
		t.Errorf("the person's and the account's e-mail are %s", both)
	}
}

func TestDisabledPersonConfirmsNoEmail(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	v := h.visitor(t)
	v.arrive("google", ines)
	h.link(t, "ines.new@example.org")
	h.overtaken(t, "UPDATE people SET disabled_at = now(), disabled_by = 'operator'", func() {
		if got := v.post("/api/auth/verify", "token", secret); got.status != http.StatusForbidden {
			t.Errorf("%d to %s", got.status, got.location)
		}
	})
	if got := query[string](t, h, "SELECT p.email || ' ' || count(t) FROM people p LEFT JOIN mail_tokens t ON t.person_id = p.id GROUP BY p.email"); got != "ines@example.org 1" {
		t.Errorf("e-mail and links: %s", got)
	}
}

func TestLinkUsedUpSaysThatTheEmailIsConfirmedAlready(t *testing.T) {
	t.Parallel()
	link, already := "/verify?token="+secret, "Your e-mail is confirmed already"
	h, ada := mailed(t, identity.OnVerify)
	if got := ada.post("/api/auth/verify", "token", secret); got.location != "/verify/done" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for name, got := range map[string]page{"the page": ada.get(link), "its form": ada.post("/api/auth/verify", "token", secret)} {
		if got.find(t, "h1").Text() != already || !strings.Contains(got.body, "ada@example.org") || got.header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	unverified, another, guest := h.visitor(t), h.visitor(t), h.visitor(t)
	unverified.signUp("Grace", "grace@example.org")
	another.arrive("google", ines)
	for name, v := range map[string]*visitor{"unverified": unverified, "another": another, "guest": guest} {
		got := v.get(link)
		if strings.Contains(got.body, "ada@example.org") || strings.Contains(got.body, "Ada") {
			t.Errorf("%s learns whose link it was: %s", name, got.body)
		}
		if told := got.find(t, "h1").Text() == already; told != (name == "another") { // of their own e-mail
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

func TestFarewellIsForGuests(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	if got := v.get("/goodbye"); got.status != http.StatusOK {
		t.Errorf("a guest: %d", got.status)
	}
	v.signUp("Ada", "ada@example.org")
	if got := v.get("/goodbye"); got.status != http.StatusSeeOther || got.location != "/boards" {
		t.Errorf("somebody signed in: %d to %q", got.status, got.location)
	}
}

// link mails everybody a link for that e-mail, with the secret.
func (h house) link(t *testing.T, email string) {
	t.Helper()
	h.exec(t, `INSERT INTO mail_tokens (id, purpose, person_id, email, hash, expires_at)
		SELECT gen_random_uuid(), 'verify', id, '`+email+`', sha256('`+secret+`'), now() + interval '1 hour' FROM people`)
}

// overtaken has what somebody does wait for their row, and then another change of it happen first.
func (h house) overtaken(t *testing.T, change string, act func()) {
	t.Helper()
	first, err := h.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Rollback(t.Context()) }()
	if _, err := first.Exec(t.Context(), "SELECT FROM people FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	var acting sync.WaitGroup
	acting.Go(act)
	deadline := time.Now().Add(20 * time.Second)
	for query[int](t, h, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
		if time.Now().After(deadline) {
			t.Fatal("it doesn't wait for the person")
		}
	}
	if _, err := first.Exec(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if err := first.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	acting.Wait()
}

// A guest who opens a mailed link and goes through a provider takes its secret along.
func TestNoTableHoldsTheLinkThatAGuestTakesThroughAProvider(t *testing.T) {
	t.Parallel()
	h, _ := mailed(t, identity.OnVerify)
	for _, link := range []string{"/verify?token=" + secret, "/verify/?x=y&token=" + secret, "/boards?token=" + secret} {
		v := h.visitor(t)
		callback := v.consent(v.leave("oidc", "?return_to="+url.QueryEscape(link)), ines)
		for _, table := range query[[]string](t, h, "SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'auth'") {
			if n := query[int](t, h, "SELECT count(*) FROM "+table+" AS row WHERE strpos(row::text, $1) > 0 OR strpos(row::text, encode($1::bytea, 'hex')) > 0", secret); n != 0 {
				t.Errorf("%s: %s holds the secret", link, table)
			}
		}
		if got := v.back(callback); got.location != link {
			t.Errorf("%s: it leads to %q", link, got.location)
		}
	}
}

// Whoever reads the mail of the new address can have the password reset: that is another account than others came into.
func TestConfirmingAnotherEmailEndsAllOtherSessions(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	owner, thief := h.visitor(t), h.visitor(t)
	owner.signUp("Ada", "ada@example.org")
	thief.signIn("ada@example.org")
	thief.leave("oidc", toLink)
	owner.post("/account/email", "email", "ada@elsewhere.example", "email-password", rightPassword)
	h.exec(t, "UPDATE mail_tokens SET hash = sha256('"+secret+"') WHERE purpose = 'verify' AND email = 'ada@elsewhere.example'")
	if page := owner.get("/verify?token=" + secret); !strings.Contains(page.find(t, "main").Text(), "Everywhere else you are then signed out") {
		t.Errorf("the page doesn't say so: %s", page.body)
	}
	before := owner.session()
	if got := owner.post("/api/auth/verify", "token", secret); got.location != "/verify/done" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := thief.get("/api/auth/session"); got.status != http.StatusUnauthorized {
		t.Errorf("the other is signed in still: %d", got.status)
	}
	if owner.session() == before || owner.who().Person.Email != "ada@elsewhere.example" {
		t.Errorf("this session keeps its id, or is over: %+v", owner.who())
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows"); n != 0 {
		t.Errorf("%d links begun are left", n)
	}
}

func TestConfirmingTheAccountsOwnEmailEndsNoSession(t *testing.T) {
	t.Parallel()
	h, v := mailed(t, identity.OnVerify)
	other := h.visitor(t)
	other.signIn("ada@example.org")
	if page := v.get("/verify?token=" + secret); strings.Contains(page.find(t, "main").Text(), "signed out") {
		t.Errorf("the page says otherwise: %s", page.body)
	}
	if got := v.post("/api/auth/verify", "token", secret); got.location != "/verify/done" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if v.who().Person.Name != "Ada" || other.who().Person.Name != "Ada" {
		t.Error("somebody is signed out")
	}
}
