package server_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/provider"
	"cardwall/apps/web/internal/server"
	"cardwall/apps/web/internal/session"
	"cardwall/migrations"
	"cardwall/packages/fakeidp"
	"cardwall/packages/httpserver"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
	"cardwall/packages/token"
)

// house is web as it is assembled, on https and a database of its own, with the three providers that a fake one plays.
type house struct {
	url  string
	pool *pgxpool.Pool
	idp  *fakeidp.Server
	http *http.Client
}

func open(t *testing.T, adjust ...func(*identity.Config)) house {
	t.Helper()
	pool, err := pg.Open(t.Context(), pgtest.New(t, migrations.Auth, "auth"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	idp, err := fakeidp.Start(fakeidp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = idp.Close() })
	web := httptest.NewUnstartedServer(nil)
	public := address(t, "https://"+web.Listener.Addr().String())
	log, kept := slog.New(slog.DiscardHandler), postgres.New(pool)
	config := identity.Config{Store: kept, Log: log, PublicURL: public.String(), Providers: providers(t, idp), HashWait: time.Minute, HashCost: identity.HashCost{MemoryKiB: 64, Passes: 1, Lanes: 1}}
	for _, change := range adjust {
		change(&config)
	}
	sessions := session.New(kept, session.Cookie{Secure: true})
	handler, err := server.New(server.Config{
		Log: log, Health: httpserver.NewHealth(), PublicURL: public, APIURL: address(t, "http://127.0.0.1:1"),
		Identity: identity.New(config), Sessions: sessions, Guard: session.NewGuard(sessions, log),
		Mint: func(token.Person) (string, error) { return "minted", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	web.Config.Handler = handler
	web.StartTLS()
	t.Cleanup(web.Close)
	return house{url: web.URL, pool: pool, idp: idp, http: web.Client()}
}

func providers(t *testing.T, idp *fakeidp.Server) []identity.Provider {
	t.Helper()
	return []identity.Provider{
		provider.Google(provider.GoogleConfig{ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, URL: address(t, idp.Google())}),
		provider.GitHub(provider.GitHubConfig{ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, URL: address(t, idp.GitHub())}),
		provider.OIDC(provider.OIDCConfig{ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, Issuer: idp.OIDC(), Label: "Fernway"}),
	}
}

// visitor is somebody with a browser of their own, who looks at each redirect.
type visitor struct {
	t     *testing.T
	house house
	http  *http.Client
}

func (h house) visitor(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := *h.http
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{t: t, house: h, http: &client}
}

// page is what a browser got.
type page struct {
	status   int
	header   http.Header
	body     string
	location string
}

// problem reads a program's answer; one that is no problem has no code.
func (p page) problem() problem.Document {
	var doc problem.Document
	_ = json.Unmarshal([]byte(p.body), &doc)
	return doc
}

func (p page) find(t *testing.T, selector string) *goquery.Selection {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Find(selector)
}

// alert is the notice on the page.
func (p page) alert(t *testing.T) string {
	t.Helper()
	return strings.TrimSpace(p.find(t, `main [role="alert"]`).Text())
}

// get follows a link on a page, as a browser does.
func (v *visitor) get(path string, header ...string) page {
	v.t.Helper()
	return v.send(http.MethodGet, path, nil, append([]string{"Accept", "text/html", "Sec-Fetch-Site", "same-origin"}, header...)...)
}

// post sends a page's form.
func (v *visitor) post(path string, fields ...string) page {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.send(http.MethodPost, path, form, "Accept", "text/html", "Sec-Fetch-Site", "same-origin", "Content-Type", "application/x-www-form-urlencoded")
}

func (v *visitor) send(method, path string, form url.Values, header ...string) page {
	v.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = v.house.url + path
	}
	r, err := http.NewRequestWithContext(v.t.Context(), method, path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return page{res.StatusCode, res.Header, string(body), res.Header.Get("Location")}
}

// leave clicks a provider's button and returns where that leads.
func (v *visitor) leave(provider, query string) string {
	v.t.Helper()
	got := v.get("/api/auth/login/" + provider + query)
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, v.house.idp.URL()) {
		v.t.Fatalf("%d to %q: %s", got.status, got.location, got.body)
	}
	return got.location
}

// consent is the callback's address that the provider sends the browser to.
func (v *visitor) consent(at, subject string) string {
	v.t.Helper()
	got := v.post(at, "person", subject)
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, v.house.url+"/api/auth/callback/") {
		v.t.Fatalf("%d to %q: %s", got.status, got.location, got.body)
	}
	return got.location
}

// arrive goes all the way through a provider. The last step comes from its site.
func (v *visitor) arrive(provider, subject string, query ...string) page {
	v.t.Helper()
	return v.back(v.consent(v.leave(provider, strings.Join(query, "")), subject))
}

func (v *visitor) back(callback string) page {
	v.t.Helper()
	return v.get(callback, "Sec-Fetch-Site", "cross-site")
}

// session is the id in the visitor's cookie.
func (v *visitor) session() string {
	v.t.Helper()
	for _, cookie := range v.http.Jar.Cookies(address(v.t, v.house.url)) {
		if cookie.Name == "__Host-session" {
			return cookie.Value
		}
	}
	return ""
}

type signedIn struct {
	Person struct{ ID, Name, Email, Picture string }
}

// who is signed in, if anybody is.
func (v *visitor) who() signedIn {
	v.t.Helper()
	got := v.get("/api/auth/session")
	var body signedIn
	if err := json.Unmarshal([]byte(got.body), &body); err != nil {
		v.t.Fatal(err)
	}
	return body
}

func (v *visitor) signUp(name, email string) page {
	v.t.Helper()
	return v.post("/api/auth/sign-up", "name", name, "email", email, "password", rightPassword)
}

func (v *visitor) signIn(email string) page {
	v.t.Helper()
	return v.post("/api/auth/sign-in", "email", email, "password", rightPassword)
}

const rightPassword = "kettle ridge loop"

func (h house) exec(t *testing.T, sql string) {
	t.Helper()
	if _, err := h.pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func query[T any](t *testing.T, h house, sql string, args ...any) T {
	t.Helper()
	var value T
	if err := h.pool.QueryRow(t.Context(), sql, args...).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// audit is what was recorded, in order: what, whose (by name) and for whose e-mail.
func (h house) audit(t *testing.T) string {
	t.Helper()
	return query[string](t, h, `SELECT coalesce(string_agg(concat_ws(' ', a.what, p.name, nullif(a.email, ''), a.details->>'provider', a.details->>'reason', a.details->>'why'), '; ' ORDER BY a.id), '')
		FROM audit a LEFT JOIN people p ON p.id = a.person_id`)
}

// meet lets whoever acts come no further than the audit, which each change writes, until two of them wait, there or
// for each other.
func (h house) meet(t *testing.T, act func()) {
	t.Helper()
	hold, err := h.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = hold.Rollback(t.Context()) }()
	if _, err := hold.Exec(t.Context(), "LOCK TABLE audit IN EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	act()
	deadline := time.Now().Add(20 * time.Second)
	for query[int](t, h, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") < 2 {
		if time.Now().After(deadline) {
			t.Fatal("they never came so far")
		}
	}
	if err := hold.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}
