package e2e_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"cardwall/packages/postgres/pgtest"
)

// Two replicas of web and the api, with a timetable of seconds in place of minutes: the lag of a replica, the api's
// refresh and the caches are shortened alike, a token's life is not, because these are all used at once.
func TestKeysRotateUnderLoadWithoutOneRefusal(t *testing.T) {
	t.Parallel()
	const enough = 10_000
	s, replicas := rotating(t)
	old := s.keys(t)
	crowd := s.crowd(t, replicas)

	crowd.wantMore(t, "before the rotation")
	code, said := s.web.command(t, "keys", "rotate")
	if code != 0 || !strings.Contains(said, "is published from now on and signs from ") || !strings.Contains(said, "key "+old[0]+" signs until then") {
		t.Fatalf("keys rotate: %d %s", code, said)
	}
	both := s.keys(t)
	if len(both) != 2 || both[0] != old[0] {
		t.Fatalf("the keys are %q", both)
	}
	next := both[1]
	if code, said := s.web.command(t, "keys", "rotate"); code != 0 || !strings.Contains(said, "No key was made, because key "+next+" is published already") {
		t.Errorf("keys rotate, again: %d %s", code, said)
	}
	if code, said := s.web.command(t, "keys", "list"); code != 0 || !strings.Contains(said, old[0]+"  active  since ") || !strings.Contains(said, next+"  next    since ") {
		t.Errorf("keys list: %d %s", code, said)
	}
	for _, replica := range replicas {
		eventually(t, "both are published", func() bool { return len(contains(replica.jwks(t), old[0], next)) == 2 })
	}
	crowd.wantMore(t, "while there is a next key")
	for _, replica := range replicas {
		if replica.signsWith(next) {
			t.Error("the next key signed before its time")
		}
		eventually(t, "the next key signs", func() bool { return replica.signsWith(next) })
	}
	if code, said := s.web.command(t, "keys", "list"); code != 0 || !strings.Contains(said, old[0]+"  retiring  since ") || !strings.Contains(said, next+"  active    since ") {
		t.Errorf("keys list: %d %s", code, said)
	}
	crowd.wantMore(t, "while the old key retires")
	for _, replica := range replicas {
		eventually(t, "the old key is gone", func() bool { return contains(replica.jwks(t), old[0]) == nil })
	}
	eventually(t, "the api forgets it", func() bool { return strings.Contains(s.api.said.String(), `"kids":["`+next+`"]`) })
	crowd.wantMore(t, "after the rotation")
	eventually(t, fmt.Sprintf("%d requests", enough), func() bool { return crowd.answered.Load() >= enough })

	if strange := crowd.stop(); len(strange) > 0 {
		t.Errorf("of %d answers some weren't 200: %v", crowd.answered.Load(), strange)
	}
	if strings.Contains(s.api.said.String(), "isn't known") {
		t.Error("the api met a token whose key it didn't know")
	}
	if got := s.keys(t); len(got) != 1 || got[0] != next {
		t.Errorf("the keys are %q", got)
	}
}

// rotating runs two replicas of web on one database, and the api.
func rotating(t *testing.T) (*stack, []*app) {
	t.Helper()
	server, webAddr, otherAddr, apiAddr := pgtest.Server(t), freeAddr(t), freeAddr(t), freeAddr(t)
	s := &stack{
		URL:   "http://localhost" + portOf(webAddr),
		webDB: newDatabase(t, server, "web"), apiDB: newDatabase(t, server, "api"),
	}
	web := logged(map[string]string{
		"APP_ENV": "development", "DATABASE_URL": s.webDB.URL, "WEB_ADDR": webAddr, "PUBLIC_URL": s.URL, "API_URL": "http://" + apiAddr,
		"KEY_ENCRYPTION_KEY": key(t), "KEY_ROTATE_EVERY": "0", "KEY_PUBLISH_BEFORE": "6s", "KEY_KEEP_AFTER": "4s",
	})
	s.web = start(t, "web", webAddr, web)
	other := logged(web)
	other["WEB_ADDR"] = otherAddr
	replicas := []*app{s.web, start(t, "web", otherAddr, other)}
	s.api = start(t, "api", apiAddr, logged(map[string]string{
		"DATABASE_URL": s.apiDB.URL, "API_ADDR": apiAddr, "TOKEN_ISSUER": s.URL,
		"TOKEN_JWKS_URL": "http://" + otherAddr + "/api/auth/jwks", "TOKEN_JWKS_REFRESH": "1s",
	}))
	for _, a := range append(replicas, s.api) {
		a.waitUntilReady(t)
	}
	return s, replicas
}

// keys lists the ids of the keys, the oldest first.
func (s *stack) keys(t *testing.T) []string {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), s.webDB.Admin))(t)
	defer func() { _ = conn.Close(context.Background()) }()
	rows := must(conn.Query(t.Context(), "SELECT kid FROM auth.signing_keys ORDER BY created_at"))(t)
	return must(pgx.CollectRows(rows, pgx.RowTo[string]))(t)
}

func (a *app) jwks(t *testing.T) string {
	t.Helper()
	req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+a.addr+"/api/auth/jwks", http.NoBody))(t)
	req.Close = true
	res := must(direct().RoundTrip(req))(t)
	defer func() { _ = res.Body.Close() }()
	return string(must(io.ReadAll(res.Body))(t))
}

// signsWith tells by what the replica logs.
func (a *app) signsWith(kid string) bool {
	return strings.Contains(a.said.String(), `"msg":"signing with key","app":"web","kid":"`+kid+`"`)
}

// crowd asks through web for what the api knows, at all replicas, without a pause.
type crowd struct {
	answered atomic.Int64
	end      context.CancelFunc
	all      sync.WaitGroup
	mu       sync.Mutex
	strange  map[string]int // answers other than 200
}

func (s *stack) crowd(t *testing.T, replicas []*app) *crowd {
	t.Helper()
	ada := s.person(t, "Ada")
	ctx, end := context.WithCancel(t.Context())
	c := &crowd{end: end, strange: map[string]int{}}
	t.Cleanup(func() { c.stop() })
	for i := range 8 {
		transport := direct()
		transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, replicas[i%len(replicas)].addr)
		}
		t.Cleanup(transport.CloseIdleConnections)
		c.all.Go(func() { c.ask(ctx, &http.Client{Jar: ada.http.Jar, Transport: transport}, s.URL+"/api/v1/me") })
	}
	return c
}

func (c *crowd) ask(ctx context.Context, client *http.Client, url string) {
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
		if err != nil {
			c.note(err.Error())
			return
		}
		res, err := client.Do(req)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			c.note(err.Error())
		case res.StatusCode != http.StatusOK:
			c.note(res.Status)
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			c.answered.Add(1)
		}
	}
}

func (c *crowd) note(strange string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.strange[strange]++
}

// wantMore waits for some more answers.
func (c *crowd) wantMore(t *testing.T, when string) {
	t.Helper()
	before := c.answered.Load()
	eventually(t, "answers "+when, func() bool { return c.answered.Load() > before+100 })
}

// stop sends everybody home, and tells what was answered beside 200.
func (c *crowd) stop() map[string]int {
	c.end()
	c.all.Wait()
	return c.strange
}
