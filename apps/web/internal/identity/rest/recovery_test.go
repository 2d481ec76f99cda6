package rest_test

import (
	"crypto/sha256"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/mail/smtptest"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

const anotherPassword = "saddle marsh lantern"

func TestForgottenPasswordIsReset(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	secret := m.forgot(t)
	if got := m.browser(t, abroad).reset(secret, anotherPassword); got.StatusCode != http.StatusNoContent || got.body != "" || len(got.Cookies()) != 0 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if got := m.browser(t, home).signIn(ines, rightPassword); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("the old password: %d", got.StatusCode)
	}
	if got := m.browser(t, home).signIn(ines, anotherPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the new password: %d %s", got.StatusCode, got.body)
	}
	if notice := m.next(t); notice.subject != "Your password was changed" || notice.to != ines || notice.link != "" {
		t.Errorf("the notice: %+v", notice)
	}
	m.nothingMore(t)
	if n := query[int](t, m.bundle, "SELECT count(*) FROM audit WHERE what = 'password_reset' AND person_id IS NOT NULL"); n != 1 {
		t.Errorf("%d audit rows", n)
	}
}

func TestResetFormsLeadOn(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	browser := m.browser(t, abroad)
	if got := browser.form("/api/auth/forgotten", "email", ines); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/forgotten/sent" {
		t.Errorf("%d to %s", got.StatusCode, got.Header.Get("Location"))
	}
	secret := m.next(t).secret
	refused := browser.form("/api/auth/reset", "token", secret, "password", "short")
	if refused.StatusCode != http.StatusBadRequest || !strings.HasPrefix(refused.body, "/reset ") || refused.Header.Get("Referrer-Policy") != "same-origin" {
		t.Errorf("%d %s", refused.StatusCode, refused.body)
	}
	got := browser.form("/api/auth/reset", "token", secret, "password", anotherPassword)
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/reset/done" || got.Header.Get("Referrer-Policy") != "same-origin" {
		t.Errorf("%d to %s", got.StatusCode, got.Header.Get("Location"))
	}
}

func TestResetTokensAreSingleUse(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	secret := m.forgot(t)
	var changed, over atomic.Int32
	var crowd sync.WaitGroup
	for range 8 {
		crowd.Go(func() {
			switch got := m.browser(t, abroad).reset(secret, anotherPassword); got.problem().Code {
			case "":
				changed.Add(1)
			case "link_over":
				over.Add(1)
			default:
				t.Errorf("%d %s", got.StatusCode, got.body)
			}
		})
	}
	crowd.Wait()
	if changed.Load() != 1 || over.Load() != 7 {
		t.Errorf("it worked %d times", changed.Load())
	}
}

func TestResetEndsEveryOtherLinkOfThePerson(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	first, second := m.forgot(t), m.forgot(t)
	if got := m.browser(t, abroad).reset(second, anotherPassword); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if got := m.browser(t, abroad).reset(first, rightPassword); got.StatusCode != http.StatusNotFound || got.problem().Code != "link_over" {
		t.Errorf("the other link: %d %s", got.StatusCode, got.body)
	}
}

func TestResetAndVerificationTokensAreKeptHashedOnly(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.browser(t, home).signUp(ines)
	verify, reset := m.next(t).secret, m.forgot(t)
	m.nothingMore(t)
	for _, secret := range []string{verify, reset} {
		hash := sha256.Sum256([]byte(secret))
		if len(secret) != 43 { // 256 bits
			t.Fatalf("the secret is %q", secret)
		}
		if n := query[int](t, m.bundle, "SELECT count(*) FROM mail_tokens WHERE hash = $1", hash[:]); n != 1 {
			t.Errorf("%d rows have its hash", n)
		}
		for _, table := range query[[]string](t, m.bundle, "SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'auth'") {
			if n := query[int](t, m.bundle, "SELECT count(*) FROM "+table+" AS row WHERE strpos(row::text, left($1, 20)) > 0 OR strpos(row::text, encode(left($1, 20)::bytea, 'hex')) > 0", secret); n != 0 {
				t.Errorf("%s holds the secret", table)
			}
		}
	}
}

func TestResetAndVerificationTokensExpire(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	browser.signUp(ines)
	verify, reset := m.next(t).secret, m.forgot(t)
	for what, life := range map[string]string{"reset": "1 hour", "verify": "1 day"} {
		if n := query[int](t, m.bundle, "SELECT count(*) FROM mail_tokens WHERE purpose = $1 AND expires_at > now() + $2::interval - interval '1 minute' AND expires_at <= now() + $2::interval", what, life); n != 1 {
			t.Errorf("a link to %s doesn't live for %s", what, life)
		}
	}
	m.exec(t, "UPDATE mail_tokens SET expires_at = now()")
	if got := browser.reset(reset, anotherPassword); got.problem().Code != "link_over" {
		t.Errorf("reset: %d %s", got.StatusCode, got.body)
	}
	if got := browser.json("/api/auth/verify", map[string]string{"token": verify}); got.problem().Code != "link_over" {
		t.Errorf("verify: %d %s", got.StatusCode, got.body)
	}
}

