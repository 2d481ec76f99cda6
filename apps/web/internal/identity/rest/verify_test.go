package rest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/mail/smtptest"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

func isVerified(t *testing.T, b bundle, email string) bool {
	t.Helper()
	return query[bool](t, b, "SELECT EXISTS (SELECT FROM people WHERE email = $1 AND email_verified_at IS NOT NULL)", email)
}

func TestSignUpMailsAVerification(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	browser.signUp(ines)
	l := m.next(t)
	if l.to != ines || l.subject != "Confirm your e-mail for Cardwall" || !strings.HasPrefix(l.link, site+"/verify?token=") {
		t.Fatalf("the mail is %+v", l)
	}
	if isVerified(t, m.bundle, ines) {
		t.Error("it is taken for verified")
	}
	if got := browser.json("/api/auth/verify", map[string]string{"token": l.secret}); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if !isVerified(t, m.bundle, ines) || query[int](t, m.bundle, "SELECT count(*) FROM audit WHERE what = 'email_verified'") != 1 {
		t.Error("it isn't verified, or nobody wrote it down")
	}
	if got := browser.json("/api/auth/verify", map[string]string{"token": l.secret}); got.StatusCode != http.StatusNotFound || got.problem().Code != "link_over" {
		t.Errorf("a second time: %d %s", got.StatusCode, got.body)
	}
	if got := browser.get("/api/auth/session"); got.StatusCode != http.StatusOK {
		t.Errorf("it signed her out: %d", got.StatusCode)
	}
}

func TestVerifyingNeedsASessionOfTheLinksOwnPerson(t *testing.T) {
	t.Parallel()
	for name, email := range map[string]string{"of a sign-up": "", "to change to": "ines@moreau.example"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := withMail(t)
			own, another := m.browser(t, home), m.browser(t, abroad)
			own.signUp(ines)
			l := m.next(t)
			if email != "" {
				m.asks(t, own, email)
				l = m.next(t)
			}
			another.signUp("tomas@fernway.example")
			m.next(t)
			for code, browser := range map[string]*browser{"401 signed_out": m.browser(t, home), "403 another_account": another} {
				got := browser.json("/api/auth/verify", map[string]string{"token": l.secret})
				if is := fmt.Sprint(got.StatusCode, " ", got.problem().Code); is != code {
					t.Errorf("%s instead of %s", is, code)
				}
			}
			if isVerified(t, m.bundle, l.to) {
				t.Fatal("it is verified")
			}
			if got := own.json("/api/auth/verify", map[string]string{"token": l.secret}); got.StatusCode != http.StatusNoContent || !isVerified(t, m.bundle, l.to) {
				t.Errorf("the link was used up: %d %s", got.StatusCode, got.body)
			}
		})
	}
}

func TestOnlyAPOSTVerifies(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	browser.signUp(ines)
	secret := m.next(t).secret
	for _, method := range []string{"GET", "HEAD", "PUT"} {
		if got := browser.send(method, "/api/auth/verify?token="+secret, "", ""); got.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, got.StatusCode)
		}
	}
	if got := browser.send("POST", "/api/auth/verify?token="+secret, "application/x-www-form-urlencoded", ""); got.StatusCode != http.StatusNotFound {
		t.Errorf("the query counts: %d", got.StatusCode)
	}
	if isVerified(t, m.bundle, ines) {
		t.Error("it is verified")
	}
}

func TestVerifiedOwnerStripsASquattersEmailAndPassword(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	squatter, owner := m.browser(t, abroad), m.browser(t, home)
	squatter.signUp(ines)
	stale := m.next(t).secret
	owner.signUp("other@fernway.example")
	m.next(t)
	m.asks(t, owner, ines)
	if got := owner.json("/api/auth/verify", map[string]string{"token": m.next(t).secret}); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if n := query[int](t, m.bundle, "SELECT count(*) FROM people WHERE email = $1", ines); n != 1 || !isVerified(t, m.bundle, ines) {
		t.Errorf("%d people have it", n)
	}
	if n := query[int](t, m.bundle, "SELECT count(*) FROM passwords"); n != 1 {
		t.Errorf("%d passwords are left", n)
	}
	if got := m.browser(t, home).signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the owner: %d %s", got.StatusCode, got.body)
	}
	if got := squatter.json("/api/auth/verify", map[string]string{"token": stale}); got.StatusCode != http.StatusConflict || got.problem().Code != "email_taken" {
		t.Errorf("the squatter's own link: %d %s", got.StatusCode, got.body)
	}
}

