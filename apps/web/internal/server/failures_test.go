package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/proxy"
	"cardwall/apps/web/internal/server"
	"cardwall/packages/problem"
	"cardwall/packages/token"
)

// asked is a request that fails.
type asked struct {
	method, path, body string
	header             []string // name, value, name, value …
	guest              bool
}

func form(path, body string, header ...string) asked {
	return asked{"POST", path, body, append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...), false}
}

// failures are all that web itself answers on the way to the api, each as a program at /api and as a page meets it.
var failures = map[string]struct {
	status int
	code   string
	change func(*server.Config) // nil: an api that is well
	api    asked
	page   asked
}{
	"400_a_path_with_two_readings": {400, "bad_path", nil, asked{path: "/api/v1/%2e%2e/me"}, asked{path: "/boards/%2e%2e/x"}},
	"401_nobody":                   {401, "signed_out", nil, asked{path: "/api/v1/me", guest: true}, asked{method: "POST", path: "/boards", guest: true}},
	"403_another_site":             {403, "cross_site", nil, asked{method: "POST", path: "/api/v1/boards", header: []string{"Origin", "https://evil.example", "X-CSRF", ""}}, form("/boards", "title=x", "Origin", "https://evil.example", "X-CSRF", "")},
	"404_nothing":                  {404, "not_found", nil, asked{path: "/api/AUTH/x"}, asked{path: "/nothing"}},
	"405_an_odd_method":            {405, "method_not_allowed", nil, asked{method: "PROPFIND", path: "/api/v1/me"}, asked{method: "DELETE", path: "/boards"}},
	"413_too_much":                 {413, "too_large", nil, asked{method: "POST", path: "/api/v1/boards", body: strings.Repeat("x", 1<<20+1)}, form("/boards", "title="+strings.Repeat("x", 1<<20))},
	"421_another_host":             {421, "wrong_host", nil, asked{path: "/api/v1/me", header: []string{"Host", "evil.example"}}, form("/boards", "title=x", "Host", "evil.example")},
	"429_too_many":                 {429, "too_many", theAPI("too_many"), asked{path: "/api/v1/me"}, asked{path: "/boards"}},
	"502_the_api_is_away":          {502, "api_away", func(c *server.Config) { c.APIURL = &url.URL{Scheme: "http", Host: "127.0.0.1:1"} }, asked{path: "/api/v1/me"}, asked{path: "/boards"}},
	"502_the_api_refuses_us":       {502, "token_refused", theAPI("unauthenticated"), asked{path: "/api/v1/me"}, asked{path: "/boards"}},
	"503_no_token":                 {503, "no_key", func(c *server.Config) { c.Mint = noKey }, asked{path: "/api/v1/me"}, asked{path: "/boards"}},
	"503_the_api_is_busy":          {503, "busy", theAPI("busy"), asked{path: "/api/v1/me"}, asked{path: "/boards"}},
	"504_the_api_is_slow": {504, "api_slow", func(c *server.Config) {
		c.ProxyLimits = proxy.Limits{AnswerTimeout: 50 * time.Millisecond}
		theAPI("slow")(c)
	}, asked{path: "/api/v1/me"}, asked{path: "/boards"}},
}

func noKey(token.Person) (string, error) {
	return "", problem.New(problem.Unavailable, "no_key", "There is no key just now.").After(time.Second)
}

// theAPI has the api (apiThatFails) answer so.
func theAPI(how string) func(*server.Config) {
	return func(c *server.Config) {
		there := *c.APIURL
		there.Path = "/" + how
		c.APIURL = &there
	}
}

func apiThatFails(w http.ResponseWriter, r *http.Request) {
	how, _, _ := strings.Cut(r.URL.Path[1:], "/")
	switch how {
	case "too_many":
		refuse(problem.New(problem.TooMany, how, "Slower.").After(time.Second))(w, r)
	case "unauthenticated":
		refuse(problem.New(problem.Unauthenticated, how, "Who is that?"))(w, r)
	case "busy":
		refuse(problem.New(problem.Unavailable, how, "Busy.").After(time.Second))(w, r)
	case "slow":
		<-r.Context().Done()
	}
}

