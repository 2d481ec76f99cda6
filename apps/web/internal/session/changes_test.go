package session_test

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/waittest"
	"cardwall/packages/postgres/pgtest"
)

const ines, guest = "Ines Moreau", "a guest"

func TestRevokedSessionIsRefusedWithinASecondOnEveryReplica(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, other := b.replica(t), b.replica(t)
	current := func(browser *client) uuid.UUID {
		hash := hashOf(t, browser)
		return query[[16]byte](t, b, "SELECT public_id FROM sessions WHERE id_hash = $1", hash[:])
	}
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	for _, c := range []struct {
		how string
		act func(browser *client)
	}{
		{"signed out", func(browser *client) { browser.post("/leave") }},
		{"signed in anew", func(browser *client) { browser.post("/enter") }},
		{"given a new id", func(browser *client) { browser.post("/renew") }},
		{"ended from the list", func(browser *client) { do(one.sessions.EndOne(t.Context(), b.person, current(browser), from())) }},
		{"ended with all others", func(*client) { do(one.sessions.EndOthers(t.Context(), b.person, current(one.signedIn(t)), from())) }},
		{"ended by an operator", func(*client) { b.exec(t, "UPDATE sessions SET expires_at = now()") }},
		{"deleted", func(*client) { b.exec(t, "DELETE FROM sessions") }},
		{"deleted with every other", func(*client) { b.exec(t, "TRUNCATE sessions") }},
		{"disabled", func(*client) { b.exec(t, "UPDATE people SET disabled_at = now(), disabled_by = 'operator'") }},
		{"deleted with the person", func(*client) { b.exec(t, "DELETE FROM people") }},
	} {
		b.exec(t, "UPDATE people SET disabled_at = NULL, disabled_by = NULL")
		browser := one.signedIn(t)
		here, there := one.kept(t, browser), other.kept(t, browser)
		c.act(browser)
		waittest.Within(t, time.Second, c.how+": refused on the other replica", func() bool { return there() == guest })
		waittest.Within(t, time.Second, c.how+": refused on this replica", func() bool { return here() == guest })
	}
}

func TestSessionEndedHereIsRefusedHereAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := b.deaf(t)
	r.sessions.Changes().Hearing() // but nobody tells
	for how, act := range map[string]func(*client){
		"signed out": func(browser *client) { browser.post("/leave") }, "signed in anew": func(browser *client) { browser.post("/enter") },
		"renewed":          func(browser *client) { browser.post("/renew") },
		"all others ended": func(*client) { _ = r.sessions.EndOthers(t.Context(), b.person, b.idOf(t, r.signedIn(t)), from()) },
	} {
		browser := r.signedIn(t)
		ask := r.kept(t, browser)
		act(browser)
		if got := ask(); got != guest {
			t.Errorf("%s: it still opens as %s", how, got)
		}
	}
}

func TestChangeOfAPersonShowsOnEveryReplica(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, other := b.replica(t), b.replica(t)
	browser := one.signedIn(t)
	here, there := one.kept(t, browser), other.kept(t, browser)
	b.exec(t, "UPDATE people SET name = 'Ines M.'")
	waittest.Within(t, time.Second, "the new name here", func() bool { return here() == "Ines M." })
	waittest.Within(t, time.Second, "the new name there", func() bool { return there() == "Ines M." })
}

