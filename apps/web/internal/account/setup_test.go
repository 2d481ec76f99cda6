package account_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/avatar"
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

const (
	ines     = "ines@fernway.example"
	password = "kettle ridge loop"
	better   = "gravel lantern tide"
)

// bundle is web, as it is assembled, on a database of its own. Behind it stands an api that knows one route: leaving.
type bundle struct {
	database pg.Config
	pool     *pgxpool.Pool
	store    *postgres.Store
	people   *identity.Service
	api      *api
	url      string
}

// api answers DELETE /v1/me as it is told to, if its header says that it is meant.
type api struct {
	told   atomic.Int64
	refuse atomic.Pointer[problem.Error]
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodDelete || r.URL.Path != "/v1/me" {
		http.NotFound(w, r)
		return
	}
	if r.Header.Get("X-Confirm") != "leave" {
		http.Error(w, "X-Confirm is missing", http.StatusBadRequest)
		return
	}
	a.told.Add(1)
	if e := a.refuse.Load(); e != nil {
		w.Header().Set("Content-Type", problem.ContentType)
		w.WriteHeader(e.Kind.Status())
		_ = json.NewEncoder(w).Encode(e.Document(""))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func setup(t *testing.T, adjust ...func(*identity.Config)) *bundle {
	t.Helper()
	return replica(t, pgtest.New(t, migrations.Auth, postgres.Schema), adjust...)
}

// replica is one more web on a database; it hears what changes there.
func replica(t *testing.T, database pg.Config, adjust ...func(*identity.Config)) *bundle {
	t.Helper()
	pool, err := pg.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	b := &bundle{database: database, pool: pool, store: postgres.New(pool), api: &api{}}
	log := slog.New(slog.DiscardHandler)
	config := identity.Config{Store: b.store, Log: log, Square: avatar.Square, HashCost: identity.HashCost{MemoryKiB: 64, Passes: 1, Lanes: 1}}
	for _, change := range adjust {
		change(&config)
	}
	b.people = identity.New(config)
	behind := httptest.NewServer(b.api)
	t.Cleanup(behind.Close)
	web := httptest.NewUnstartedServer(nil)
	b.url = "http://" + web.Listener.Addr().String()
	sessions := session.New(b.store, session.Cookie{})
	b.listen(t, sessions, log)
	handler, err := server.New(server.Config{
		Log: log, Health: httpserver.NewHealth(), PublicURL: parse(t, b.url), APIURL: parse(t, behind.URL),
		Identity: b.people, Sessions: sessions, Guard: session.NewGuard(sessions, log),
		Mint: func(token.Person) (string, error) { return "minted", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	web.Config.Handler = handler
	web.Start()
	t.Cleanup(web.Close)
	return b
}

func (b *bundle) listen(t *testing.T, sessions *session.Sessions, log *slog.Logger) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		postgres.ListenForSessions(ctx, b.database, sessions.Changes(), log)
	}()
	t.Cleanup(func() { stop(); <-ended })
}

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (b *bundle) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := b.pool.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func query[T any](t *testing.T, b *bundle, sql string, args ...any) T {
	t.Helper()
	var value T
	if err := b.pool.QueryRow(t.Context(), sql, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// browser is one with cookies of its own.
type browser struct {
	t    *testing.T
	http *http.Client
	url  string
}

func (b *bundle) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: t, http: &http.Client{Jar: jar, CheckRedirect: stay}, url: b.url}
}

// person signs Ines up.
func (b *bundle) person(t *testing.T) *browser {
	t.Helper()
	browser := b.browser(t)
	if got := browser.json("/api/auth/sign-up", map[string]string{"name": "Ines Moreau", "email": ines, "password": password}); got.StatusCode != http.StatusCreated {
		t.Fatalf("sign-up: %d %s", got.StatusCode, got.body)
	}
	return browser
}

// again signs Ines in with one more browser.
func (b *bundle) again(t *testing.T) *browser {
	t.Helper()
	browser := b.browser(t)
	if got := browser.signIn(password); got.StatusCode != http.StatusOK {
		t.Fatalf("sign-in: %d %s", got.StatusCode, got.body)
	}
	return browser
}

type answer struct {
	*http.Response
	body string
}

func (a answer) location() string { return a.Header.Get("Location") }

func (b *browser) signIn(password string) answer {
	b.t.Helper()
	return b.json("/api/auth/sign-in", map[string]string{"email": ines, "password": password})
}

func (b *browser) json(path string, value any) answer {
	b.t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.send("POST", path, "application/json", bytes.NewReader(encoded))
}

func (b *browser) get(path string) answer { b.t.Helper(); return b.send("GET", path, "", nil) }

// form sends one of the page's forms.
func (b *browser) form(path string, fields ...string) answer {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return b.send("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload sends a file as the picture's form does.
func (b *browser) upload(file []byte) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("picture", "me.png")
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = part.Write(file)
	_ = form.Close()
	return b.send("POST", "/account/avatar", form.FormDataContentType(), &body)
}

func (b *browser) send(method, path, contentType string, body io.Reader, header ...string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	read, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{res, string(read)}
}

func (b *browser) wantDone(got answer, form string) {
	b.t.Helper()
	if got.StatusCode != http.StatusSeeOther || got.location() != "/account?done="+form {
		b.t.Fatalf("%s: %d %q %s", form, got.StatusCode, got.location(), got.body)
	}
}

func (b *browser) wantSignedIn(want bool) {
	b.t.Helper()
	if got := b.get("/api/auth/session").StatusCode; (got == http.StatusOK) != want {
		b.t.Errorf("the session answers %d", got)
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