func TestChangedEmailCountsOnlyOnceItIsVerified(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	m.verified(t, browser)
	const next = "ines@moreau.example"
	m.asks(t, browser, " Ines@Moreau.example ")
	mails := map[string]letter{}
	for range 2 {
		l := m.next(t)
		mails[l.to] = l
	}
	if notice := mails[ines]; notice.subject != "Your e-mail at Cardwall is about to change" || notice.link != "" || !strings.Contains(notice.text, next) {
		t.Errorf("the old address gets %+v", notice)
	}
	id := readSession(t, browser.get("/api/auth/session")).Person.ID
	if pending, err := m.people.PendingEmail(t.Context(), id, ines); err != nil || pending != next {
		t.Errorf("pending: %q, %v", pending, err)
	}
	if !isVerified(t, m.bundle, ines) || m.browser(t, home).signIn(ines, rightPassword).StatusCode != http.StatusOK {
		t.Error("the old one doesn't count any more")
	}
	if got := browser.json("/api/auth/verify", map[string]string{"token": mails[next].secret}); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if isVerified(t, m.bundle, ines) || !isVerified(t, m.bundle, next) {
		t.Error("it hasn't changed")
	}
	if got := m.browser(t, home).signIn(next, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("with the new one: %d %s", got.StatusCode, got.body)
	}
	if got := m.browser(t, home).signIn(ines, rightPassword); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("with the old one: %d %s", got.StatusCode, got.body)
	}
	if notice := m.next(t); notice.to != ines || notice.subject != "Your e-mail at Cardwall was changed" || !strings.Contains(notice.text, next) {
		t.Errorf("the old address gets %+v", notice)
	}
	m.nothingMore(t)
	if pending, err := m.people.PendingEmail(t.Context(), id, next); err != nil || pending != "" {
		t.Errorf("still pending: %q, %v", pending, err)
	}
}

func TestVerificationIsSentAgain(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	browser.signUp(ines)
	first := m.next(t).secret
	m.asks(t, browser, "")
	second := m.next(t).secret
	if got := browser.json("/api/auth/verify", map[string]string{"token": first}); got.problem().Code != "link_over" {
		t.Errorf("the first link: %d %s", got.StatusCode, got.body)
	}
	if got := browser.json("/api/auth/verify", map[string]string{"token": second}); got.StatusCode != http.StatusNoContent {
		t.Errorf("the second link: %d %s", got.StatusCode, got.body)
	}
	if err := m.ask(t, browser, ""); problem.From(err).Code != "email_verified" {
		t.Errorf("once it is verified: %v", err)
	}
	m.nothingMore(t)
}

func TestVerificationIsThrottled(t *testing.T) {
	t.Parallel()
	m := withMail(t, func(c *identity.Config) { c.Limits = identity.DefaultLimits() })
	browser := m.browser(t, home)
	browser.signUp(ines) // that is the first mail
	for range 2 {
		m.asks(t, browser, "")
	}
	if err := m.ask(t, browser, ""); !problem.Is(err, problem.TooMany) {
		t.Errorf("%v", err)
	}
	if got := m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": ines}); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("what one address gets is counted twice: %d", got.StatusCode)
	}
}

func TestRefusedChangeOfEmailTakesNoMailFromItsOwner(t *testing.T) {
	t.Parallel()
	m := withMail(t, func(c *identity.Config) { c.Limits = identity.DefaultLimits() })
	owner, stranger := m.browser(t, home), m.browser(t, abroad)
	m.verified(t, owner)
	stranger.signUp("tomas@fernway.example")
	m.next(t)
	m.exec(t, "DELETE FROM throttles")
	for range 10 {
		if err := m.ask(t, stranger, ines); problem.From(err).Code != "email_taken" {
			t.Errorf("%v", err)
		}
	}
	if err := m.ask(t, stranger, ines); !problem.Is(err, problem.TooMany) {
		t.Errorf("whoever asks isn't throttled: %v", err)
	}
	if got := owner.json("/api/auth/forgotten", map[string]string{"email": ines}); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if l := m.next(t); l.to != ines {
		t.Errorf("%+v", l)
	}
}

