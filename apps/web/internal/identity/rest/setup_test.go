package rest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/session"
	"cardwall/migrations"
	"cardwall/packages/httpserver"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

// bundle is /api/auth on a TLS server with a database of its own. Behind the server stands a trusted proxy, so that a
// browser can come from any address.
type bundle struct {
	pool   *pgxpool.Pool
	server *httptest.Server
	people *identity.Service
}

func setup(t *testing.T, adjust ...func(*identity.Config)) bundle {
	t.Helper()
	return onDatabase(t, pgtest.New(t, migrations.Auth, postgres.Schema), adjust...)
}

func onDatabase(t *testing.T, database pg.Config, adjust ...func(*identity.Config)) bundle {
	t.Helper()
	pool, err := pg.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	log := slog.New(slog.DiscardHandler)
	store := postgres.New(pool)
	config := identity.Config{Store: store, Log: log, HashCost: cheap()}
	for _, change := range adjust {
		change(&config)
	}
	proxies, err := httpserver.ParseProxies("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	sessions := session.New(store, session.Cookie{Secure: true})
	e := httpserver.New(httpserver.Config{Log: log, Proxies: proxies})
	people := identity.New(config)
	for _, route := range rest.Routes(rest.Config{
		Identity: people, Sessions: sessions, Guard: session.NewGuard(sessions, log), Client: proxies.Client,
		JWKS: func() ([]byte, error) { return []byte(`{"keys":[]}`), nil }, FormFailed: drawAgain,
	}) {
		e.Add(route.Method, route.Path, httpserver.WrapHandler(route.Handler))
	}
	server := httptest.NewTLSServer(e)
	t.Cleanup(server.Close)
	return bundle{pool: pool, server: server, people: people}
}

// cheap is a cost at which the tests of what doesn't depend on it take no minute. Those of what does are at fullCost.
func cheap() identity.HashCost { return identity.HashCost{MemoryKiB: 64, Passes: 1, Lanes: 1} }

func fullCost(c *identity.Config) { c.HashCost = identity.DefaultHashCost() }

func drawAgain(w http.ResponseWriter, _ *http.Request, f rest.FormFailure) {
	w.WriteHeader(f.Problem.Kind.Status())
	_, _ = fmt.Fprintf(w, "%s name=%s email=%s return_to=%s: %s", f.Page, f.Name, f.Email, f.ReturnTo, f.Problem.Detail)
}

// browser is one with cookies of its own, at an address of its own.
func (b bundle) browser(t *testing.T, address string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := *b.server.Client()
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: t, http: &client, url: b.server.URL, address: address}
}

func (b bundle) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := b.pool.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func query[T any](t *testing.T, b bundle, sql string, args ...any) T {
	t.Helper()
	var value T
	if err := b.pool.QueryRow(t.Context(), sql, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

type browser struct {
	t       *testing.T
	http    *http.Client
	url     string
	address string
	host    string // "" for the server's own
}

type answer struct {
	*http.Response
	body string
}

// problem reads the answer as a problem document; one that is none has no code.
func (a answer) problem() problem.Document {
	var doc problem.Document
	_ = json.Unmarshal([]byte(a.body), &doc)
	return doc
}

func (b *browser) get(path string) answer { b.t.Helper(); return b.send("GET", path, "", "") }

func (b *browser) json(path string, value any) answer {
	b.t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.send("POST", path, "application/json", string(encoded))
}

func (b *browser) form(path string, fields ...string) answer {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return b.send("POST", path, "application/x-www-form-urlencoded", form.Encode())
}

func (b *browser) signUp(email string) answer {
	b.t.Helper()
	return b.json("/api/auth/sign-up", map[string]string{"name": "Ines Moreau", "email": email, "password": rightPassword})
}

func (b *browser) signIn(email, password string) answer {
	b.t.Helper()
	return b.json("/api/auth/sign-in", map[string]string{"email": email, "password": password})
}

func (b *browser) send(method, path, contentType, body string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", b.address)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	r.Host = b.host
	response, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var read bytes.Buffer
	if _, err := io.Copy(&read, response.Body); err != nil {
		b.t.Fatal(err)
	}
	return answer{response, read.String()}
}

const (
	ines          = "ines@fernway.example"
	home, abroad  = "192.0.2.10", "198.51.100.20"
	rightPassword = "kettle ridge loop"
	wrongPassword = "kettle bridge loop"
)
