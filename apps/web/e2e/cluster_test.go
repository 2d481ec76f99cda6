package e2e_test

import (
	"net"
	"net/url"
	"strconv"
	"syscall"
	"testing"

	"cardwall/packages/httpserver/roundrobin"
	"cardwall/packages/postgres/pgserver"
)

// cluster is Cardwall on two machines: two of each app behind balancers, and a Postgres of its own.
type cluster struct {
	*stack  // people come to the balancer before web
	apis    [2]*app
	webs    [2]*app
	before  struct{ web, api *roundrobin.Balancer }
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
	_, port, _ := net.SplitHostPort(c.before.web.Addr)
	c.stack = &stack{URL: "http://localhost:" + port, webDB: newDatabase(t, server, "web"), apiDB: newDatabase(t, server, "api")}
	keys := key(t)
	for i := range c.webs {
		addr := freeAddr(t)
		c.webs[i] = start(t, "web", addr, logged(map[string]string{
			"DATABASE_URL": c.webDB.URL, "WEB_ADDR": addr, "PUBLIC_URL": c.URL, "API_URL": "http://" + c.before.api.Addr, "KEY_ENCRYPTION_KEY": keys,
		}))
		addr = freeAddr(t)
		c.apis[i] = start(t, "api", addr, logged(map[string]string{
			"DATABASE_URL": c.apiDB.URL, "API_ADDR": addr, "TOKEN_ISSUER": c.URL, "TOKEN_JWKS_URL": "http://" + c.before.web.Addr + "/api/auth/jwks", "RATE_LIMIT": "1000",
		}))
	}
	c.before.web.To(c.webs[0].addr, c.webs[1].addr)
	c.before.api.To(c.apis[0].addr, c.apis[1].addr)
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

func newBalancer(t *testing.T) *roundrobin.Balancer {
	t.Helper()
	b := must(roundrobin.Listen(t.Context(), freeAddr(t)))(t)
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("a balancer: %v", err)
		}
	})
	return b
}
