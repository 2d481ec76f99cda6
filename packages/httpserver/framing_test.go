package httpserver_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

func TestRequestsWithTwoFramingsAreRefused(t *testing.T) {
	t.Parallel()
	reached := make(chan string, 100)
	url, _, _ := run(t, httpserver.Server{}, routesOf(func(e *echo.Echo) {
		e.POST("/*", func(c echo.Context) error {
			body, err := io.ReadAll(c.Request().Body)
			reached <- string(body)
			if err != nil {
				return err
			}
			return c.String(http.StatusOK, "ok")
		})
	}))
	const (
		plain  = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfour"
		chunks = "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n"
		both   = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n"
	)
	for name, c := range map[string]struct {
		before, request string // sent one after the other's answer
		refused         bool
	}{
		"one framing":                  {"", chunks, false},
		"the other":                    {"", plain, false},
		"both":                         {"", both, true},
		"both on a used connection":    {plain, both, true},
		"one on a used connection":     {chunks, chunks, false},
		"both in small letters":        {"", "POST" + strings.Replace(strings.ToLower(both[4:]), "http/", "HTTP/", 1), true},
		"both with bare line feeds":    {"", strings.ReplaceAll(both, "x\r\nContent-Length: 4\r\n", "x\nContent-Length: 4\n"), true},
		"both in HTTP/1.0":             {"", strings.Replace(both, "HTTP/1.1", "HTTP/1.0", 1), true},
		"the other's name in the body": {"", strings.Replace(chunks, "4\r\nfour", "15\r\n\r\nContent-Length: 4\r\n", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			conn, in := dial(t, url)
			if c.before != "" {
				_, _ = io.WriteString(conn, c.before)
				if res, err := http.ReadResponse(in, nil); err != nil || text(t, res) != "ok" {
					t.Fatalf("the request before: %v", err)
				}
				<-reached
			}
			_, _ = io.WriteString(conn, c.request)
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !c.refused {
				if got := <-reached; res.StatusCode != 200 || got == "" {
					t.Errorf("status %d, body %q", res.StatusCode, got)
				}
				return
			}
			wantProblem(t, res, 400, "malformed")
			if _, err := in.ReadByte(); err != io.EOF {
				t.Errorf("the connection stays open: %v", err)
			}
			if len(reached) > 0 {
				t.Errorf("a handler read %q", <-reached)
			}
		})
	}
}

func TestChunksBehindAnotherRequestAreRefused(t *testing.T) {
	t.Parallel()
	url, _, _ := run(t, httpserver.Server{}, routesOf(routes))
	conn, in := dial(t, url)
	fmt.Fprint(conn, "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"+
		"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"+
		"POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
	for _, status := range []int{200, 400} {
		res, err := http.ReadResponse(in, nil)
		if err != nil || res.StatusCode != status {
			t.Fatalf("got %v, %v; want %d", res, err, status)
		}
		_ = text(t, res)
	}
}