func TestMailWaitsForAServerThatIsAway(t *testing.T) {
	t.Parallel()
	smtp := smtptest.New(t)
	m := mailingOn(t, pgtest.New(t, migrations.Auth, postgres.Schema), smtp)
	browser := m.browser(t, home)
	if got := browser.signUp(ines); got.StatusCode != http.StatusCreated {
		t.Fatalf("a mail server that is away keeps people out: %d %s", got.StatusCode, got.body)
	}
	deadline := time.Now().Add(20 * time.Second)
	for query[int](t, m.bundle, "SELECT coalesce(max(attempt), 0) FROM river_job") < 2 {
		if time.Now().After(deadline) {
			t.Fatal("it isn't tried again")
		}
	}
	smtp.Start(t)
	l := m.next(t)
	if got := browser.json("/api/auth/verify", map[string]string{"token": l.secret}); got.StatusCode != http.StatusNoContent {
		t.Errorf("the link of the last attempt: %d %s", got.StatusCode, got.body)
	}
	m.nothingMore(t)
}

func TestRefusedSignUpSendsNoMail(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.browser(t, home).signUp(ines)
	m.next(t)
	if got := m.browser(t, abroad).signUp(ines); got.StatusCode != http.StatusConflict {
		t.Fatalf("%d", got.StatusCode)
	}
	m.nothingMore(t)
}

func TestLinksUsePublicURLNeverHost(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	browser.host = "evil.example"
	browser.signUp(ines)
	for _, l := range []letter{m.next(t), func() letter {
		browser.json("/api/auth/forgotten", map[string]string{"email": ines})
		return m.next(t)
	}()} {
		if !strings.HasPrefix(l.link, site+"/") || strings.Contains(l.text, "evil") {
			t.Errorf("the link is %s", l.link)
		}
	}
}

func TestEmailWithLineBreaksIsRefused(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	for _, email := range []string{"ines@fernway.example\r\nBcc: all@fernway.example", "ines@fernway.example\n", "a@b.example,c@d.example", "<ines@fernway.example>"} {
		got := m.browser(t, home).json("/api/auth/forgotten", map[string]string{"email": email})
		if trimmed := strings.TrimSpace(email); trimmed != ines && got.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: %d %s", email, got.StatusCode, got.body)
		}
	}
	m.nothingMore(t)
}

func TestInvitationLetsOnePersonInAndVerifiesTheirEmail(t *testing.T) {
	t.Parallel()
	m := withMail(t, func(c *identity.Config) { c.SignUp = identity.SignUpRules{Mode: identity.SignUpInvite} })
	if err := m.people.Invite(t.Context(), "ines@@fernway.example"); err == nil {
		t.Error("an e-mail that is none is invited")
	}
	if err := m.people.Invite(t.Context(), ines); err != nil {
		t.Fatal(err)
	}
	l := m.next(t)
	if l.to != ines || l.subject != "You are invited to Cardwall" || !strings.HasPrefix(l.link, site+"/sign-up?invitation=") {
		t.Fatalf("the mail is %+v", l)
	}
	if found, err := m.people.FindInvitation(t.Context(), l.secret); err != nil || found.Email != ines {
		t.Errorf("found %+v, %v", found, err)
	}
	join := func(email, invitation string) answer {
		return m.browser(t, abroad).json("/api/auth/sign-up", map[string]string{"name": "Ines Moreau", "email": email, "password": rightPassword, "invitation": invitation})
	}
	for _, invitation := range []string{"", "x", strings.Repeat("A", 43)} {
		if got := join(ines, invitation); got.StatusCode != http.StatusForbidden {
			t.Errorf("with %q: %d %s", invitation, got.StatusCode, got.body)
		}
	}
	if got := join(ines, l.secret); got.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if !isVerified(t, m.bundle, ines) {
		t.Error("whoever has the link reads the mail of that address, and yet it isn't verified")
	}
	if got := join("another@fernway.example", l.secret); got.StatusCode != http.StatusForbidden || got.problem().Code != "invitation_over" {
		t.Errorf("a second time: %d %s", got.StatusCode, got.body)
	}
	m.nothingMore(t)
}

func TestInvitationOpensTheDoorForAnotherEmailButVerifiesNone(t *testing.T) {
	t.Parallel()
	m := withMail(t, func(c *identity.Config) { c.SignUp = identity.SignUpRules{Mode: identity.SignUpInvite} })
	if err := m.people.Invite(t.Context(), "ines@work.example"); err != nil {
		t.Fatal(err)
	}
	secret := m.next(t).secret
	got := m.browser(t, home).json("/api/auth/sign-up", map[string]string{"name": "Ines Moreau", "email": ines, "password": rightPassword, "invitation": secret})
	if got.StatusCode != http.StatusCreated || isVerified(t, m.bundle, ines) {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if l := m.next(t); l.to != ines || !strings.Contains(l.link, "/verify?") {
		t.Errorf("the mail is %+v", l)
	}
}
