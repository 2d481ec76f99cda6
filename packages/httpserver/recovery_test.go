package httpserver_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

func TestPanicIsOne500AndOneLine(t *testing.T) {
	t.Parallel()
	url, book := serve(t, httpserver.Config{}, routes)
	doc := wantProblem(t, get(t, url+"/panic"), 500, "internal")
	line := book.next(t)
	stack, _ := line["stack"].(string)
	if line["level"] != "ERROR" || line["cause"] != "panic: the boiler" || !strings.Contains(stack, "server_test.go") || line["request_id"] != doc.RequestID {
		t.Errorf("got %v", line)
	}
	get(t, url+"/ok")
	if line := book.next(t); line["path"] != "/ok" {
		t.Errorf("a second line: %v", line)
	}
}

func TestFailureAfterTheAnswerBeganCutsItOff(t *testing.T) {
	t.Parallel()
	begin := func(c echo.Context) {
		c.Response().WriteHeader(http.StatusOK)
		fmt.Fprint(c.Response(), "half of ")
		c.Response().Flush()
	}
	url, book := serve(t, httpserver.Config{}, func(e *echo.Echo) {
		e.GET("/panic", func(c echo.Context) error { begin(c); panic("late") })
		e.GET("/error", func(c echo.Context) error { begin(c); return errors.New("late") })
		e.GET("/abort", func(c echo.Context) error { begin(c); panic(http.ErrAbortHandler) })
	})
	for path, level := range map[string]string{"/panic": "ERROR", "/error": "ERROR", "/abort": "INFO"} {
		body, err := io.ReadAll(get(t, url+path).Body)
		if err == nil || string(body) != "half of " {
			t.Errorf("%s: %q looks whole", path, body)
		}
		if line := book.next(t); line["level"] != level || line["aborted"] != true || line["status"] != 200.0 {
			t.Errorf("%s: %v", path, line)
		}
	}
}