func TestNothingIsKeptWhileTheListenerIsDown(t *testing.T) {
	t.Parallel()
	t.Run("not started", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		r := b.deaf(t)
		ask := r.copyOf(t, r.signedIn(t))
		if r.lookUps(ask) != 2 {
			t.Error("a session is kept")
		}
	})
	t.Run("cut off", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		r := b.replica(t)
		ask := r.kept(t, r.signedIn(t))
		allow := b.allowConnections(t)
		allow(false)
		b.exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name LIKE '% listener'`)
		waittest.Within(t, time.Second, "nothing is kept", func() bool { return r.lookUps(ask) == 2 })
		b.exec(t, "UPDATE sessions SET revoked_at = now()")
		if got := ask(); got != guest {
			t.Errorf("a revoked session opens as %s", got)
		}
		allow(true)
		r.kept(t, r.signedIn(t))
	})
	t.Run("unreachable", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		wire := pgtest.NewWire(t, b.database.URL)
		r := b.replica(t, wire.URL)
		ask := r.kept(t, r.signedIn(t))
		revive := wire.Die(t)
		b.exec(t, "UPDATE sessions SET revoked_at = now()")
		waittest.Within(t, 4*time.Second, "refused, though nobody said so", func() bool { return ask() == guest })
		deaf := r.copyOf(t, r.signedIn(t))
		waittest.Within(t, 4*time.Second, "nothing is kept", func() bool { return r.lookUps(deaf) == 2 })
		revive()
		r.kept(t, r.signedIn(t))
	})
}

// allowConnections says whether the bundle's database takes new ones; those that stand stay.
func (b bundle) allowConnections(t *testing.T) func(bool) {
	t.Helper()
	name := pgx.Identifier{query[string](t, b, "SELECT current_database()")}.Sanitize()
	admin, err := pgx.Connect(t.Context(), pgtest.Server(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Close(context.Background()) })
	return func(allow bool) {
		t.Helper()
		word := map[bool]string{true: "true", false: "false"}[allow]
		if _, err := admin.Exec(t.Context(), "ALTER DATABASE "+name+" WITH ALLOW_CONNECTIONS "+word); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLookUpThatARevocationOvertookIsNotKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := b.replica(t)
	browser, later := r.signedIn(t), r.signedIn(t)
	heard := r.kept(t, later)
	ask := r.copyOf(t, browser)
	overtake := func() {
		first, second := hashOf(t, browser), hashOf(t, later)
		for _, hash := range []session.Hash{first, second} {
			if err := b.store.RevokeSession(t.Context(), hash, from()); err != nil {
				t.Error(err)
			}
		}
		waittest.Within(t, time.Second, "the later revocation is heard, and so the first", func() bool { return heard() == guest })
	}
	r.counts.overtake.Store(&overtake)
	if got := ask(); got != ines {
		t.Fatalf("the look-up wasn't overtaken: %s", got)
	}
	if got := ask(); got != guest {
		t.Errorf("what was read before the revocation is kept after it: %s", got)
	}
}

func TestUnknownSessionIsLookedUpEachTime(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := b.replica(t)
	browser := r.signedIn(t)
	ask := r.kept(t, browser)
	b.exec(t, "UPDATE sessions SET revoked_at = now()")
	waittest.Within(t, time.Second, "it is refused", func() bool { return ask() == guest })
	if r.lookUps(ask) != 2 {
		t.Error("a refusal is kept")
	}
}

func TestKeptSessionEndsWhenItsTimeComes(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"idle for 7 days": "UPDATE sessions SET touched_at = now() - interval '7 days' + interval '2 seconds'",
		"over 30 days":    "UPDATE sessions SET created_at = created_at - interval '30 days', expires_at = now() + interval '2 seconds'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			r := b.replica(t)
			r.kept(t, r.signedIn(t))
			ask := r.copyOf(t, r.signedIn(t))
			b.exec(t, sql)
			if got := ask(); got != ines {
				t.Fatalf("too early: %s", got)
			}
			waittest.Within(t, 4*time.Second, "it ends", func() bool { return ask() == guest })
		})
	}
}

func TestKeptSessionIsTouchedOnceAMinute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := b.replica(t)
	browser := r.signedIn(t)
	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '61 seconds'")
	r.kept(t, browser)
	before := query[time.Time](t, b, "SELECT touched_at FROM sessions")
	for range 20 {
		browser.get("/")
	}
	if n := r.counts.touched.Load(); n != 1 {
		t.Errorf("the store was told of %d uses", n)
	}
	if after := query[time.Time](t, b, "SELECT touched_at FROM sessions"); !after.After(before) {
		t.Error("the use isn't written down")
	}
}

func TestStreamEndsWithinASecondOfItsSession(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, other := b.replica(t), b.replica(t)
	ended, goesOn := one.signedIn(t), one.signedIn(t)
	other.kept(t, ended)
	over, on := other.stream(t, ended), other.stream(t, goesOn)
	b.exec(t, "UPDATE people SET name = 'Ines M.'") // no reason to end
	ended.post("/leave")
	wantEnd(t, over)
	select {
	case code := <-on:
		t.Errorf("another session's ends with %q", code)
	default:
	}
	goesOn.post("/leave")
	wantEnd(t, on)
}

func wantEnd(t *testing.T, stream <-chan string) {
	t.Helper()
	select {
	case code := <-stream:
		if code != "signed_out" {
			t.Errorf("it ends with %q", code)
		}
	case <-time.After(10 * time.Second): // it would look by itself only after half a minute
		t.Error("it goes on")
	}
}

// stream opens one with that browser's cookie, and tells how it ends.
func (r *replica) stream(t *testing.T, browser *client) <-chan string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", r.server.URL+"/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Cookie", browser.cookie().String())
	response, err := r.server.Client().Do(request) // back once the stream has begun
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	ended := make(chan string, 1)
	go func() {
		code, _ := io.ReadAll(response.Body)
		ended <- string(code)
	}()
	return ended
}
