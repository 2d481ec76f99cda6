package account_test

import (
	"io"
	"net/http"
	netmail "net/mail"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/mail"
)

// withoutPassword leaves Ines a provider's account as her only way in.
func (b *bundle) withoutPassword(t *testing.T) {
	t.Helper()
	b.exec(t, `DELETE FROM passwords`)
	b.exec(t, `UPDATE accounts SET issuer = 'https://accounts.google.com', subject = '7', provider = 'google'`)
}

// longAgo makes every sign-in too old to be a proof by a minute, justNow recent by one.
func (b *bundle) longAgo(t *testing.T) { t.Helper(); b.signedInBefore(t, 11*time.Minute) }
func (b *bundle) justNow(t *testing.T) { t.Helper(); b.signedInBefore(t, 9*time.Minute) }

func (b *bundle) signedInBefore(t *testing.T, ago time.Duration) {
	t.Helper()
	b.exec(t, `UPDATE sessions SET created_at = now() - $1::interval`, ago)
}

func TestEmailChangeTakesTheProofThatAPasswordChangeTakes(t *testing.T) {
	t.Parallel()
	const next = "ines@moreau.example"
	asked := func(t *testing.T, b *bundle) int {
		t.Helper()
		return query[int](t, b, `SELECT count(*) FROM audit WHERE what = 'email_change_asked'`)
	}
	t.Run("asks_for_the_password", func(t *testing.T) {
		t.Parallel()
		b := setup(t, canMail(t))
		me := b.person(t)
		for _, typed := range []string{"", "kettle bridge loop"} {
			got := me.form("/account/email", "email", next, "email-password", typed)
			if got.StatusCode != http.StatusBadRequest || !strings.Contains(got.body, `value="`+next+`"`) || strings.Contains(got.body, "kettle") || !strings.Contains(got.body, `id="email-password-fault"`) {
				t.Errorf("%q: %d %s", typed, got.StatusCode, got.body)
			}
		}
		if n := asked(t, b); n != 0 {
			t.Errorf("%d were asked for", n)
		}
		me.wantDone(me.form("/account/email", "email", next, "email-password", password), "email")
		if n := asked(t, b); n != 1 {
			t.Errorf("%d were asked for", n)
		}
	})
	t.Run("is_throttled_like_a_sign_in", func(t *testing.T) {
		t.Parallel()
		me := setup(t, canMail(t)).person(t)
		for range 5 {
			me.form("/account/email", "email", next, "email-password", "kettle bridge loop")
		}
		if got := me.form("/account/email", "email", next, "email-password", password); got.StatusCode != http.StatusTooManyRequests {
			t.Errorf("the sixth try answers %d", got.StatusCode)
		}
	})
	t.Run("without_a_password_wants_a_recent_sign_in", func(t *testing.T) {
		t.Parallel()
		b := setup(t, canMail(t))
		me := b.person(t)
		b.withoutPassword(t)
		b.longAgo(t)
		if page := me.get("/account").body; strings.Contains(page, `action="/account/email"`) || !strings.Contains(page, `href="/account/again?return_to=%2Faccount"`) {
			t.Errorf("the page has a form that can't work: %s", page)
		}
		if got := me.form("/account/email", "email", next); got.StatusCode != http.StatusConflict || !strings.Contains(got.body, "sign in again") || asked(t, b) != 0 {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
		b.justNow(t)
		me.wantDone(me.form("/account/email", "email", next), "email")
	})
	t.Run("but_a_link_for_the_present_one_takes_none", func(t *testing.T) {
		t.Parallel()
		b := setup(t, canMail(t))
		me := b.person(t)
		b.longAgo(t)
		me.wantDone(me.form("/account/verify"), "verify")
	})
}

func TestSigningInAgain(t *testing.T) {
	t.Parallel()
	t.Run("with_the_password_is_a_recent_sign_in_under_a_new_id_and_leads_back", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		b.longAgo(t)
		stolen := me.copyOf()
		page := me.get("/account/again?return_to=/account/delete").body
		if !strings.Contains(page, `name="return_to" value="/account/delete"`) || !strings.Contains(page, `action="/account/again"`) {
			t.Fatalf("the page is %s", page)
		}
		got := me.form("/account/again", "return_to", "/account/delete", "password", password)
		if got.StatusCode != http.StatusSeeOther || got.location() != "/account/delete" {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		me.wantSignedIn(true)
		stolen.wantSignedIn(false)
		if n := query[int](t, b, `SELECT count(*) FROM sessions WHERE revoked_at IS NULL AND created_at > now() - interval '1 minute'`); n != 1 {
			t.Errorf("%d recent sessions", n)
		}
		if got := me.get("/account/again?return_to=/account/delete"); got.location() != "/account/delete" {
			t.Errorf("whoever has done so is asked again: %d", got.StatusCode)
		}
	})
	t.Run("takes_the_right_password_and_counts_the_tries", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		b.longAgo(t)
		for _, typed := range []string{"", "kettle bridge loop", "kettle bridge loop", "kettle bridge loop", "kettle bridge loop", "kettle bridge loop"} {
			if got := me.form("/account/again", "return_to", "/account/delete", "password", typed); got.StatusCode != http.StatusBadRequest || !strings.Contains(got.body, `value="/account/delete"`) || strings.Contains(got.body, "kettle") {
				t.Errorf("%q: %d %s", typed, got.StatusCode, got.body)
			}
		}
		if got := me.form("/account/again", "password", password); got.StatusCode != http.StatusTooManyRequests {
			t.Errorf("the sixth try answers %d", got.StatusCode)
		}
		if n := query[int](t, b, `SELECT count(*) FROM sessions WHERE created_at > now() - interval '1 minute'`); n != 0 {
			t.Errorf("%d recent sessions", n)
		}
	})
	t.Run("leads_to_the_account_only", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		for _, to := range []string{"", "/boards", "//evil.example", "https://evil.example/account/", "/account/../boards", "/accounts", "/account"} {
			me.wantDone(me.get("/account/again?return_to="+url.QueryEscape(to)), "again")
		}
	})
	t.Run("without_a_password_is_the_providers_doing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		b.withoutPassword(t)
		b.longAgo(t)
		if got := me.form("/account/again", "password", password); got.StatusCode != http.StatusConflict {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
		if page := me.get("/account/again").body; strings.Contains(page, `type="password"`) || !strings.Contains(page, "None of your ways in works here") {
			t.Errorf("this Cardwall has no providers: %s", page)
		}
	})
}

// canMail lets mails wait for a folder.
func canMail(t *testing.T) func(*identity.Config) {
	t.Helper()
	sender := mail.Sender{From: netmail.Address{Address: "cardwall@fernway.example"}, Site: parse(t, "https://cardwall.example")}
	return func(c *identity.Config) {
		c.Post, c.PublicURL = mail.NewFolder(sender, t.TempDir(), io.Discard), "https://cardwall.example"
	}
}