func TestATokenServesItsOwnPurposeOnly(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	browser.signUp(ines)
	verify, reset := m.next(t).secret, m.forgot(t)
	if got := browser.reset(verify, anotherPassword); got.problem().Code != "link_over" {
		t.Errorf("a verification sets a password: %d", got.StatusCode)
	}
	if got := browser.json("/api/auth/verify", map[string]string{"token": reset}); got.problem().Code != "link_over" {
		t.Errorf("a reset verifies: %d", got.StatusCode)
	}
	for _, secret := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("%", 43), strings.Repeat("A", 5000)} {
		if got := browser.reset(secret, anotherPassword); got.problem().Code != "link_over" {
			t.Errorf("%.10q: %d %s", secret, got.StatusCode, got.body)
		}
	}
}

func TestResetRevokesSessionsOnEveryReplica(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Auth, postgres.Schema)
	one := mailingOn(t, database, smtptest.New(t).Start(t))
	two := onDatabase(t, database)
	browser := one.browser(t, home)
	one.verified(t, browser)
	elsewhere := two.browser(t, abroad)
	elsewhere.signIn(ines, rightPassword)
	if got := one.browser(t, abroad).reset(one.forgot(t), anotherPassword); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	for _, b := range []interface{ get(string) answer }{browser, elsewhere} {
		if got := b.get("/api/auth/session"); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("a session lives on: %d", got.StatusCode)
		}
	}
	if n := query[int](t, one.bundle, "SELECT count(*) FROM audit WHERE what = 'signed_out' AND details->>'why' = 'password reset'"); n != 2 {
		t.Errorf("%d audit rows", n)
	}
}

func TestResetVerifiesTheEmail(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.browser(t, home).signUp(ines)
	m.next(t)
	if got := m.browser(t, home).reset(m.forgot(t), anotherPassword); got.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if n := query[int](t, m.bundle, "SELECT count(*) FROM people WHERE email = $1 AND email_verified_at IS NOT NULL", ines); n != 1 {
		t.Error("whoever reads its mail has proved that it is theirs")
	}
}

// Somebody signs up with another's e-mail, links an account of their own and waits. When the owner comes and resets
// the password, nothing of the squatter's is left.
func TestResetOfAnUnverifiedEmailTakesOtherWaysInAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		verified bool
		left     int
		mails    int // to change a verified e-mail tells the old address too, in any order
	}{"unverified": {false, 1, 1}, "verified": {true, 2, 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := withMail(t)
			squatter := m.browser(t, abroad)
			if c.verified {
				m.verified(t, squatter)
			} else {
				squatter.signUp(ines)
				m.next(t)
			}
			m.exec(t, "INSERT INTO accounts (issuer, subject, person_id) SELECT 'https://accounts.example', '7', id FROM people")
			m.asks(t, squatter, "squatter@elsewhere.example")
			for range c.mails {
				m.next(t)
			}
			if got := m.browser(t, home).reset(m.forgot(t), anotherPassword); got.StatusCode != http.StatusNoContent {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
			if n := query[int](t, m.bundle, "SELECT count(*) FROM accounts"); n != c.left {
				t.Errorf("%d ways in are left", n)
			}
			if n := query[int](t, m.bundle, "SELECT count(*) FROM mail_tokens"); n != 0 {
				t.Errorf("%d links are left, with which the e-mail can be changed", n)
			}
			if got := squatter.get("/api/auth/session"); got.StatusCode != http.StatusUnauthorized {
				t.Error("the squatter is still signed in")
			}
		})
	}
}

func TestForgottenGivesTheSameAnswerForUnknownAndKnown(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	known := m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": ines})
	unknown := m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": "nobody@fernway.example"})
	if known.StatusCode != http.StatusNoContent || unknown.StatusCode != known.StatusCode || known.body+unknown.body != "" {
		t.Errorf("known: %d %s\nunknown: %d %s", known.StatusCode, known.body, unknown.StatusCode, unknown.body)
	}
	for name := range known.Header {
		if name != "Date" && name != "X-Request-Id" && !slices.Equal(known.Header[name], unknown.Header[name]) {
			t.Errorf("%s: %q and %q", name, known.Header[name], unknown.Header[name])
		}
	}
	if got := m.next(t); got.to != ines {
		t.Errorf("a mail to %s", got.to)
	}
	m.nothingMore(t) // strangers get no mail
	if n := query[int](t, m.bundle, "SELECT count(*) FROM mail_tokens WHERE email = 'nobody@fernway.example'"); n != 0 {
		t.Error("the stranger's address is kept")
	}
}

