package session_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/problem"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"

// stranger is the session of somebody else.
func (b bundle) stranger(t *testing.T) uuid.UUID {
	t.Helper()
	person := uuid.Must(uuid.NewV7())
	made := identity.PasswordPerson{ID: person, Name: "Tom", Email: "tom@fernway.example", Hash: "$argon2id$none"}
	proof, err := b.store.CreatePasswordPerson(t.Context(), made, from())
	if err != nil {
		t.Fatal(err)
	}
	started, err := b.store.StartSession(t.Context(), session.Start{Proof: proof, Hash: session.Hash{1}, From: from()})
	if err != nil {
		t.Fatal(err)
	}
	return started.ID
}

// idOf is the public id of the browser's session.
func (b bundle) idOf(t *testing.T, browser *client) uuid.UUID {
	t.Helper()
	hash := hashOf(t, browser)
	return query[[16]byte](t, b, "SELECT public_id FROM sessions WHERE id_hash = $1", hash[:])
}

func (b bundle) list(t *testing.T, current uuid.UUID) []session.Listed {
	t.Helper()
	listed, err := b.sessions.List(session.Into(t.Context(), session.Session{ID: current}), b.person)
	if err != nil {
		t.Fatal(err)
	}
	return listed
}

func TestPersonSeesEachSession(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.stranger(t)
	this, other := b.browser(t), b.signedIn(t)
	this.send("POST", "/enter", http.Header{"User-Agent": {firefox}})
	b.signedIn(t).post("/leave")
	idle, over := hashOf(t, b.signedIn(t)), hashOf(t, b.signedIn(t))
	b.exec(t, "UPDATE sessions SET touched_at = touched_at - interval '1 hour', created_at = created_at - interval '1 day' WHERE user_agent LIKE '%Firefox%'")
	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '7 days 1 second' WHERE id_hash = $1", idle[:])
	b.exec(t, "UPDATE sessions SET created_at = created_at - interval '31 days', expires_at = now() - interval '1 second' WHERE id_hash = $1", over[:])

	got := b.list(t, b.idOf(t, this))
	if len(got) != 2 || got[0].ID != b.idOf(t, this) || got[1].ID != b.idOf(t, other) || !got[0].This || got[1].This {
		t.Fatalf("listed: %+v", got)
	}
	first := got[0]
	if first.Device != "Firefox on Linux" || got[1].Device != "A Go program" || first.Address.String() != "127.0.0.1" {
		t.Errorf("listed: %+v", got)
	}
	if created, used := time.Since(first.CreatedAt), time.Since(first.UsedAt); created < 24*time.Hour || used < time.Hour || used > 2*time.Hour {
		t.Errorf("created %s, used %s ago", created, used)
	}
	if got := b.list(t, b.idOf(t, other)); !got[0].This || got[0].ID != b.idOf(t, other) {
		t.Errorf("seen from the other: %+v", got)
	}
}

func TestPersonRevokesEachSession(t *testing.T) {
	t.Parallel()
	b := setup(t)
	this, other := b.signedIn(t), b.signedIn(t)
	end := func() error { return b.sessions.EndOne(t.Context(), b.person, b.idOf(t, other), from()) }
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if other.get("/").text != guest || this.get("/").text != ines {
		t.Error("not that one session ended")
	}
	if err := end(); err != nil {
		t.Errorf("ending it twice: %v", err)
	}
	if n := b.audited(t, "ended from the list"); n != 1 {
		t.Errorf("%d audit rows", n)
	}
}

func TestPersonRevokesAllOthers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	this, one, two := b.signedIn(t), b.signedIn(t), b.signedIn(t)
	if err := b.sessions.EndOthers(t.Context(), b.person, b.idOf(t, this), from()); err != nil {
		t.Fatal(err)
	}
	if this.get("/").text != ines || one.get("/").text != guest || two.get("/").text != guest {
		t.Error("not all others ended")
	}
	if n := b.audited(t, "all others ended"); n != 2 {
		t.Errorf("%d audit rows", n)
	}
}

func TestSessionOfSomebodyElseIsNotFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.signedIn(t)
	theirs := b.stranger(t)
	for name, id := range map[string]uuid.UUID{"theirs": theirs, "nobody's": uuid.New(), "none": uuid.Nil} {
		if err := b.sessions.EndOne(t.Context(), b.person, id, from()); !problem.Is(err, problem.NotFound) {
			t.Errorf("ending %s: %v", name, err)
		}
	}
	for name, id := range map[string]uuid.UUID{"theirs": theirs, "nobody's": uuid.New(), "none": uuid.Nil} {
		if err := b.sessions.EndOthers(t.Context(), b.person, id, from()); !problem.Is(err, problem.NotFound) {
			t.Errorf("keeping %s: %v", name, err)
		}
	}
	if live, err := b.store.SessionLive(t.Context(), theirs); err != nil || !live || browser.get("/").text != ines {
		t.Errorf("somebody was signed out: %v", err)
	}
}

// audited counts the sign-outs with that reason.
func (b bundle) audited(t *testing.T, why string) int {
	t.Helper()
	return query[int](t, b, "SELECT count(*) FROM audit WHERE what = 'signed_out' AND person_id = $1 AND details->>'why' = $2 AND details ? 'session'", b.person, why)
}
