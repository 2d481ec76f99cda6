package e2e_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
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
	if code, said := s.web.command(t, "keys", "rotate"); code != 0 {
		t.Fatalf("keys rotate: %d %s", code, said)
	}
	next := s.keys(t)[1]
	// What each replica has logged stays there to be seen, however slow this machine is just now.
	both, alone := publishing(old[0], next), publishing(next)
	for _, replica := range replicas {
		replica.wantLogged(t, both)
	}
	crowd.wantMore(t, "while there is a next key")
	for _, replica := range replicas {
		replica.wantLogged(t, both, signing(next))
	}
	crowd.wantMore(t, "while the old key retires")
	for _, replica := range replicas {
		replica.wantLogged(t, both, signing(next), alone)
	}
	s.api.wantLogged(t, publishing(old[0], next), publishing(next))
	crowd.wantMore(t, "after the rotation")
	for crowd.answered.Load() < enough {
		crowd.wantMore(t, "to have enough of them")
	}

	if strange := crowd.stop(); len(strange) > 0 {
		t.Errorf("of %d answers some weren't 200: %v", crowd.answered.Load(), strange)
	}
	if strings.Contains(s.api.said.String(), "isn't known") {
		t.Error("the api met a token whose key it didn't know")
	}
	if !s.waited(t, next) {
		t.Error("the next key signed before its time")
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
		"KEY_ENCRYPTION_KEY": key(t), "KEY_ROTATE_EVERY": "0", "KEY_PUBLISH_BEFORE": "8s", "KEY_KEEP_AFTER": "6s", // a replica may be held up for four
	})
	s.web = start(t, "web", webAddr, web)
	other := logged(web)
	other["WEB_ADDR"] = otherAddr
	replicas := []*app{s.web, start(t, "web", otherAddr, other)}
	s.api = start(t, "api", apiAddr, logged(map[string]string{
		"DATABASE_URL": s.apiDB.URL, "API_ADDR": apiAddr, "TOKEN_ISSUER": s.URL,
		"TOKEN_JWKS_URL": "http://" + otherAddr + "/api/auth/jwks", "TOKEN_JWKS_REFRESH": "1s", "RATE_LIMIT": "0", // one person asks it all
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

// waited says whether a key was published for as long as is configured before it signed.
func (s *stack) waited(t *testing.T, kid string) (long bool) {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), s.webDB.Admin))(t)
	defer func() { _ = conn.Close(context.Background()) }()
	err := conn.QueryRow(t.Context(), "SELECT activated_at >= created_at + interval '8s' FROM auth.signing_keys WHERE kid = $1", kid).Scan(&long)
	if err != nil {
		t.Fatal(err)
	}
	return long
}

// publishing is what web logs of the keys it publishes, the oldest first; the api logs those it has read in another order.
func publishing(kids ...string) *regexp.Regexp {
	form := kids[0]
	if len(kids) > 1 {
		form = kids[0] + `","` + kids[1] + "|" + kids[1] + `","` + kids[0]
	}
	return regexp.MustCompile(`"kids":\["(` + form + `)"\]`)
}

func signing(kid string) *regexp.Regexp {
	return regexp.MustCompile(`"msg":"signing with key","app":"web","kid":"` + kid + `"`)
}

// wantLogged waits until an app has logged these, one after the other.
func (a *app) wantLogged(t *testing.T, these ...*regexp.Regexp) {
	t.Helper()
	eventually(t, fmt.Sprintf("%s logs %v", a.name, these), func() bool {
		log := a.said.String()
		for _, each := range these {
			at := each.FindStringIndex(log)
			if at == nil {
				return false
			}
			log = log[at[1]:]
		}
		return true
	})
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

func TestTheCommandsForKeys(t *testing.T) {
	t.Parallel()
	s := setup(t)
	old := s.keys(t)[0]
	code, said := s.web.command(t, "keys", "rotate")
	next := s.keys(t)[1]
	form := regexp.MustCompile(`^Key ` + next + ` is published from now on and signs from \S+ \S+ UTC \(in 10m0s\); key ` + old + ` signs until then and goes at \S+ \S+ UTC\.\n$`)
	if code != 0 || !form.MatchString(said) {
		t.Errorf("keys rotate: %d %s", code, said)
	}
	form = regexp.MustCompile(`^No key was made, because key ` + next + ` is published already: it signs from \S+ \S+ UTC \(in (10m0s|9m\d+s)\); key ` + old + ` signs until then`)
	code, said = s.web.command(t, "keys", "rotate")
	if keys := s.keys(t); code != 0 || !form.MatchString(said) || len(keys) != 2 {
		t.Errorf("keys rotate, again: %d %s, and there are %q", code, said, keys)
	}
	form = regexp.MustCompile(`^` + old + `  active  since \S+ \S+ UTC\n` + next + `  next    since \S+ \S+ UTC\n$`)
	if code, said = s.web.command(t, "keys", "list"); code != 0 || !form.MatchString(said) {
		t.Errorf("keys list: %d %s", code, said)
	}
	s.web.env["KEY_ENCRYPTION_KEY"] = key(t)
	if code, said = s.web.command(t, "keys", "rotate"); code != 1 || !strings.HasPrefix(said, "KEY_ENCRYPTION_KEY doesn't open the signing keys") {
		t.Errorf("with another key: %d %s", code, said)
	}
	delete(s.web.env, "KEY_ENCRYPTION_KEY")
	s.web.env["TOKEN_SECRET"] = strings.Repeat("s", 64)
	if code, said = s.web.command(t, "keys", "rotate"); code != 1 || !strings.Contains(said, "TOKEN_SECRET") {
		t.Errorf("with a shared secret: %d %s", code, said)
	}
}