func TestEveryFailureIsAProblemAtTheAPIAndAPageElsewhere(t *testing.T) {
	t.Parallel()
	for name, c := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change := c.change
			if change == nil {
				change = func(*server.Config) {}
			}
			b := signedInTo(t, apiThatFails, change)
			res := b.ask(t, c.api)
			var doc problem.Document
			if err := json.Unmarshal([]byte(text(t, res)), &doc); err != nil || res.Header.Get("Content-Type") != problem.ContentType {
				t.Fatalf("no problem, but %d %s: %v", res.StatusCode, res.Header.Get("Content-Type"), err)
			}
			if res.StatusCode != c.status || doc.Status != c.status || doc.Code != c.code || doc.Detail == "" || doc.RequestID != res.Header.Get("X-Request-Id") {
				t.Errorf("%d %+v, want %s", res.StatusCode, doc, c.code)
			}
			res = b.ask(t, c.page)
			page := text(t, res)
			if kind := res.Header.Get("Content-Type"); res.StatusCode != c.status || !strings.HasPrefix(kind, "text/html") || !strings.Contains(page, "<h1") {
				t.Errorf("no page, but %d %s: %s", res.StatusCode, kind, page)
			}
			if c.status == 429 || c.status == 503 {
				if res.Header.Get("Retry-After") == "" {
					t.Error("the page doesn't say when to try again")
				}
			}
			if strings.Contains(page, "127.0.0.1:1") {
				t.Error("the page tells where the api is")
			}
		})
	}
}

// ask sends the request as a program sends it to /api, and as a browser sends it elsewhere.
func (b *browser) ask(t *testing.T, a asked) *http.Response {
	t.Helper()
	if a.method == "" {
		a.method = "GET"
	}
	r, err := http.NewRequestWithContext(t.Context(), a.method, b.url+a.path, strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-CSRF", "1")
	if !strings.HasPrefix(a.path, "/api/") {
		r.Header.Set("Accept", "text/html")
	}
	for i := 0; i < len(a.header); i += 2 {
		if r.Header.Set(a.header[i], a.header[i+1]); a.header[i] == "Host" {
			r.Host = a.header[i+1]
		}
	}
	client := *b.http
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if client.Jar, err = b.jar(a.guest, b.http.Jar); err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// jar is an empty one for a guest.
func (b *browser) jar(guest bool, own http.CookieJar) (http.CookieJar, error) {
	if guest {
		return cookiejar.New(nil)
	}
	return own, nil
}

// A client that left reads nothing; the log tells of it.
func TestClientThatLeavesIsLoggedAs499AtTheAPIAndOnPages(t *testing.T) {
	t.Parallel()
	arrived, lines := make(chan struct{}), make(chan map[string]any, 100)
	b := signedInTo(t, func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-r.Context().Done()
	}, func(c *server.Config) { c.Log = slog.New(slog.NewJSONHandler(logbook(lines), nil)) })
	for _, path := range []string{"/api/v1/me", "/boards"} {
		ctx, leave := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		go func() { <-arrived; leave() }()
		if res, err := b.http.Do(r); !errors.Is(err, context.Canceled) {
			t.Fatalf("%v, %v", res, err)
		}
		for line := range lines {
			if line["path"] != path {
				continue
			}
			if line["status"] != 499.0 || line["level"] != "INFO" {
				t.Errorf("%s: %v", path, line)
			}
			break
		}
	}
}

// logbook takes a log's lines.
type logbook chan map[string]any

func (l logbook) Write(line []byte) (int, error) {
	var entry map[string]any
	if err := json.Unmarshal(line, &entry); err != nil {
		return 0, err
	}
	l <- entry
	return len(line), nil
}
