package proxy_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"cardwall/apps/web/internal/proxy"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

const (
	publicHost = "wall.example"
	bodyPause  = time.Second // how long a body may stall
)

// web is a server put together as the app's is, around the proxy alone.
type web struct {
	url, addr string
	log       chan map[string]any
}

// newWeb serves in front of the api; change adapts the configuration.
func newWeb(t testing.TB, api *url.URL, change func(*proxy.Config)) *web {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &web{addr: listener.Addr().String(), url: "http://" + listener.Addr().String(), log: make(chan map[string]any, 1000)}
	var book io.Writer = w
	if _, measured := t.(*testing.B); measured {
		book = io.Discard // reading the lines would be what is measured
	}
	log := slog.New(slog.NewJSONHandler(book, nil))
	config := proxy.Config{
		API: api, PublicURL: &url.URL{Scheme: "https", Host: publicHost}, Log: log,
		Mint:   func(context.Context) (string, error) { return "minted", nil },
		Person: func(ctx context.Context) uuid.UUID { person, _ := ctx.Value(personKey{}).(uuid.UUID); return person },
	}
	if change != nil {
		change(&config)
	}
	e := httpserver.New(httpserver.Config{Log: log, ReadTimeout: bodyPause})
	e.Before(proxy.Methods, proxy.Gate, proxy.Host(config.PublicURL))
	e.Any("/api/auth/*", func(c echo.Context) error { return c.String(http.StatusOK, "web's own") })
	e.Any("/api/*", httpserver.WrapHandler(known(proxy.New(config))))
	e.GET("/boards", func(c echo.Context) error { return c.String(http.StatusOK, "page") })

	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- httpserver.Run(ctx, listener, httpserver.Server{Handler: e, Health: httpserver.NewHealth(), Log: log, Grace: time.Second})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("web did not stop well: %v", err)
		}
	})
	return w
}

type personKey struct{}

// known stands in for the session's guard: a request's person is whom X-Person names.
func known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		person, _ := uuid.Parse(r.Header.Get("X-Person"))
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), personKey{}, person)))
	})
}

// Write takes a line of the log.
func (w *web) Write(line []byte) (int, error) {
	var entry map[string]any
	if err := json.Unmarshal(line, &entry); err != nil {
		return 0, err
	}
	if entry["msg"] != "request" {
		return len(line), nil
	}
	select {
	case w.log <- entry:
	default: // nobody reads it in this test
	}
	return len(line), nil
}

// logged waits for the next line about a request.
func (w *web) logged(t testing.TB) map[string]any {
	t.Helper()
	select {
	case entry := <-w.log:
		return entry
	case <-time.After(patience):
		t.Fatal("no line in the log")
		return nil
	}
}

// do sends a request with a header given as name, value, name, value …
func (w *web) do(t testing.TB, method, target string, body io.Reader, header ...string) *http.Response {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	res, err := w.try(ctx, method, target, body, header...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func (w *web) try(ctx context.Context, method, target string, body io.Reader, header ...string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, w.url+target, body)
	if err != nil {
		return nil, err
	}
	r.Host = publicHost
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(r)
}

// dial opens a connection for what http.Client wouldn't send.
func (w *web) dial(t testing.TB) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", w.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn, bufio.NewReader(conn)
}

// raw sends a request line with these header lines, and a body, as they are.
func (w *web) raw(t testing.TB, line, header, body string) *http.Response {
	t.Helper()
	conn, in := w.dial(t)
	fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: %s\r\n%s\r\n%s", line, publicHost, header, body)
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return res
}

func text(t testing.TB, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// wantProblem checks that the answer is a problem of this status and code that gives nothing away.
func wantProblem(t testing.TB, res *http.Response, status int, code string) problem.Document {
	t.Helper()
	body := text(t, res)
	var doc problem.Document
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatalf("status %d, no document: %s", res.StatusCode, body)
	}
	if res.StatusCode != status || doc.Status != status || doc.Code != code || doc.RequestID == "" || doc.Detail == "" {
		t.Errorf("got %d %s, want %d %s", res.StatusCode, body, status, code)
	}
	for _, inside := range []string{"127.0.0.1", "tcp", "net/http", "EOF", "minted", "goroutine"} {
		if strings.Contains(body, inside) {
			t.Errorf("the answer tells about the inside: %s", body)
		}
	}
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("header: %v", res.Header)
	}
	return doc
}
