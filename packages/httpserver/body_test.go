package httpserver_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

// bodies serves: /read answers with the body, /ignore doesn't look at it, /late takes its time after it.
func bodies(t *testing.T, pause time.Duration) string {
	t.Helper()
	url, _ := serve(t, httpserver.Config{ReadTimeout: pause}, func(e *echo.Echo) {
		read := func(c echo.Context) error {
			body, err := io.ReadAll(c.Request().Body)
			if err != nil {
				return err
			}
			return c.String(http.StatusOK, string(body))
		}
		e.POST("/read", read)
		e.POST("/ignore", func(c echo.Context) error { return c.String(http.StatusOK, "fine") })
		e.POST("/late", func(c echo.Context) error {
			if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
				return err
			}
			select {
			case <-c.Request().Context().Done():
				return c.Request().Context().Err()
			case <-time.After(4 * pause): // the time itself is what is tested
				return c.String(http.StatusOK, "late")
			}
		})
	})
	return url
}

// begin sends a head that promises a body, and the beginning of that body.
func begin(t *testing.T, url, path, framing, body string) (io.Writer, *bufio.Reader) {
	t.Helper()
	conn, in := dial(t, url)
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n%s", path, framing, body)
	return conn, in
}

func wantClosed(t *testing.T, in *bufio.Reader, res *http.Response) {
	t.Helper()
	if _, err := in.ReadByte(); !res.Close || err == nil {
		t.Errorf("the connection stays: %v, %v", res.Header, err)
	}
}

func TestBodyThatStallsIsRefused(t *testing.T) {
	t.Parallel()
	url := bodies(t, 100*time.Millisecond)
	for framing, part := range map[string]string{"Content-Length: 10": "half", "Transfer-Encoding: chunked": "4\r\nhalf\r\n"} {
		_, in := begin(t, url, "/read", framing, part)
		res, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("%s: %v", framing, err)
		}
		wantProblem(t, res, http.StatusBadRequest, "body_stalled")
		wantClosed(t, in, res)
	}
}

func TestBodyThatNobodyReadsKeepsNoConnection(t *testing.T) {
	t.Parallel()
	_, in := begin(t, bodies(t, 100*time.Millisecond), "/ignore", "Content-Length: 10", "half")
	res, err := http.ReadResponse(in, nil)
	if err != nil || res.StatusCode != http.StatusOK || text(t, res) != "fine" {
		t.Fatalf("got %v, %v", res, err)
	}
	wantClosed(t, in, res)
}

func TestBodyThatMakesProgressGoesOn(t *testing.T) {
	t.Parallel()
	const pause = time.Second
	conn, in := begin(t, bodies(t, pause), "/read", "Content-Length: 8", "")
	tick := time.NewTicker(pause / 4)
	defer tick.Stop()
	for i := range 8 { // longer than a pause in all
		<-tick.C
		fmt.Fprint(conn, i)
	}
	res, err := http.ReadResponse(in, nil)
	if err != nil || text(t, res) != "01234567" {
		t.Errorf("got %v, %v", res, err)
	}
}

func TestReadDeadlineDoesNotOutliveTheBody(t *testing.T) {
	t.Parallel()
	conn, in := begin(t, bodies(t, 250*time.Millisecond), "/late", "Content-Length: 4", "four")
	for range 2 { // the second on the same connection
		res, err := http.ReadResponse(in, nil)
		if err != nil || text(t, res) != "late" {
			t.Fatalf("got %v, %v", res, err)
		}
		fmt.Fprint(conn, "POST /late HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfour")
	}
}
