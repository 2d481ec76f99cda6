package httpserver_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

// witness is an Observer that keeps what it is told.
type witness chan string

type witnessed struct{}

func (w witness) Begin(r *http.Request) *http.Request {
	r.Header.Set("Traceparent", "ours")
	return r.WithContext(context.WithValue(r.Context(), witnessed{}, "begun"))
}

func (w witness) End(r *http.Request, o httpserver.Outcome) {
	w <- fmt.Sprintf("%v %s %s %d %d %q %t", r.Context().Value(witnessed{}), r.Method, o.Route, o.Status, o.Bytes, o.Code, o.Aborted)
	if o.Took <= 0 {
		w <- "it took no time"
	}
}

// next waits for what it is told.
func (w witness) next(t *testing.T) string {
	t.Helper()
	select {
	case told := <-w:
		return told
	case <-time.After(patience):
		t.Fatal("it is told nothing")
		return ""
	}
}

func TestObserverIsToldOfEveryRequest(t *testing.T) {
	t.Parallel()
	seen := make(witness, 10)
	url, _ := serve(t, httpserver.Config{Observer: seen}, func(e *echo.Echo) {
		e.GET("/boards/:id", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
		e.GET("/pages/*", httpserver.WrapHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			httpserver.Route(w, "/pages/{page}")
		})))
		e.GET("/error", func(echo.Context) error { return errors.New("the cause") })
		e.GET("/cut", func(c echo.Context) error {
			_ = c.String(http.StatusOK, "half")
			c.Response().Flush()
			return errors.New("the cause")
		})
	})
	for path, want := range map[string]string{
		"/boards/7?x=y": `begun GET /boards/:id 200 5 "" false`,
		"/pages/7":      `begun GET /pages/{page} 200 0 "" false`,
		"/cut":          `begun GET /cut 200 4 "internal" true`,
	} {
		get(t, url+path)
		if got := seen.next(t); got != want {
			t.Errorf("%s: told %s, want %s", path, got, want)
		}
	}
	if document := wantProblem(t, get(t, url+"/error"), http.StatusInternalServerError, "internal"); document.Code == "" {
		t.Error("no code")
	}
	if got, want := seen.next(t), "begun GET /error 500 "; got[:len(want)] != want {
		t.Errorf("told %s", got)
	}
	get(t, url+"/nothing")
	if got, want := seen.next(t), "begun GET  404 "; got[:len(want)] != want {
		t.Errorf("told %s", got)
	}
}

func TestPassOnJoinsARequestToTheOneItIsMadeFor(t *testing.T) {
	t.Parallel()
	passed := make(chan http.Header, 1)
	routes := func(e *echo.Echo) {
		e.GET("/page", func(c echo.Context) error {
			header := http.Header{}
			httpserver.PassOn(c.Request().Context(), header)
			passed <- header
			return c.NoContent(http.StatusNoContent)
		})
	}
	url, _ := serve(t, httpserver.Config{}, routes)
	res := get(t, url+"/page", "Traceparent", "the client's", "Tracestate", "vendor=1")
	got := <-passed
	if got.Get("X-Request-Id") != res.Header.Get("X-Request-Id") || got.Get("Traceparent") != "the client's" || got.Get("Tracestate") != "vendor=1" || len(got) != 3 {
		t.Errorf("passed on: %v", got)
	}
	get(t, url+"/page", "Tracestate", "vendor=1")
	if got := <-passed; len(got) != 1 {
		t.Errorf("without a trace, passed on: %v", got)
	}
	url, _ = serve(t, httpserver.Config{Observer: make(witness, 10)}, routes)
	get(t, url+"/page", "Traceparent", "the client's")
	if got := <-passed; got.Get("Traceparent") != "ours" {
		t.Errorf("the observer's trace isn't passed on: %v", got)
	}
	header := http.Header{}
	if httpserver.PassOn(t.Context(), header); len(header) > 0 {
		t.Errorf("outside of a request, passed on: %v", header)
	}
}
