package e2e_test

import (
	"crypto/rand"
	"encoding/base64"
	"maps"
	"net"
	"testing"

	"cardwall/packages/postgres/pgtest"
)

// stack is Cardwall as it is deployed: web and api apart, each with its own database.
type stack struct {
	URL          string // PUBLIC_URL, the only address that people know
	web, api     *app
	webDB, apiDB database
}

// setup runs a stack for this test alone, on the tests' database server.
func setup(t *testing.T) *stack {
	t.Helper()
	return deploy(t, pgtest.Server(t), "")
}

// deploy runs a stack on a database server, its tokens signed with published keys or, when there is one, a
// shared secret; web gets the variables given as name, value, name, value … too.
func deploy(t *testing.T, server, secret string, variables ...string) *stack {
	t.Helper()
	return deployWith(t, server, secret, func(web, _ map[string]string) {
		for i := 0; i < len(variables); i += 2 {
			web[variables[i]] = variables[i+1]
		}
	})
}

// deployWith is deploy for variables of both programs.
func deployWith(t *testing.T, server, secret string, set func(web, api map[string]string)) *stack {
	t.Helper()
	webAddr, apiAddr := freeAddr(t), freeAddr(t)
	_, port, _ := net.SplitHostPort(webAddr)
	s := &stack{
		URL:   "http://localhost:" + port,
		webDB: newDatabase(t, server, "web"), apiDB: newDatabase(t, server, "api"),
	}
	web := map[string]string{
		"DATABASE_URL": s.webDB.URL, "WEB_ADDR": webAddr, "PUBLIC_URL": s.URL, "API_URL": "http://" + apiAddr,
	}
	api := map[string]string{
		"DATABASE_URL": s.apiDB.URL, "API_ADDR": apiAddr, "TOKEN_ISSUER": s.URL,
		"RATE_LIMIT": "1000", // whoever furnishes a board here is quicker than people are
	}
	if secret != "" {
		web["TOKEN_SECRET"], api["TOKEN_SECRET"] = secret, secret
	} else {
		web["KEY_ENCRYPTION_KEY"], api["TOKEN_JWKS_URL"] = key(t), "http://"+webAddr+"/api/auth/jwks"
	}
	set(web, api)
	s.web = start(t, "web", webAddr, logged(web))
	s.api = start(t, "api", apiAddr, logged(api))
	s.web.waitUntilReady(t)
	s.api.waitUntilReady(t)
	return s
}

// logged asks for everything to be logged, so that what must not be logged would show.
func logged(env map[string]string) map[string]string {
	all := map[string]string{"LOG_LEVEL": "debug", "LOG_FORMAT": "json"}
	maps.Copy(all, env)
	return all
}

func key(t *testing.T) string {
	t.Helper()
	raw := make([]byte, 32)
	must(rand.Read(raw))(t)
	return base64.StdEncoding.EncodeToString(raw)
}
