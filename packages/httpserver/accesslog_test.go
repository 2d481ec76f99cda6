package httpserver_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

func TestAccessLogTellsWhatHappened(t *testing.T) {
	t.Parallel()
	url, book := serve(t, httpserver.Config{}, func(e *echo.Echo) {
		e.GET("/boards/:id", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
	})
	get(t, url+"/boards/7?token=secret-value", "Authorization", "Bearer secret-value", "Cookie", "session=secret-value")
	line := book.next(t)
	for name, want := range map[string]any{
		"level": "INFO", "method": "GET", "path": "/boards/7", "route": "/boards/:id", "status": 200.0, "bytes": 5.0,
	} {
		if line[name] != want {
			t.Errorf("%s is %v, want %v", name, line[name], want)
		}
	}
	for name, value := range line {
		if s, ok := value.(string); ok && strings.Contains(s, "secret") {
			t.Errorf("a secret in %s: %s", name, s)
		}
	}
	get(t, url+"/"+strings.Repeat("x", 1000))
	if path := book.next(t)["path"].(string); len(path) > 300 {
		t.Errorf("a path of %d bytes in the log", len(path))
	}
}

func TestAccessLogHasTheCauseOfFailures(t *testing.T) {
	t.Parallel()
	url, book := serve(t, httpserver.Config{}, routes)
	get(t, url+"/error")
	if line := book.next(t); line["level"] != "ERROR" || line["code"] != "internal" || line["cause"] != "dial tcp 10.0.0.7:5432: refused" {
		t.Errorf("got %v", line)
	}
	get(t, url+"/nothing")
	if line := book.next(t); line["level"] != "INFO" || line["code"] != "not_found" || line["status"] != 404.0 {
		t.Errorf("got %v", line)
	}
	get(t, url+"/livez")
	if line := book.next(t); line["level"] != "DEBUG" {
		t.Errorf("a probe is %v", line)
	}
}

func TestClientThatLeavesIsLoggedAs499(t *testing.T) {
	t.Parallel()
	entered := make(chan struct{})
	url, book := serve(t, httpserver.Config{}, func(e *echo.Echo) {
		e.GET("/slow", func(c echo.Context) error {
			close(entered)
			<-c.Request().Context().Done()
			return c.Request().Context().Err()
		})
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-entered; cancel() }()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/slow", nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.DefaultTransport.RoundTrip(r); err == nil {
		t.Fatalf("got an answer: %d", res.StatusCode)
	}
	if line := book.next(t); line["status"] != 499.0 || line["level"] != "INFO" {
		t.Errorf("got %v", line)
	}
}

func TestClientThatOnlyStopsSendingIsNotToldThatAllWentWell(t *testing.T) {
	t.Parallel()
	url, book := serve(t, httpserver.Config{}, func(e *echo.Echo) {
		e.GET("/slow", func(c echo.Context) error {
			<-c.Request().Context().Done()
			return c.Request().Context().Err()
		})
	})
	conn, in := dial(t, url)
	fmt.Fprint(conn, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(in); len(answer) > 0 {
		t.Errorf("got %q", answer)
	}
	if line := book.next(t); line["status"] != 499.0 {
		t.Errorf("got %v", line)
	}
}
