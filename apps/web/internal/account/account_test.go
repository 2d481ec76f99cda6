package account_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/waittest"
	"cardwall/packages/problem"
)

func TestGuestIsSentToTheSignInPage(t *testing.T) {
	t.Parallel()
	guest := setup(t).browser(t)
	for _, path := range []string{"/account", "/account/activity", "/account/delete"} {
		if got := guest.get(path); got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(got.location(), "/sign-in?return_to=") {
			t.Errorf("%s: %d %q", path, got.StatusCode, got.location())
		}
	}
}

func TestNewNameShowsAtOnce(t *testing.T) {
	t.Parallel()
	me := setup(t).person(t)
	for _, name := range []string{"Inés", "Inés M.", "Inés Moreau"} {
		me.get("/account") // so that the session is kept in memory
		me.wantDone(me.form("/account/name", "name", name), "name")
		if got := me.get("/api/auth/session"); !strings.Contains(got.body, name) {
			t.Errorf("the session says %s", got.body)
		}
	}
}

func TestPageOpensWhereSomethingIsWrong(t *testing.T) {
	t.Parallel()
	me := setup(t).person(t)
	if got := me.get("/account").body; strings.Contains(got, " autofocus") {
		t.Error("it opens at a field, and nothing is wrong")
	}
	for form, id := range map[string]string{"name": "name", "avatar": "picture", "password": "password"} {
		got := me.form("/account/"+form, "name", " ").body
		_, field, _ := strings.Cut(got, `id="`+id+`"`)
		if field, _, _ = strings.Cut(field, ">"); !strings.Contains(field, " autofocus") || strings.Count(got, " autofocus") != 1 {
			t.Errorf("%s: %s", form, field)
		}
	}
}

func TestRefusedFormIsDrawnAgainWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	me := setup(t).person(t)
	long := strings.Repeat("Ines ", 30)
	if got := me.form("/account/name", "name", long); got.StatusCode != http.StatusBadRequest || !strings.Contains(got.body, `value="`+long+`"`) || !strings.Contains(got.body, "up to 100 characters") {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if got := me.form("/account/password", "current", "not it at all", "password", "also secret words"); strings.Contains(got.body, "not it at all") || strings.Contains(got.body, "also secret") {
		t.Error("a password comes back")
	}
}

