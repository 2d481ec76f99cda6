package e2e_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgserver"
	"cardwall/packages/postgres/pgtest"
)

func TestTheAPIGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	s.api.stop(t)

	for _, page := range []string{"/boards", w.page(), w.page() + "/cards/1"} {
		if got := ada.get(t, page); got.Status != http.StatusBadGateway || !strings.Contains(got.Body, "Back in a moment") {
			t.Errorf("%s: %d %s", page, got.Status, got.Body)
		}
	}
	if got := ada.send(t, http.MethodGet, w.api(), ""); got.Status != http.StatusBadGateway || got.problem(t).Code != "api_away" {
		t.Errorf("the proxy: %d %s", got.Status, got.Body)
	}
	typed := ada.submit(t, w.page()+"/cards/1", url.Values{"title": {"half a sentence"}, "version": {"1"}})
	if typed.Status != http.StatusBadGateway || !strings.Contains(typed.Body, "half a sentence") {
		t.Errorf("what was typed is lost: %d %s", typed.Status, typed.Body)
	}
	wantSession(t, ada)
	if got := ada.get(t, "/"); got.Status != http.StatusOK {
		t.Errorf("the start page: %d", got.Status)
	}
	if got := s.web.probe(t, "/readyz"); got != http.StatusOK {
		t.Errorf("web's readiness follows the api: %d", got)
	}

	s.api.launch(t)
	s.api.waitUntilReady(t)
	if got := ada.order(t, w.ID)[0]; got != "a b" {
		t.Errorf("after the return: %q", got)
	}
}

// On a machine that has no time for us everything takes longer: ten times what a sign-in takes there are granted.
func TestTheDatabaseGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	server := newServer(t)
	s := deploy(t, server.admin, "")
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	asked := time.Now()
	ada.signIn(t)
	usual := time.Since(asked)
	server.stop(t)

	for _, a := range []*app{s.web, s.api} {
		if live, ready := a.probe(t, "/livez"), a.probe(t, "/readyz"); live != http.StatusOK || ready != http.StatusServiceUnavailable {
			t.Errorf("%s: /livez %d, /readyz %d", a.name, live, ready)
		}
	}
	away := func(name string, ask func() answer) {
		began := time.Now()
		got := ask()
		if got.Status != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d, Retry-After %q: %s", name, got.Status, got.Header.Get("Retry-After"), got.Body)
		}
		if took := time.Since(began); took > 3*time.Second+10*usual {
			t.Errorf("%s: the answer took %s", name, took)
		}
		if got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s touches the cookie: %s", name, got.Header.Get("Set-Cookie"))
		}
	}
	away("a page", func() answer { return ada.get(t, w.page()) })
	away("the proxy", func() answer { return ada.send(t, http.MethodGet, w.api(), "") })
	away("the session", func() answer { return ada.send(t, http.MethodGet, "/api/auth/session", "") })
	away("a sign-in", func() answer { return ada.signIn(t) })
	away("a form", func() answer {
		return ada.submit(t, w.page()+"/cards", url.Values{"column_id": {w.Columns[0].String()}, "title": {"x"}})
	})
	away("the sign-in form", func() answer {
		return s.guest(t).submit(t, "/api/auth/sign-in", url.Values{"email": {ada.Email}, "password": {password}})
	})

	server.start(t)
	back := time.Now()
	eventually(t, "all is well again", func() bool { return ada.get(t, w.page()).Status == http.StatusOK })
	if took := time.Since(back); took > 10*time.Second+10*usual {
		t.Errorf("all was well only %s after the return", took)
	}
	s.web.waitUntilReady(t)
	s.api.waitUntilReady(t)
	wantSession(t, ada)
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
}

// A load balancer sends people elsewhere: a web that can't read its keys any more can't send them on to the api.
func TestWebIsNotReadyWhileItsKeysAreStale(t *testing.T) {
	t.Parallel()
	s := deploy(t, pgtest.Server(t), "", "APP_ENV", "development", "KEY_PUBLISH_BEFORE", "4s") // known for two seconds
	s.webDB.exec(t, "ALTER TABLE auth.signing_keys RENAME TO signing_keys_away")
	eventually(t, "web isn't ready", func() bool { return s.web.probe(t, "/readyz") == http.StatusServiceUnavailable })
	if live := s.web.probe(t, "/livez"); live != http.StatusOK {
		t.Errorf("/livez: %d", live)
	}
	if code, said := s.web.command(t, "health"); code != 1 || !strings.Contains(said, "keys") {
		t.Errorf("web health: %d %s", code, said)
	}
	s.webDB.exec(t, "ALTER TABLE auth.signing_keys_away RENAME TO signing_keys")
	s.web.waitUntilReady(t)
}

// server is a database server of this test's own, which can go away.
type server struct {
	options pgserver.Options
	running *pgserver.Server
	admin   string
}

func newServer(t *testing.T) *server {
	t.Helper()
	_, port, _ := net.SplitHostPort(freeAddr(t))
	dir := must(os.MkdirTemp(scratchForServer(), "cardwall-e2e-postgres-"))(t)
	s := &server{options: pgserver.Options{
		BinDir: must(pgserver.Find())(t), Dir: dir, Port: must(strconv.Atoi(port))(t),
	}}
	if err := os.Chmod(dir, 0o755); err != nil { // the server's account passes through
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.stop(t)
		_ = os.RemoveAll(dir)
	})
	s.start(t)
	s.admin = s.running.URL("postgres", "postgres")
	return s
}

// scratchForServer is in memory where the system has that.
func scratchForServer() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

func (s *server) start(t *testing.T) {
	t.Helper()
	s.running = must(pgserver.Start(context.Background(), s.options))(t)
}

func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.running.Stop(); err != nil {
		t.Error(err)
	}
}
