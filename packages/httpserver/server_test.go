package httpserver_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

func routes(e *echo.Echo) {
	e.GET("/ok", func(c echo.Context) error { return c.String(http.StatusOK, "ok") })
	e.GET("/own-policy", func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", "script-src 'nonce-1'")
		return c.String(http.StatusOK, "ok")
	})
	e.GET("/panic", func(echo.Context) error { panic("the boiler") })
	e.GET("/error", func(echo.Context) error { return errors.New("dial tcp 10.0.0.7:5432: refused") })
	e.GET("/away", func(echo.Context) error {
		return problem.New(problem.Unavailable, "database_away", "Try again soon.").After(1500 * time.Millisecond)
	})
	e.GET("/stale", func(c echo.Context) error {
		c.Response().Header().Set("ETag", `"7"`)
		stale := problem.New(problem.Stale, "stale", "Somebody was faster.")
		stale.Current = make(chan int) // can't be marshalled
		return stale
	})
	e.GET("/teapot", func(echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, "library text") })
	e.GET("/bad", func(echo.Context) error { return echo.NewHTTPError(http.StatusBadRequest, "library text") })
	e.POST("/body", func(c echo.Context) error {
		if err := httpserver.Limit(c.Response(), c.Request(), 10); err != nil {
			return err
		}
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return fmt.Errorf("reading: %w", err)
		}
		return c.String(http.StatusOK, fmt.Sprint(len(body)))
	})
}

func TestSecurityHeadersAreOnEveryAnswer(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, httpserver.Config{HSTS: true}, routes)
	for _, path := range []string{"/ok", "/nothing", "/panic", "/error", "/livez", "/readyz"} {
		h := get(t, url+path).Header
		for name, want := range map[string]string{
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "strict-origin-when-cross-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"X-Frame-Options":            "DENY",
			"Content-Security-Policy":    "default-src 'none'; frame-ancestors 'none'",
			"Strict-Transport-Security":  "max-age=31536000",
		} {
			if got := h.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

func TestSecurityHeadersGiveWayToTheHandlers(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, httpserver.Config{}, routes)
	h := get(t, url+"/own-policy").Header
	if got := h.Values("Content-Security-Policy"); len(got) != 1 || got[0] != "script-src 'nonce-1'" {
		t.Errorf("policy: %q", got)
	}
	if got := h.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("HSTS without https: %q", got)
	}
}

func TestErrorsAreProblems(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, httpserver.Config{}, routes)
	for _, c := range []struct {
		method, path string
		status       int
		code         string
	}{
		{"GET", "/nothing", 404, "not_found"},
		{"POST", "/ok", 405, "method_not_allowed"},
		{"GET", "/panic", 500, "internal"},
		{"GET", "/error", 500, "internal"},
		{"GET", "/away", 503, "database_away"},
		{"GET", "/teapot", 500, "internal"},
		{"GET", "/bad", 400, "malformed"},
		{"GET", "/stale", 412, "stale"},
	} {
		t.Run(c.path, func(t *testing.T) {
			t.Parallel()
			res := do(t, c.method, url+c.path, nil)
			doc := wantProblem(t, res, c.status, c.code)
			for _, inside := range []string{"10.0.0.7", "library", "boiler", "goroutine"} {
				if strings.Contains(doc.Detail, inside) {
					t.Errorf("the detail shows the inside: %s", doc.Detail)
				}
			}
			if res.Header.Get("ETag") != "" {
				t.Error("an error carries the ETag of what wasn't sent")
			}
		})
	}
	if got := do(t, "POST", url+"/ok", nil).Header.Get("Allow"); !strings.Contains(got, "GET") {
		t.Errorf("405 allows %q", got)
	}
	if got := get(t, url+"/away").Header.Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After is %q, want 1.5 s rounded up", got)
	}
}

func TestOptionsOfTheWholeServerIsAnsweredByUs(t *testing.T) {
	t.Parallel()
	url, _, _ := run(t, httpserver.Server{}, nil)
	conn, in := dial(t, url)
	fmt.Fprintf(conn, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantProblem(t, res, 404, "not_found")
}

func TestBodiesOverTheLimitAreRefusedInBothFramings(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, httpserver.Config{}, routes)
	for size, status := range map[int]int{0: 200, 10: 200, 11: 413, 1 << 20: 413} {
		body := strings.Repeat("x", size)
		for framing, reader := range map[string]io.Reader{
			"length":  strings.NewReader(body),
			"chunked": struct{ io.Reader }{strings.NewReader(body)},
		} {
			res := do(t, "POST", url+"/body", reader)
			if res.StatusCode != status {
				t.Errorf("%d bytes, %s: %d", size, framing, res.StatusCode)
			}
			if status == 413 {
				if doc := wantProblem(t, res, 413, "too_large"); !strings.Contains(doc.Detail, "10 bytes") {
					t.Errorf("the limit isn't told: %s", doc.Detail)
				}
			}
		}
	}
}

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	loopback, err := httpserver.ParseProxies("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		config httpserver.Config
		sent   string
		taken  bool
	}{
		"a stranger's is not taken":          {httpserver.Config{}, "abc", false},
		"a trusted caller's is taken":        {httpserver.Config{TrustRequestID: true}, "Abc.0_9-x", true},
		"a trusted proxy's is taken":         {httpserver.Config{Proxies: loopback}, "abc", true},
		"one with odd characters is not":     {httpserver.Config{TrustRequestID: true}, "a b", false},
		"one that is too long is not":        {httpserver.Config{TrustRequestID: true}, strings.Repeat("a", 65), false},
		"without one there's a fresh UUIDv7": {httpserver.Config{TrustRequestID: true}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, book := serve(t, c.config, routes)
			got := get(t, url+"/ok", "X-Request-Id", c.sent).Header.Get("X-Request-Id")
			if c.taken != (got == c.sent) {
				t.Errorf("sent %q, got %q", c.sent, got)
			}
			if id, err := uuid.Parse(got); !c.taken && (err != nil || id.Version() != 7) {
				t.Errorf("%q is no UUIDv7", got)
			}
			if logged := book.next(t)["request_id"]; logged != got {
				t.Errorf("%q in the log, %q in the answer", logged, got)
			}
		})
	}
}

func TestErrorPages(t *testing.T) {
	t.Parallel()
	page := func(w http.ResponseWriter, r *http.Request, e *problem.Error) bool {
		switch {
		case strings.HasPrefix(r.URL.Path, "/api"):
			return false
		case r.URL.Path == "/broken":
			panic("the page itself")
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(e.Kind.Status())
		fmt.Fprintf(w, "<p>%s %s", e.Detail, httpserver.RequestID(r.Context()))
		return true
	}
	refuse := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/refused" {
				httpserver.Fail(w, r, problem.New(problem.Forbidden, "no", "Not today."))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	url, _ := serve(t, httpserver.Config{ErrorPage: page}, func(e *echo.Echo) {
		routes(e)
		e.GET("/plain", httpserver.WrapHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			httpserver.Problem(w, r, errors.New("boom"))
		})))
	}, refuse)

	wantProblem(t, get(t, url+"/api/nothing"), 404, "not_found")
	wantProblem(t, get(t, url+"/broken"), 404, "not_found")
	wantProblem(t, get(t, url+"/plain"), 500, "internal")
	for path, status := range map[string]int{"/nothing": 404, "/panic": 500, "/refused": 403} {
		res := get(t, url+path)
		body := text(t, res)
		if res.StatusCode != status || !strings.HasPrefix(body, "<p>") || !strings.Contains(body, res.Header.Get("X-Request-Id")) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}