func TestPasswordChange(t *testing.T) {
	t.Parallel()
	t.Run("asks_for_the_current_one", func(t *testing.T) {
		t.Parallel()
		me := setup(t).person(t)
		for _, current := range []string{"", "kettle bridge loop"} {
			if got := me.form("/account/password", "current", current, "password", better); got.StatusCode != http.StatusBadRequest {
				t.Errorf("%q: %d", current, got.StatusCode)
			}
		}
		if got := me.signIn(password); got.StatusCode != http.StatusOK {
			t.Errorf("the old password answers %d", got.StatusCode)
		}
	})
	t.Run("gives_this_session_a_new_id_and_signs_out_everywhere_else_within_a_second", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me, other := b.person(t), b.again(t)
		elsewhere := &browser{t: t, http: other.http, url: replica(t, b.database).url}
		elsewhere.get("/api/auth/session")
		before, stolen := b.ids(t), me.copyOf()
		me.wantDone(me.form("/account/password", "current", password, "password", better), "password")
		waittest.Within(t, time.Second, "refused on the other replica", func() bool { return elsewhere.get("/api/auth/session").StatusCode == http.StatusUnauthorized })
		other.wantSignedIn(false)
		stolen.wantSignedIn(false)
		me.wantSignedIn(true)
		if after := b.ids(t); len(after) != 1 || strings.Contains(strings.Join(before, " "), after[0]) {
			t.Errorf("live before %q, after %q", before, after)
		}
		if old, now := b.browser(t).signIn(password), b.browser(t).signIn(better); old.StatusCode != http.StatusUnauthorized || now.StatusCode != http.StatusOK {
			t.Errorf("the old one answers %d, the new one %d", old.StatusCode, now.StatusCode)
		}
	})
	t.Run("is_throttled_like_a_sign_in", func(t *testing.T) {
		t.Parallel()
		me := setup(t).person(t)
		for range 5 {
			me.form("/account/password", "current", "kettle bridge loop", "password", better)
		}
		if got := me.form("/account/password", "current", password, "password", better); got.StatusCode != http.StatusTooManyRequests {
			t.Errorf("the sixth try answers %d", got.StatusCode)
		}
	})
	t.Run("sets_a_first_one_after_a_recent_sign_in", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		b.withoutPassword(t)
		b.longAgo(t)
		if got := me.form("/account/password", "password", better); got.StatusCode != http.StatusConflict || !strings.Contains(got.body, "/account/again?") {
			t.Errorf("after a long while: %d %s", got.StatusCode, got.body)
		}
		b.justNow(t)
		me.wantDone(me.form("/account/password", "password", better), "password")
		if got := b.browser(t).signIn(better); got.StatusCode != http.StatusOK {
			t.Errorf("it answers %d", got.StatusCode)
		}
	})
	t.Run("to_a_first_one_for_an_email_in_another_account_is_throttled", func(t *testing.T) {
		t.Parallel()
		b := setup(t, func(c *identity.Config) {
			c.Limits = identity.DefaultLimits()
			c.Limits.Address.Free, c.Limits.Address.FirstWait = 3, time.Minute
		})
		me := b.person(t)
		b.withoutPassword(t)
		b.exec(t, `INSERT INTO people (id, name, email) VALUES ('01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01', 'Tomas', $1)`, ines)
		b.exec(t, `INSERT INTO accounts (issuer, subject, person_id) VALUES ('password', $1, '01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01')`, ines)
		for range 3 {
			if got := me.form("/account/password", "password", better); got.StatusCode != http.StatusConflict || !strings.Contains(got.body, "belongs to another account") {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
		}
		if got := me.form("/account/password", "password", better); got.StatusCode != http.StatusTooManyRequests {
			t.Errorf("the fourth try answers %d", got.StatusCode)
		}
	})
	t.Run("refuses_what_anybody_would_guess", func(t *testing.T) {
		t.Parallel()
		me := setup(t).person(t)
		if got := me.form("/account/password", "current", password, "password", "password1"); got.StatusCode != http.StatusBadRequest || !strings.Contains(got.body, "among the first") {
			t.Errorf("%d", got.StatusCode)
		}
	})
}

// ids are the public ids of the live sessions.
func (b *bundle) ids(t *testing.T) []string {
	t.Helper()
	return query[[]string](t, b, `SELECT array_agg(public_id::text) FROM sessions WHERE revoked_at IS NULL`)
}

// copyOf is another browser with the cookie that this one has now.
func (b *browser) copyOf() *browser {
	b.t.Helper()
	other := (&bundle{url: b.url}).browser(b.t)
	r, err := http.NewRequest(http.MethodGet, b.url, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	other.http.Jar.SetCookies(r.URL, b.http.Jar.Cookies(r.URL))
	return other
}

func TestSessionsOnThePage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me, other, third := b.person(t), b.again(t), b.again(t)
	page := me.get("/account").body
	if strings.Count(page, "Firefox on Linux") < 3 || strings.Count(page, "This one") != 1 {
		t.Errorf("the page says %s", page)
	}
	id := query[string](t, b, `SELECT public_id::text FROM sessions ORDER BY created_at DESC LIMIT 1`)
	me.wantDone(me.form("/account/session-end", "id", id), "session-end")
	third.wantSignedIn(false)
	other.wantSignedIn(true)
	me.wantDone(me.form("/account/sessions-end"), "sessions-end")
	other.wantSignedIn(false)
	me.wantSignedIn(true)
	for _, nobodys := range []string{"", "7", "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"} {
		if got := me.form("/account/session-end", "id", nobodys); got.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %d", nobodys, got.StatusCode)
		}
	}
}

