package server_test

import (
	"bytes"
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
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/server"
	"cardwall/apps/web/internal/session"
	"cardwall/migrations"
	"cardwall/packages/httpserver"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
	"cardwall/packages/token"
)

// signedInTo starts a web before that api, on a database of its own, and signs somebody up.
func signedInTo(t *testing.T, api http.HandlerFunc, change ...func(*server.Config)) *browser {
	t.Helper()
	return signedInOn(t, openPool(t, 0), api, change...)
}

// openPool makes a database with a pool of so many connections, 0 for as many as web has.
func openPool(t *testing.T, connections int32) *pgxpool.Pool {
	t.Helper()
	config := pgtest.New(t, migrations.Auth, "auth")
	config.MaxConns = connections
	pool, err := pg.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// signedInOn is signedInTo on that database.
func signedInOn(t *testing.T, pool *pgxpool.Pool, api http.HandlerFunc, change ...func(*server.Config)) *browser {
	t.Helper()
	behind := httptest.NewServer(api)
	t.Cleanup(behind.Close)
	log, kept := slog.New(slog.DiscardHandler), postgres.New(pool)
	sessions := session.New(kept, session.Cookie{})
	web := httptest.NewUnstartedServer(nil)
	config := server.Config{
		Log: log, Health: httpserver.NewHealth(), PublicURL: address(t, "http://"+web.Listener.Addr().String()), APIURL: address(t, behind.URL),
		Identity: identity.New(identity.Config{Store: kept, Log: log}), Sessions: sessions, Guard: session.NewGuard(sessions, log),
		Mint: func(token.Person) (string, error) { return "minted", nil }, StreamCheck: 10 * time.Millisecond,
	}
	for _, each := range change {
		each(&config)
	}
	handler, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	web.Config.Handler = handler
	web.Start()
	t.Cleanup(web.Close)
	return signUp(t, web.URL, "Ines Moreau", "ines@fernway.example")
}

// signUp is a browser of somebody new.
func signUp(t *testing.T, web, name, email string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{http: &http.Client{Jar: jar}, url: web}
	person := fmt.Sprintf(`{"name": %q, "email": %q, "password": "kettle ridge loop"}`, name, email)
	if res := b.send(t, "POST", "/api/auth/sign-up", person); res.StatusCode != http.StatusCreated {
		t.Fatalf("sign-up: %d", res.StatusCode)
	}
	return b
}

func address(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

type browser struct {
	http *http.Client
	url  string
}

func (b *browser) send(t *testing.T, method, path, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-CSRF", "1")
	res, err := b.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func text(t *testing.T, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// refuse is an api that answers everything with that.
func refuse(e *problem.Error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", problem.ContentType)
		if e.RetryAfter > 0 {
			w.Header().Set("Retry-After", "7")
		}
		w.WriteHeader(e.Kind.Status())
		_ = json.NewEncoder(w).Encode(e.Document(r.Header.Get("X-Request-Id")))
	}
}

func TestStreamEndsSoonAfterItsSession(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(*testing.T, *browser, *pgxpool.Pool){
		"by_sign_out": func(t *testing.T, b *browser, _ *pgxpool.Pool) {
			t.Helper()
			if res := b.send(t, "POST", "/api/auth/sign-out", ""); res.StatusCode != http.StatusNoContent {
				t.Fatalf("sign-out: %d", res.StatusCode)
			}
		},
		"by_disabling": func(t *testing.T, _ *browser, pool *pgxpool.Pool) {
			t.Helper()
			if _, err := pool.Exec(t.Context(), "UPDATE people SET disabled_at = now(), disabled_by = 'operator'"); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := openPool(t, 0)
			b := signedInOn(t, pool, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				_, _ = io.WriteString(w, "id: 1\n\n")
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			})
			stream := b.send(t, "GET", "/api/v1/boards/7/events", "")
			first := make([]byte, len("id: 1\n\n"))
			if _, err := io.ReadFull(stream.Body, first); err != nil {
				t.Fatal(err)
			}
			ends(t, b, pool)
			wantEnd(t, stream.Body)
		})
	}
}

// wantEnd waits for the proper end of a stream that has nothing more to say.
func wantEnd(t *testing.T, stream io.Reader) {
	t.Helper()
	ended := make(chan string, 1)
	go func() {
		rest, err := io.ReadAll(stream)
		if err != nil {
			rest = bytes.Join([][]byte{rest, []byte(err.Error())}, nil)
		}
		ended <- string(rest)
	}()
	select {
	case rest := <-ended:
		if rest != "" {
			t.Errorf("the stream ended with %q", rest)
		}
	case <-time.After(10 * time.Second):
		t.Error("the stream goes on")
	}
}

func TestStreamOfALiveSessionGoesOn(t *testing.T) {
	t.Parallel()
	b := signedInTo(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		<-time.After(200 * time.Millisecond) // many checks; the time itself is what is tested
		_, _ = io.WriteString(w, "id: 1\n\n")
	})
	if got := text(t, b.send(t, "GET", "/api/v1/boards/7/events", "")); got != "id: 1\n\n" {
		t.Errorf("got %q", got)
	}
}

func TestTokenThatTheAPIRefusesIsOneCodeForPagesAndPrograms(t *testing.T) {
	t.Parallel()
	b := signedInTo(t, refuse(problem.New(problem.Unauthenticated, "unauthenticated", "Please sign in.")))
	if res := b.send(t, "GET", "/api/v1/me", ""); res.StatusCode != http.StatusBadGateway || !strings.Contains(text(t, res), `"token_refused"`) {
		t.Errorf("a program gets %d", res.StatusCode)
	}
	res := b.send(t, "GET", "/boards", "")
	if page := text(t, res); res.StatusCode != http.StatusBadGateway || !strings.Contains(page, "You are still signed in") {
		t.Errorf("a page is %d %s", res.StatusCode, page)
	}
}

func TestPageTellsWhenToTryAgain(t *testing.T) {
	t.Parallel()
	b := signedInTo(t, refuse(problem.New(problem.Unavailable, "database_away", "Please try again.").After(7*time.Second)))
	for _, path := range []string{"/boards", "/api/v1/boards"} {
		if res := b.send(t, "GET", path, ""); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") != "7" {
			t.Errorf("%s: %d, Retry-After %q", path, res.StatusCode, res.Header.Get("Retry-After"))
		}
	}
}
