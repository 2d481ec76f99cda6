package session_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/waittest"
)

func TestRenewedSessionHasANewIDAndTheOldOneIsRevoked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser, other := b.signedIn(t), b.signedIn(t)
	b.exec(t, "UPDATE sessions SET created_at = created_at - interval '10 days', expires_at = expires_at - interval '10 days'")
	old, oldID := browser.cookie(), b.idOf(t, browser)
	ends := query[time.Time](t, b, "SELECT expires_at FROM sessions WHERE public_id = $1", oldID)
	got := browser.send("POST", "/renew", http.Header{"User-Agent": {firefox}})
	set := got.Cookies()
	if len(set) != 1 || set[0].Value == old.Value || !set[0].Secure || !set[0].HttpOnly || set[0].SameSite != http.SameSiteLaxMode || set[0].Name != "__Host-session" {
		t.Fatalf("%d %v", got.StatusCode, set)
	}
	if got := b.browser(t).send("GET", "/", http.Header{"Cookie": {old.String()}}).text; got != guest {
		t.Errorf("the old id still opens as %s", got)
	}
	if browser.get("/").text != ines || other.get("/").text != ines {
		t.Error("the new id, or another browser, is signed out")
	}
	newID := b.idOf(t, browser)
	if newID == oldID {
		t.Error("the public id stayed")
	}
	if got := query[time.Time](t, b, "SELECT expires_at FROM sessions WHERE public_id = $1", newID); !got.Equal(ends) {
		t.Errorf("it ends at %s, not %s: thirty days are the most", got, ends)
	}
	if n := query[int](t, b, "SELECT count(*) FROM audit WHERE what = 'session_renewed' AND person_id = $1 AND details->>'session' = $2 AND details->>'before' = $3 AND user_agent = $4", b.person, newID.String(), oldID.String(), firefox); n != 1 {
		t.Errorf("%d audit rows of this renewal from this browser", n)
	}
}

func TestWhatHasEndedIsNotRenewed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	revoked, idle, over := b.signedIn(t), b.signedIn(t), b.signedIn(t)
	for browser, sql := range map[*client]string{
		revoked: "UPDATE sessions SET revoked_at = now() WHERE id_hash = $1",
		idle:    "UPDATE sessions SET touched_at = now() - interval '8 days' WHERE id_hash = $1",
		over:    "UPDATE sessions SET created_at = created_at - interval '31 days', expires_at = now() - interval '1 second' WHERE id_hash = $1",
	} {
		hash := hashOf(t, browser)
		b.exec(t, sql, hash[:])
	}
	for name, header := range map[string]http.Header{
		"revoked": {"Cookie": {revoked.cookie().String()}}, "idle": {"Cookie": {idle.cookie().String()}}, "over": {"Cookie": {over.cookie().String()}},
		"a guest": {}, "planted": {"Cookie": {"__Host-session=" + strings.Repeat("A", 43)}},
	} {
		got := b.browser(t).send("POST", "/renew", header)
		if doc := document(t, got); got.StatusCode != http.StatusUnauthorized || doc.Code != "signed_out" || len(got.Cookies()) != 0 {
			t.Errorf("%s: %d %v", name, got.StatusCode, got.Cookies())
		}
	}
	if n := query[int](t, b, "SELECT count(*) FROM sessions"); n != 3 {
		t.Errorf("%d sessions", n)
	}
}

func TestSessionRenewedWhileThePersonIsShutOutEndsToo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.signedIn(t)
	hold, err := b.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hold.Rollback(context.Background()) })
	if _, err := hold.Exec(t.Context(), "SELECT FROM sessions FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	renewed, ended := make(chan answer, 1), make(chan error, 1)
	go func() { renewed <- browser.post("/renew") }()
	b.waitForWaiting(t, 1)
	disable := func(yes bool) error {
		the := func(all []identity.Holder) (identity.Holder, error) { return all[0], nil }
		_, err := b.store.SetDisabled(t.Context(), identity.Whom{ID: b.person}, the, yes)
		return err
	}
	go func() { ended <- disable(true) }()
	b.waitForWaiting(t, 2)
	if err := hold.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := <-renewed; got.StatusCode != http.StatusOK {
		t.Errorf("it wasn't renewed first: %d", got.StatusCode)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if err := disable(false); err != nil { // so that it is the session's end that shuts out
		t.Fatal(err)
	}
	if got := browser.get("/").text; got != guest {
		t.Errorf("the renewed session outlived the end of all, as %s", got)
	}
}

// waitForWaiting waits until so many statements wait for a lock.
func (b bundle) waitForWaiting(t *testing.T, n int) {
	t.Helper()
	waittest.Within(t, 5*time.Second, "they wait for each other", func() bool {
		return query[int](t, b, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == n
	})
}

func TestRenewThatFailsKeepsTheSession(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.signedIn(t)
	b.exec(t, "ALTER TABLE audit RENAME TO elsewhere") // the last of its statements fails
	if got := browser.post("/renew"); got.StatusCode < 500 || len(got.Cookies()) != 0 {
		t.Errorf("%d %v", got.StatusCode, got.Cookies())
	}
	b.exec(t, "ALTER TABLE elsewhere RENAME TO audit")
	if got := browser.get("/").text; got != ines {
		t.Errorf("the old id opens as %s", got)
	}
}
