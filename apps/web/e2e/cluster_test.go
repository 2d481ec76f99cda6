package e2e_test

import (
	"errors"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"cardwall/packages/postgres/pgserver"
)

// cluster is Cardwall on two machines: two of each app behind balancers, and a Postgres of its own.
type cluster struct {
	*stack  // people come to the balancer before web
	apis    [2]*app
	webs    [2]*app
	before  struct{ web, api *balancer }
	server  *pgserver.Server
	options pgserver.Options
}

func deployCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{options: pgserver.Options{BinDir: must(pgserver.Find())(t), Dir: t.TempDir()}}
	c.server = must(pgserver.Start(t.Context(), c.options))(t)
	t.Cleanup(func() { _ = c.server.Stop() })
	c.options.Port = must(strconv.Atoi(must(url.Parse(c.server.URL("", "")))(t).Port()))(t)

	server := c.server.URL("postgres", "postgres")
	c.before.web, c.before.api = newBalancer(t), newBalancer(t)
	_, port, _ := net.SplitHostPort(c.before.web.addr)
	c.stack = &stack{URL: "http://localhost:" + port, webDB: newDatabase(t, server, "web"), apiDB: newDatabase(t, server, "api")}
	keys := key(t)
	for i := range c.webs {
		addr := freeAddr(t)
		c.webs[i] = start(t, "web", addr, logged(map[string]string{
			"DATABASE_URL": c.webDB.URL, "WEB_ADDR": addr, "PUBLIC_URL": c.URL, "API_URL": "http://" + c.before.api.addr, "KEY_ENCRYPTION_KEY": keys,
		}))
		addr = freeAddr(t)
		c.apis[i] = start(t, "api", addr, logged(map[string]string{
			"DATABASE_URL": c.apiDB.URL, "API_ADDR": addr, "TOKEN_ISSUER": c.URL, "TOKEN_JWKS_URL": "http://" + c.before.web.addr + "/api/auth/jwks", "RATE_LIMIT": "1000",
		}))
	}
	c.before.web.to(c.webs[:]...)
	c.before.api.to(c.apis[:]...)
	for i := range c.webs {
		c.webs[i].waitUntilReady(t)
		c.apis[i].waitUntilReady(t)
	}
	c.web, c.api = c.webs[0], c.apis[0]
	return c
}

// loseDatabase stops Postgres; back starts it again, on the same data.
func (c *cluster) loseDatabase(t *testing.T) (back func()) {
	t.Helper()
	if err := c.server.Stop(); err != nil {
		t.Fatal(err)
	}
	return func() { c.server = must(pgserver.Start(t.Context(), c.options))(t) }
}

// kill ends a program as a lost machine does.
func (a *app) kill(t *testing.T) {
	t.Helper()
	if err := a.process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-a.process.Done()
}

// again starts a program that has ended.
func (a *app) again(t *testing.T) {
	t.Helper()
	a.launch(t)
	a.waitUntilReady(t)
}

// balancer is a round robin: each request goes to the next of those behind it that can be reached. What breaks off behind
// it breaks off before it.
type balancer struct {
	addr   string
	behind atomic.Pointer[[]*app]
	turn   atomic.Uint64
	way    http.RoundTripper
}

// to gives it those to whom requests go.
func (b *balancer) to(apps ...*app) { b.behind.Store(&apps) }

func newBalancer(t *testing.T) *balancer {
	t.Helper()
	b := &balancer{addr: freeAddr(t), way: direct()}
	b.to()
	listener := must(net.Listen("tcp", b.addr))(t)
	quiet := log.New(&output{}, "", 0)
	server := &http.Server{ErrorLog: quiet, Handler: &httputil.ReverseProxy{
		Transport: b, FlushInterval: -1, ErrorLog: quiet,
		Rewrite:      func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.Host = "http", r.In.Host },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("a balancer: %v", err)
		}
	})
	return b
}

// RoundTrip implements http.RoundTripper.
func (b *balancer) RoundTrip(r *http.Request) (res *http.Response, err error) {
	behind := *b.behind.Load()
	for range behind {
		r.URL.Host = behind[b.turn.Add(1)%uint64(len(behind))].addr
		if res, err = b.way.RoundTrip(r); err == nil || !unreachable(err) {
			return res, err
		}
	}
	return nil, err
}

// unreachable reports whether nothing of a request was sent, for nobody was there.
func unreachable(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && strings.HasPrefix(dial.Op, "dial")
}
