package account_test

import (
	"net/http"
	"testing"
	"time"

	"cardwall/apps/web/internal/waittest"
)

func TestDisabledPersonIsSignedOutOnEveryReplicaAndStaysSoUntilTheySignInAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	elsewhere := &browser{t: t, http: me.http, url: replica(t, b.database).url}
	me.wantSignedIn(true)
	elsewhere.wantSignedIn(true)
	if changed, err := b.people.Disable(t.Context(), ines); err != nil || !changed {
		t.Fatal(changed, err)
	}
	for _, browser := range []*browser{me, elsewhere} {
		waittest.Within(t, time.Second, "signed out", func() bool { return browser.get("/api/auth/session").StatusCode == http.StatusUnauthorized })
	}
	if got := b.browser(t).signIn(password); got.StatusCode != http.StatusForbidden {
		t.Errorf("signing in answers %d", got.StatusCode)
	}
	if changed, err := b.people.Enable(t.Context(), ines); err != nil || !changed {
		t.Fatal(changed, err)
	}
	me.wantSignedIn(false)
	b.again(t).wantSignedIn(true)
	if n := query[int](t, b, `SELECT count(*) FROM audit WHERE what IN ('disabled', 'enabled') AND email = $1`, ines); n != 2 {
		t.Errorf("the audit has %d rows", n)
	}
}
