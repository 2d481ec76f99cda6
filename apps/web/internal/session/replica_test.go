package session_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/waittest"
)

// replica is one more web on the bundle's database, which listens and so keeps sessions in memory.
type replica struct {
	bundle
	counts *counting
}

// counting is the store, and says how often it was asked.
type counting struct {
	*postgres.Store
	found, touched atomic.Int64
	overtake       atomic.Pointer[func()] // what happens between a look-up and its answer
}

func (c *counting) FindSession(ctx context.Context, hash session.Hash) (session.Session, error) {
	c.found.Add(1)
	found, err := c.Store.FindSession(ctx, hash)
	if overtake := c.overtake.Swap(nil); overtake != nil {
		(*overtake)()
	}
	return found, err
}

func (c *counting) TouchSession(ctx context.Context, hash session.Hash) error {
	c.touched.Add(1)
	return c.Store.TouchSession(ctx, hash)
}

// replica starts one, which listens at the bundle's database or along another way to it.
func (b bundle) replica(t testing.TB, direct ...string) *replica {
	t.Helper()
	r := b.deaf(t)
	way := b.database
	if len(direct) > 0 {
		way.URL = direct[0]
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		postgres.ListenForSessions(ctx, way, r.sessions.Changes(), slog.New(slog.DiscardHandler))
	}()
	t.Cleanup(func() { stop(); <-ended })
	return r
}

// deaf starts a replica that hears of nothing.
func (b bundle) deaf(t testing.TB) *replica {
	t.Helper()
	r := &replica{bundle: b, counts: &counting{Store: postgres.New(open(t, b.database))}}
	r.sessions = session.New(r.counts, session.Cookie{Secure: true})
	r.server = httptest.NewTLSServer(site(r.sessions, b.proof))
	t.Cleanup(r.server.Close)
	return r
}

// copyOf is another browser, at this replica, with the same cookie; it doesn't prolong the session.
func (r *replica) copyOf(t *testing.T, browser *client) func() string {
	t.Helper()
	cookie := http.Header{"Cookie": {browser.cookie().String()}}
	return func() string { t.Helper(); return r.browser(t).send("GET", "/polling", cookie).text }
}

// kept is copyOf, once the replica answers from memory.
func (r *replica) kept(t *testing.T, browser *client) func() string {
	t.Helper()
	ask := r.copyOf(t, browser)
	waittest.Within(t, 5*time.Second, "the session is kept in memory", func() bool { return r.lookUps(ask) == 0 })
	return ask
}

// lookUps is how many of them two requests cost.
func (r *replica) lookUps(ask func() string) int64 {
	before := r.counts.found.Load()
	ask()
	ask()
	return r.counts.found.Load() - before
}
