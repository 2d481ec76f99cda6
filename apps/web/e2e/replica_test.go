package e2e_test

import (
	"context"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// replica starts one more web on the stack's database.
func (s *stack) replica(t *testing.T) *app {
	t.Helper()
	env := maps.Clone(s.web.env)
	env["WEB_ADDR"] = freeAddr(t)
	second := start(t, "web", env["WEB_ADDR"], env)
	second.waitUntilReady(t)
	for _, a := range []*app{s.web, second} {
		eventually(t, "it listens", func() bool { return strings.Contains(a.said.String(), "listening for notifications") })
	}
	return second
}

// copyAt is the same browser at another replica, with a copy of its cookies.
func (p *person) copyAt(t *testing.T, s *stack, replica *app) *person {
	t.Helper()
	spy := &discreet{Transport: direct(), t: t, secrets: s.secrets()}
	spy.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, replica.addr)
	}
	site := must(url.Parse(p.url))(t)
	copied, client := *p, *p.http
	client.Transport, client.Jar = spy, must(cookiejar.New(nil))(t)
	client.Jar.SetCookies(site, p.http.Jar.Cookies(site))
	copied.http = &client
	return &copied
}

// wantKept makes sure that the replica has the session, and a token, in memory: it answers while nobody can read the table.
func (p *person) wantKept(t *testing.T, s *stack) {
	t.Helper()
	if got := p.send(t, http.MethodGet, "/api/v1/boards", ""); got.Status != http.StatusOK { // which leaves a token behind
		t.Fatalf("the api: %d %s", got.Status, got.Body)
	}
	wantSession(t, p)
	conn := must(pgx.Connect(t.Context(), s.webDB.Admin))(t)
	defer func() { _ = conn.Close(context.Background()) }()
	tx := must(conn.Begin(t.Context()))(t)
	must(tx.Exec(t.Context(), "LOCK TABLE auth.sessions IN ACCESS EXCLUSIVE MODE"))(t)
	wantSession(t, p)
}

// wantRefused makes sure that nothing opens any more, and tells how long the session still did.
func wantRefused(t *testing.T, since time.Time, browsers ...*person) (took time.Duration) {
	t.Helper()
	for _, p := range browsers {
		eventually(t, "the session is refused", func() bool {
			return p.send(t, http.MethodGet, "/api/auth/session", "").Status == http.StatusUnauthorized
		})
	}
	took = time.Since(since)
	for _, p := range browsers {
		if got := p.send(t, http.MethodGet, "/api/v1/boards", ""); got.Status != http.StatusUnauthorized {
			t.Errorf("the api still answers: %d", got.Status)
		}
		if got := p.get(t, "/boards"); got.Status != http.StatusSeeOther {
			t.Errorf("a page still opens: %d", got.Status)
		}
	}
	return took
}

// wantWithinASecond tries up to three times: a machine that has no time for us may hold one up, and what takes longer
// by itself, such as a session that is kept for five seconds, is late each time.
func wantWithinASecond(t *testing.T, try func() (took time.Duration)) {
	t.Helper()
	var took time.Duration
	for range 3 {
		if took = try(); took <= time.Second {
			return
		}
	}
	t.Errorf("it was refused after %s", took)
}

func TestSignOutOnOneReplicaIsRefusedOnTheOtherWithinASecond(t *testing.T) {
	t.Parallel()
	wantWithinASecond(t, func() time.Duration {
		s := setup(t)
		second := s.replica(t)
		ada := s.person(t, "Ada")
		here, there := ada.copyAt(t, s, s.web), ada.copyAt(t, s, second)
		there.wantKept(t, s)
		began := time.Now()
		if got := ada.post(t, "/api/auth/sign-out", ""); got.Status != http.StatusNoContent {
			t.Fatalf("sign-out: %d %s", got.Status, got.Body)
		}
		return wantRefused(t, began, there, here)
	})
}

func TestSessionsEndOnEveryReplicaThoughTheirListenersAreCutOff(t *testing.T) {
	t.Parallel()
	wantWithinASecond(t, func() time.Duration {
		s := setup(t)
		second := s.replica(t)
		ada := s.person(t, "Ada")
		here, there := ada.copyAt(t, s, s.web), ada.copyAt(t, s, second)
		here.wantKept(t, s)
		there.wantKept(t, s)
		began := time.Now()
		s.webDB.exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name LIKE '% listener'`)
		s.webDB.exec(t, "UPDATE auth.sessions SET revoked_at = now()")
		return wantRefused(t, began, here, there)
	})
}
