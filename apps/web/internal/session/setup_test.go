package session_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/session"
	"cardwall/migrations"
	"cardwall/packages/httpserver"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

// bundle is a site with one person, on a database of its own.
type bundle struct {
	database pg.Config
	pool     *pgxpool.Pool
	store    *postgres.Store
	sessions *session.Sessions
	person   uuid.UUID
	proof    identity.Proof
	server   *httptest.Server
}

func setup(t testing.TB) bundle {
	t.Helper()
	b := bundle{database: pgtest.New(t, migrations.Auth, postgres.Schema), person: uuid.Must(uuid.NewV7())}
	b.pool = open(t, b.database)
	b.store = postgres.New(b.pool)
	person := identity.PasswordPerson{ID: b.person, Name: "Ines Moreau", Email: "ines@fernway.example", Hash: "$argon2id$none"}
	var err error
	if b.proof, err = b.store.CreatePasswordPerson(t.Context(), person, from()); err != nil {
		t.Fatal(err)
	}
	b.sessions = session.New(b.store, session.Cookie{Secure: true})
	b.server = httptest.NewTLSServer(site(b.sessions, b.proof))
	t.Cleanup(b.server.Close)
	return b
}

func open(t testing.TB, config pg.Config) *pgxpool.Pool {
	t.Helper()
	pool, err := pg.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// site signs its one person in for the asking, and has a page or two behind each kind of guard.
func site(sessions *session.Sessions, proof identity.Proof) http.Handler {
	guard := session.NewGuard(sessions, slog.New(slog.DiscardHandler))
	whoami := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := "a guest"
		if s, ok := session.From(r.Context()); ok {
			name = s.Person.Name
		}
		_, _ = w.Write([]byte(name))
	})
	mux := http.NewServeMux()
	mux.HandleFunc("POST /enter", func(w http.ResponseWriter, r *http.Request) {
		if _, err := sessions.Start(w, r, proof, session.OriginOf(r, nil)); err != nil {
			httpserver.Fail(w, r, err)
		}
	})
	mux.HandleFunc("POST /renew", func(w http.ResponseWriter, r *http.Request) {
		if _, err := sessions.Renew(w, r, session.OriginOf(r, nil)); err != nil {
			httpserver.Fail(w, r, err)
		}
	})
	mux.HandleFunc("POST /leave", func(w http.ResponseWriter, r *http.Request) {
		if err := sessions.End(w, r, session.OriginOf(r, nil)); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	mux.Handle("/stream", guard.Peek(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, end := sessions.Last(r.Context(), time.Hour)
		defer end()
		w.(http.Flusher).Flush()
		<-ctx.Done()
		_, _ = w.Write([]byte(problem.From(context.Cause(ctx)).Code))
	})))
	mux.Handle("/", guard.Load(whoami))
	mux.Handle("/polling", guard.Peek(whoami))
	mux.Handle("/boards/", guard.Load(guard.Require(whoami)))
	mux.Handle("/api/", guard.Load(guard.Require(whoami)))
	mux.Handle("/sign-in", guard.Load(guard.RequireGuest(whoami)))
	return mux
}

func from() identity.Origin { return session.OriginOf(httptest.NewRequest("GET", "/", nil), nil) }

// browser keeps cookies and shows redirects instead of following them.
func (b bundle) browser(t *testing.T) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := *b.server.Client()
	browser.Jar = jar
	browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{t: t, http: &browser, url: b.server.URL}
}

func (b bundle) signedIn(t *testing.T) *client {
	t.Helper()
	browser := b.browser(t)
	browser.post("/enter")
	return browser
}

func (b bundle) exec(t testing.TB, sql string, args ...any) {
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

type client struct {
	t    *testing.T
	http *http.Client
	url  string
}

type answer struct {
	*http.Response
	text string
}

func (b *client) get(path string) answer  { b.t.Helper(); return b.send("GET", path, nil) }
func (b *client) post(path string) answer { b.t.Helper(); return b.send("POST", path, nil) }

func (b *client) send(method, path string, header http.Header) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	if header != nil {
		r.Header = header
	}
	response, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{response, string(text)}
}

// cookie is the session cookie that the browser would send.
func (b *client) cookie() *http.Cookie {
	b.t.Helper()
	r, err := http.NewRequest("GET", b.url, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, cookie := range b.http.Jar.Cookies(r.URL) {
		if strings.HasSuffix(cookie.Name, "session") {
			return cookie
		}
	}
	return nil
}