func TestTheLastWayInIsNotUnlinked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	b.exec(t, `UPDATE accounts SET issuer = 'https://accounts.google.com', subject = '7', provider = 'google'`)
	b.exec(t, `DELETE FROM passwords`)
	id := query[string](t, b, `SELECT id::text FROM accounts`)
	if got := me.form("/account/unlink", "id", id); got.StatusCode != http.StatusConflict || !strings.Contains(got.body, "only way in") {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

func TestAccountDeletion(t *testing.T) {
	t.Parallel()
	words := []string{"words", "delete my account", "password", password}
	t.Run("deletes_everything_but_the_audit_once_the_api_was_told", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me, other := b.person(t), b.again(t)
		me.upload(picture(t))
		if got := me.form("/account/delete", words...); got.StatusCode != http.StatusSeeOther || got.location() != "/goodbye" {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
		me.wantSignedIn(false)
		other.wantSignedIn(false)
		for _, table := range []string{"people", "accounts", "passwords", "sessions", "avatars"} {
			if n := query[int](t, b, "SELECT count(*) FROM "+table); n > 0 {
				t.Errorf("%d of %s are left", n, table)
			}
		}
		if n := query[int](t, b, `SELECT count(*) FROM audit WHERE what IN ('signed_up', 'deleted')`); n != 2 || b.api.told.Load() != 1 {
			t.Errorf("the audit has %d rows, the api was told %d times", n, b.api.told.Load())
		}
		if got := me.get("/goodbye"); got.StatusCode != http.StatusOK {
			t.Errorf("the farewell is %d", got.StatusCode)
		}
	})
	t.Run("takes_the_proof_that_the_page_asks_for", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		if got := me.send("DELETE", "/api/v1/me", "", nil, "X-Confirm", "leave"); got.StatusCode != http.StatusBadRequest || b.api.told.Load() != 0 {
			t.Errorf("%d, the api was told %d times", got.StatusCode, b.api.told.Load())
		}
		me.wantSignedIn(true)
	})
	t.Run("is_refused_while_sole_owner_of_a_shared_board", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		b.api.refuse.Store(problem.New(problem.Conflict, "sole_owner", "You are the only owner of “Garden”."))
		if got := me.form("/account/delete", words...); got.StatusCode != http.StatusConflict || !strings.Contains(got.body, "“Garden”") || strings.Contains(got.body, password) {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
		me.wantSignedIn(true)
		b.api.refuse.Store(nil)
		if got := me.form("/account/delete", words...); got.StatusCode != http.StatusSeeOther {
			t.Errorf("%d afterwards", got.StatusCode)
		}
	})
	t.Run("wants_the_words_and_the_password", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		for _, typed := range [][]string{{}, {"words", "delete", "password", password}, {"words", "delete my account", "password", "kettle bridge loop"}, {"words", "delete my account"}} {
			if got := me.form("/account/delete", typed...); got.StatusCode != http.StatusBadRequest {
				t.Errorf("%q: %d", typed, got.StatusCode)
			}
		}
		if me.wantSignedIn(true); b.api.told.Load() > 0 {
			t.Error("the api was told")
		}
	})
	t.Run("without_a_password_wants_a_recent_sign_in", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		me := b.person(t)
		b.exec(t, `DELETE FROM passwords`)
		b.exec(t, `UPDATE sessions SET created_at = now() - interval '11 minutes'`)
		if got := me.form("/account/delete", words...); got.StatusCode != http.StatusConflict || b.api.told.Load() > 0 {
			t.Errorf("%d, told %d", got.StatusCode, b.api.told.Load())
		}
		b.exec(t, `UPDATE sessions SET created_at = now() - interval '9 minutes'`)
		if got := me.form("/account/delete", words...); got.StatusCode != http.StatusSeeOther {
			t.Errorf("%d", got.StatusCode)
		}
	})
}

func TestButtonsThatEndSessionsAreToldApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	for range 3 {
		b.again(t)
	}
	b.exec(t, "UPDATE sessions SET user_agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36' WHERE public_id = (SELECT max(public_id::text)::uuid FROM sessions)")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(me.get("/account").body))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	doc.Find(`form[action="/account/session-end"] button`).Each(func(_ int, button *goquery.Selection) {
		names = append(names, button.Text())
		if about := doc.Find("#" + button.AttrOr("aria-describedby", "")).Text(); !strings.Contains(about, "Signed in") {
			t.Errorf("%s is described by %q", button.Text(), about)
		}
	})
	slices.Sort(names)
	if want := []string{"RevokeChrome on Linux", "RevokeFirefox on Linux, 1 of 2", "RevokeFirefox on Linux, 2 of 2"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}