//nolint:paralleltest // it compares times
func TestForgottenTakesTheSameTimeForUnknownAndKnown(t *testing.T) {
	m := mailing{bundle: setup(t, func(c *identity.Config) {
		c.Post, c.PublicURL, c.Limits = postTo(t, smtptest.New(t)), site, identity.DefaultLimits()
		c.Limits.Mailed.Free, c.Limits.Asked.Free = 10_000, 10_000
	})} // nobody does the jobs: they would disturb the clock
	browser := m.browser(t, home)
	browser.signUp(ines)
	ask := func(email string) func() {
		return func() {
			if got := browser.json("/api/auth/forgotten", map[string]string{"email": email}); got.StatusCode != http.StatusNoContent {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
		}
	}
	wantSameTime(t, ask(ines), ask("nobody@fernway.example"))
}

func TestForgottenIsThrottledPerAddressAndAccount(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		email, address func(i int) string
		free           int
	}{
		"of a known e-mail":    {func(int) string { return ines }, network, 3},
		"of an unknown e-mail": {func(int) string { return "nobody@fernway.example" }, network, 3},
		"of an address":        {func(i int) string { return string(rune('a'+i)) + "@fernway.example" }, func(int) string { return abroad }, 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := withMail(t, func(c *identity.Config) { c.Limits = identity.DefaultLimits() })
			m.browser(t, home).signUp(ines)
			m.exec(t, "DELETE FROM throttles") // the sign-up's own mail counts too
			for i := range c.free {
				if got := m.browser(t, c.address(i)).json("/api/auth/forgotten", map[string]string{"email": c.email(i)}); got.StatusCode != http.StatusNoContent {
					t.Fatalf("%d: %d %s", i, got.StatusCode, got.body)
				}
			}
			got := m.browser(t, c.address(c.free)).json("/api/auth/forgotten", map[string]string{"email": c.email(c.free)})
			if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
				t.Errorf("%d %s", got.StatusCode, got.body)
			}
		})
	}
}

func network(i int) string { return "198.51.100." + string(rune('1'+i)) }

func TestDisabledPersonGetsNoNewPassword(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	secret := m.forgot(t)
	m.exec(t, "UPDATE people SET disabled_at = now(), disabled_by = 'operator'")
	for range 20 { // nothing is hashed for it, so there is nothing to count
		if got := m.browser(t, abroad).reset(secret, anotherPassword); got.StatusCode != http.StatusNotFound || got.problem().Code != "link_over" {
			t.Fatalf("a link tells who is disabled: %d %s", got.StatusCode, got.body)
		}
	}
	if n := query[int](t, m.bundle, "SELECT count(*) FROM throttles WHERE scope = 'address' AND tries > 0"); n != 0 {
		t.Error("something was hashed")
	}
	m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": ines})
	m.nothingMore(t)
}

func TestResetWantsAPasswordAsSignUpDoes(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	m.verified(t, m.browser(t, home))
	secret := m.forgot(t)
	for password, code := range map[string]string{"": "required", "short": "too_short", "password1": "too_common", "ines-moreau-1": "too_common", strings.Repeat("p", 1024): "too_long"} {
		if got := m.browser(t, abroad).reset(secret, password); len(got.problem().Errors) != 1 || got.problem().Errors[0].Code != code {
			t.Errorf("%.20q: %d %s", password, got.StatusCode, got.body)
		}
	}
	if got := m.browser(t, abroad).reset(secret, anotherPassword); got.StatusCode != http.StatusNoContent {
		t.Errorf("a refused password used the link up: %d %s", got.StatusCode, got.body)
	}
}

func TestWithoutAMailServerForgottenSaysWhomToAsk(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	browser.signUp(ines)
	if got := browser.json("/api/auth/forgotten", map[string]string{"email": ines}); got.StatusCode != http.StatusConflict || got.problem().Code != "no_mail" {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	for _, email := range []string{"", "ines@moreau.example"} {
		if err := (mailing{bundle: b}).ask(t, browser, email); problem.From(err).Code != "no_mail" {
			t.Errorf("asking for %q: %v", email, err)
		}
	}
	if n := query[int](t, b, "SELECT (SELECT count(*) FROM river_job) + (SELECT count(*) FROM mail_tokens)"); n != 0 {
		t.Errorf("%d mails wait for a server that isn't there", n)
	}
}
