package e2e_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/jackc/pgx/v5"

	"cardwall/packages/postgres/pgtest"
)

func TestEachAppKeepsToItsOwnDatabase(t *testing.T) {
	t.Parallel()
	s := setup(t)
	for name, c := range map[string]struct{ role, other database }{
		"web": {s.webDB, s.apiDB},
		"api": {s.apiDB, s.webDB},
	} {
		own := must(pgx.ParseConfig(c.role.URL))(t)
		own.Database = must(pgx.ParseConfig(c.other.Admin))(t).Database
		conn, err := pgx.ConnectConfig(t.Context(), own)
		if err == nil {
			_ = conn.Close(t.Context())
			t.Errorf("%s's role gets into the other's database", name)
		} else if !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s's role is kept out for another reason: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		at     database
		schema string
	}{"web": {s.webDB, "auth"}, "api": {s.apiDB, "kanban"}} {
		if got := c.at.schemas(t); got != c.schema {
			t.Errorf("%s works in %q, want %q alone", name, got, c.schema)
		}
	}
}

// schemas lists those that hold tables.
func (d database) schemas(t *testing.T) string {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), d.URL))(t)
	defer func() { _ = conn.Close(t.Context()) }()
	var schemas string
	err := conn.QueryRow(t.Context(), `
		SELECT coalesce(string_agg(DISTINCT schemaname, ' '), '') FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`).Scan(&schemas)
	if err != nil {
		t.Fatal(err)
	}
	return schemas
}

func TestTheAPIWaitsForWebsKeys(t *testing.T) {
	t.Parallel()
	s := &stack{apiDB: newDatabase(t, pgtest.Server(t), "api")}
	webAddr, apiAddr := freeAddr(t), freeAddr(t)
	s.api = start(t, "api", apiAddr, logged(map[string]string{
		"DATABASE_URL": s.apiDB.URL, "API_ADDR": apiAddr,
		"TOKEN_ISSUER": "http://localhost:3000", "TOKEN_JWKS_URL": "http://" + webAddr + "/api/auth/jwks",
	}))
	eventually(t, "the api lives", func() bool { return s.api.probe(t, "/livez") == http.StatusOK })
	if ready := s.api.probe(t, "/readyz"); ready != http.StatusServiceUnavailable {
		t.Errorf("it calls itself ready without keys: %d", ready)
	}
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	token := s.signed(t, jwt.SigningMethodEdDSA, stranger, "unknown", unchanged)
	if got := s.knock(t, "Bearer "+token); got.Status != http.StatusServiceUnavailable {
		t.Errorf("a request meanwhile: %d %s", got.Status, got.Body)
	}

	webDB := newDatabase(t, pgtest.Server(t), "web")
	web := start(t, "web", webAddr, logged(map[string]string{
		"DATABASE_URL": webDB.URL, "WEB_ADDR": webAddr, "KEY_ENCRYPTION_KEY": key(t), "API_URL": "http://" + apiAddr,
	}))
	web.waitUntilReady(t)
	s.api.waitUntilReady(t)
}

func TestTheProgramsOwnCommands(t *testing.T) {
	t.Parallel()
	s := setup(t)
	for _, a := range []*app{s.web, s.api} {
		if code, said := a.command(t, "migrate"); code != 0 {
			t.Errorf("%s migrate: %d %s", a.name, code, said)
		}
		if code, said := a.command(t, "health"); code != 0 {
			t.Errorf("%s health: %d %s", a.name, code, said)
		}
		a.env["WEB_ADDR"], a.env["API_ADDR"] = freeAddr(t), freeAddr(t)
		if code, _ := a.command(t, "health"); code != 1 {
			t.Errorf("%s health, with nobody there: %d", a.name, code)
		}
	}
}

// command runs one of the program's commands in the same environment.
func (a *app) command(t *testing.T, words ...string) (code int, said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t, a.name), words...)
	for variable, value := range a.env {
		cmd.Env = append(cmd.Env, variable+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func TestTwoReplicasStartAtOnce(t *testing.T) {
	t.Parallel()
	db, addr, other := newDatabase(t, pgtest.Server(t), "web"), freeAddr(t), freeAddr(t)
	_, port, _ := net.SplitHostPort(addr)
	s := &stack{URL: "http://localhost:" + port, webDB: db, api: &app{addr: freeAddr(t)}}
	env := map[string]string{"DATABASE_URL": db.URL, "KEY_ENCRYPTION_KEY": key(t), "PUBLIC_URL": s.URL, "WEB_ADDR": addr}
	s.web = start(t, "web", addr, logged(env))
	env["WEB_ADDR"] = other
	second := start(t, "web", other, logged(env))
	s.web.waitUntilReady(t)
	second.waitUntilReady(t)

	if logs := s.web.said.String() + second.said.String(); strings.Count(logs, `"msg":"migrated"`) != 2 || strings.Count(logs, `"applied":0`) != 1 {
		t.Errorf("not exactly one of them migrated:\n%s", logs)
	}
	ada := s.person(t, "Ada")
	spy := &discreet{Transport: direct(), t: t, secrets: s.secrets()}
	spy.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, other)
	}
	ada.http.Transport = spy
	wantSession(t, ada) // what one began, the other goes on with
}

func TestAStartThatLetsNobodyJoinSaysSoOnce(t *testing.T) {
	t.Parallel()
	s := deploy(t, pgtest.Server(t), "", "SIGN_UP_DOMAINS", "fernway.example")
	if n := strings.Count(s.web.said.String(), "nobody new can join"); n != 1 {
		t.Errorf("it says so %d times", n)
	}
	if got := s.guest(t).post(t, "/api/auth/sign-up", `{"name":"Ada","email":"ada@fernway.example","password":"`+password+`"}`); got.Status != http.StatusForbidden {
		t.Errorf("and yet: %d", got.Status)
	}
}
