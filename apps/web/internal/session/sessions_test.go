package session_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/apps/web/internal/session"
)

func TestIDIs256RandomBitsAndOnlyItsHashIsInTheDatabase(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, err := base64.RawURLEncoding.DecodeString(b.signedIn(t).cookie().Value)
	if err != nil || len(id) != 32 {
		t.Fatalf("the cookie holds %d bytes, %v", len(id), err)
	}
	hash := sha256.Sum256(id)
	if n := query[int](t, b, "SELECT count(*) FROM sessions WHERE id_hash = $1", hash[:]); n != 1 {
		t.Error("the hash isn't there")
	}
	if n := query[int](t, b, "SELECT count(*) FROM sessions s WHERE position($1::bytea in id_hash) > 0 OR s::text LIKE '%' || encode($1, 'hex') || '%'", id); n != 0 {
		t.Error("the id itself is in the database")
	}
}

func TestCookieOverHTTPSIsHostSecureHTTPOnlyLax(t *testing.T) {
	t.Parallel()
	b := setup(t)
	set := b.browser(t).post("/enter").Header.Get("Set-Cookie")
	name, attributes, _ := strings.Cut(set, "=")
	_, attributes, _ = strings.Cut(attributes, "; ")
	if want := "Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax"; name != "__Host-session" || attributes != want {
		t.Errorf("Set-Cookie: %s", set)
	}
}

func TestCookieOnPlainLocalhostIsNotSecure(t *testing.T) {
	t.Parallel()
	b := setup(t)
	plain := session.New(b.store, session.Cookie{})
	b.server = httptest.NewServer(site(plain, b.proof))
	t.Cleanup(b.server.Close)
	browser := b.signedIn(t)
	if c := browser.cookie(); c == nil || c.Name != "session" {
		t.Fatalf("cookie %v", c)
	}
	if set := browser.post("/enter").Header.Get("Set-Cookie"); strings.Contains(set, "Secure") || !strings.Contains(set, "HttpOnly; SameSite=Lax") {
		t.Errorf("Set-Cookie: %s", set)
	}
	if got := browser.get("/"); got.text != "Ines Moreau" {
		t.Errorf("it doesn't work: %s", got.text)
	}
}

func TestNewIDAtSignInAndTheBrowsersOldOneIsRevoked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser, other := b.signedIn(t), b.signedIn(t)
	old := browser.cookie()
	browser.post("/enter")
	if browser.cookie().Value == old.Value {
		t.Fatal("the id stayed")
	}
	if got := b.browser(t).send("GET", "/", http.Header{"Cookie": {old.String()}}); got.text != "a guest" {
		t.Errorf("the old id still opens as %s", got.text)
	}
	if browser.get("/").text != "Ines Moreau" || other.get("/").text != "Ines Moreau" {
		t.Error("more than the browser's old session ended")
	}
}

func TestUnknownIDIsNeverAdopted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	planted := make([]byte, 32)
	rand.Read(planted)
	for _, value := range []string{base64.RawURLEncoding.EncodeToString(planted), "", "x", strings.Repeat("A", 8<<10), base64.RawURLEncoding.EncodeToString(planted[:31])} {
		header := http.Header{"Cookie": {"__Host-session=" + value}}
		if got := b.browser(t).send("GET", "/", header); got.StatusCode != http.StatusOK || got.text != "a guest" || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("cookie of %d bytes: %d %s", len(value), got.StatusCode, got.text)
		}
		if set := b.browser(t).send("POST", "/enter", header).Cookies(); len(set) != 1 || set[0].Value == value {
			t.Errorf("sign-in answered %v", set)
		}
	}
	hash := sha256.Sum256(planted)
	if n := query[int](t, b, "SELECT count(*) FROM sessions WHERE id_hash = $1", hash[:]); n != 0 {
		t.Error("the planted id has a session")
	}
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sql, who string }{
		"idle for less than 7 days":       {"UPDATE sessions SET touched_at = now() - interval '6 days 23 hours'", "Ines Moreau"},
		"idle for 7 days":                 {"UPDATE sessions SET touched_at = now() - interval '7 days 1 second'", "a guest"},
		"used every day for under 30":     {"UPDATE sessions SET created_at = created_at - interval '29 days 23 hours', expires_at = expires_at - interval '29 days 23 hours'", "Ines Moreau"},
		"used every day for over 30 days": {"UPDATE sessions SET created_at = created_at - interval '30 days 1 second', expires_at = expires_at - interval '30 days 1 second'", "a guest"},
		"revoked":                         {"UPDATE sessions SET revoked_at = now()", "a guest"},
		"person disabled":                 {"UPDATE people SET disabled_at = now(), disabled_by = 'operator'", "a guest"},
		"person deleted":                  {"DELETE FROM people", "a guest"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			browser := b.signedIn(t)
			id := query[[16]byte](t, b, "SELECT public_id FROM sessions")
			b.exec(t, c.sql)
			if got := browser.get("/polling").text; got != c.who {
				t.Errorf("signed in as %s, want %s", got, c.who)
			}
			live, err := b.store.SessionLive(t.Context(), id)
			if err != nil || live != (c.who != "a guest") {
				t.Errorf("a stream would see live=%v, %v", live, err)
			}
		})
	}
}

func TestTouchedAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.signedIn(t)
	touched := func() time.Time { return query[time.Time](t, b, "SELECT touched_at FROM sessions") }

	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '59 seconds'")
	before := touched()
	if browser.get("/"); !touched().Equal(before) {
		t.Error("touched within the minute")
	}
	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '61 seconds'")
	before = touched()
	if browser.get("/polling"); !touched().Equal(before) {
		t.Error("a polling request prolonged the session")
	}
	var once sync.WaitGroup
	for range 16 {
		once.Go(func() { browser.get("/") })
	}
	once.Wait()
	after := touched()
	if !after.After(before) {
		t.Error("not touched after a minute")
	}
	if browser.get("/"); !touched().Equal(after) {
		t.Error("touched again at once")
	}
}

func TestRequestsAtOnceTouchOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	hash := hashOf(t, b.signedIn(t))
	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '61 seconds'")
	var touched []time.Time
	for range 2 { // both were told by their look-up that a touch is due
		if err := b.store.TouchSession(t.Context(), hash); err != nil {
			t.Fatal(err)
		}
		touched = append(touched, query[time.Time](t, b, "SELECT touched_at FROM sessions"))
	}
	if !touched[0].Equal(touched[1]) {
		t.Error("touched twice within the minute")
	}
}

// hashOf is what the database knows of the browser's session id.
func hashOf(t *testing.T, browser *client) session.Hash {
	t.Helper()
	id, err := base64.RawURLEncoding.DecodeString(browser.cookie().Value)
	if err != nil || len(id) != 32 {
		t.Fatalf("the cookie holds %d bytes, %v", len(id), err)
	}
	return sha256.Sum256(id)
}

func TestSignOutEndsTheSessionAndClearsTheCookie(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser, other := b.signedIn(t), b.signedIn(t)
	stolen := browser.cookie().String()
	browser.post("/leave")
	if browser.cookie() != nil {
		t.Error("the cookie stayed")
	}
	if got := b.browser(t).send("GET", "/", http.Header{"Cookie": {stolen}}).text; got != "a guest" {
		t.Errorf("a copy of the cookie still opens as %s", got)
	}
	if got := other.get("/").text; got != "Ines Moreau" {
		t.Error("another browser was signed out too")
	}
	if got := browser.post("/leave").StatusCode; got != http.StatusOK {
		t.Errorf("signing out twice: %d", got)
	}
	if n := query[int](t, b, "SELECT count(*) FROM audit WHERE what = 'signed_out' AND person_id = $1", b.person); n != 1 {
		t.Errorf("%d audit rows", n)
	}
}

func TestRequestInFlightCannotReviveASignedOutSession(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 10 {
		browser := b.signedIn(t)
		cookie := http.Header{"Cookie": {browser.cookie().String()}}
		b.exec(t, "UPDATE sessions SET touched_at = now() - interval '2 minutes' WHERE revoked_at IS NULL")
		var racing sync.WaitGroup
		for range 8 {
			racing.Go(func() { b.browser(t).send("GET", "/", cookie) })
		}
		racing.Go(func() { browser.post("/leave") })
		racing.Wait()
		if got := b.browser(t).send("GET", "/", cookie).text; got != "a guest" {
			t.Fatalf("the session lives again, as %s", got)
		}
	}
	if n := query[int](t, b, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); n != 0 {
		t.Errorf("%d sessions not revoked", n)
	}
}

func TestTouchThatWaitedForASignOutChangesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	hash := hashOf(t, b.signedIn(t))
	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '2 minutes'")
	before := query[time.Time](t, b, "SELECT touched_at FROM sessions")
	signOut, err := b.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := signOut.Exec(t.Context(), "UPDATE sessions SET revoked_at = now()"); err != nil {
		t.Fatal(err)
	}
	touched := make(chan error)
	go func() { touched <- b.store.TouchSession(t.Context(), hash) }()
	for query[int](t, b, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
		runtime.Gosched()
	}
	if err := signOut.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-touched; err != nil {
		t.Fatal(err)
	}
	if after := query[time.Time](t, b, "SELECT touched_at FROM sessions"); !after.Equal(before) {
		t.Error("a revoked session was touched")
	}
}
