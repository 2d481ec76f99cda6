package httpserver_test

import (
	"bufio"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// patience is how long a test waits for what should happen at once.
const patience = 10 * time.Second

// logbook receives log lines one by one.
type logbook chan []byte

func newLogbook() logbook { return make(logbook, 1000) }

func (l logbook) Write(line []byte) (int, error) {
	l <- append([]byte(nil), line...)
	return len(line), nil
}

func (l logbook) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// next waits for the next line about a request.
func (l logbook) next(t *testing.T) map[string]any {
	t.Helper()
	for {
		select {
		case line := <-l:
			var entry map[string]any
			if err := json.Unmarshal(line, &entry); err != nil {
				t.Fatal(err)
			}
			if entry["msg"] == "request" {
				return entry
			}
		case <-time.After(patience):
			t.Fatal("no line in the log")
		}
	}
}

// serve runs an app's server and returns its address and its log.
func serve(t *testing.T, config httpserver.Config, routes func(*echo.Echo), before ...func(http.Handler) http.Handler) (string, logbook) {
	t.Helper()
	book := newLogbook()
	config.Log = book.logger()
	e := httpserver.New(config)
	e.Before(before...)
	if routes != nil {
		routes(e.Echo)
	}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return server.URL, book
}

func get(t *testing.T, url string, header ...string) *http.Response {
	t.Helper()
	return do(t, http.MethodGet, url, nil, header...)
}

// do sends a request with a header given as name, value, name, value …
func do(t *testing.T, method, url string, body io.Reader, header ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
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

// wantProblem checks that the answer is a whole problem document of this status and code.
func wantProblem(t *testing.T, res *http.Response, status int, code string) problem.Document {
	t.Helper()
	var doc problem.Document
	if err := json.NewDecoder(res.Body).Decode(&doc); err != nil {
		t.Fatalf("status %d, no document: %v", res.StatusCode, err)
	}
	if res.StatusCode != status || doc.Status != status || doc.Code != code || doc.Detail == "" || doc.Title == "" {
		t.Errorf("got %d %+v, want %d %s", res.StatusCode, doc, status, code)
	}
	if res.Header.Get("Content-Type") != problem.ContentType || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("header: %v", res.Header)
	}
	if doc.RequestID == "" || doc.RequestID != res.Header.Get("X-Request-Id") {
		t.Errorf("request id %q in the document, %q in the header", doc.RequestID, res.Header.Get("X-Request-Id"))
	}
	return doc
}

// dial opens a connection for what http.Client wouldn't send.
func dial(t *testing.T, url string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn, bufio.NewReader(conn)
}
