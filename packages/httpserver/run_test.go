package httpserver_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

// run serves through Run; stop asks it to end, and returned has what it returned.
func run(t *testing.T, s httpserver.Server, routes func(*echo.Echo, *httpserver.Health)) (url string, stop func(), returned <-chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Health, s.Log = httpserver.NewHealth(), newLogbook().logger()
	e := httpserver.New(httpserver.Config{Log: s.Log, Health: s.Health})
	if routes != nil {
		routes(e.Echo, s.Health)
	}
	s.Handler = e
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	result := make(chan error, 1)
	go func() { result <- httpserver.Run(ctx, listener, s) }()
	return "http://" + listener.Addr().String(), stop, result
}

func wantReturned(t *testing.T, returned <-chan error) {
	t.Helper()
	select {
	case err := <-returned:
		if err != nil {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Run doesn't return")
	}
}

func TestStopLetsRequestsFinishAndEndsStreams(t *testing.T) {
	t.Parallel()
	finish := make(chan struct{})
	url, stop, returned := run(t, httpserver.Server{}, func(e *echo.Echo, health *httpserver.Health) {
		e.GET("/slow", func(c echo.Context) error {
			c.Response().WriteHeader(http.StatusOK)
			c.Response().Flush()
			<-finish
			if err := c.Request().Context().Err(); err != nil {
				return err
			}
			return c.String(http.StatusOK, "finished")
		})
		e.GET("/stream", func(c echo.Context) error {
			fmt.Fprint(c.Response(), "event\n")
			c.Response().Flush()
			ctx, cancel := health.Stream(c.Request().Context())
			defer cancel()
			<-ctx.Done()
			fmt.Fprint(c.Response(), context.Cause(ctx))
			return nil
		})
	})
	slow, stream := get(t, url+"/slow"), get(t, url+"/stream")

	stop()
	if got := text(t, stream); got != "event\n"+httpserver.ErrStopping.Error() {
		t.Errorf("the stream ended with %q", got)
	}
	close(finish)
	if got := text(t, slow); got != "finished" {
		t.Errorf("the request in flight got %q", got)
	}
	wantReturned(t, returned)
	if _, err := net.Dial("tcp", slow.Request.URL.Host); err == nil {
		t.Error("still listening")
	}
}

func TestStopLingersNotReady(t *testing.T) {
	t.Parallel()
	url, stop, returned := run(t, httpserver.Server{Linger: 2 * time.Second}, routesOf(routes))
	if res := get(t, url+"/readyz"); res.StatusCode != 200 {
		t.Fatalf("readyz %d", res.StatusCode)
	}
	stop()
	for range time.Tick(10 * time.Millisecond) { // until Run has noticed
		if res := get(t, url+"/readyz"); res.StatusCode != 200 {
			break
		}
	}
	wantProblem(t, get(t, url+"/readyz"), 503, "stopping")
	if res := get(t, url+"/ok"); res.StatusCode != 200 {
		t.Errorf("lingering, but a request gets %d", res.StatusCode)
	}
	wantReturned(t, returned)
}

func TestStopCutsWhatOutlastsTheGrace(t *testing.T) {
	t.Parallel()
	cause := make(chan error, 1)
	url, stop, returned := run(t, httpserver.Server{Grace: 50 * time.Millisecond}, func(e *echo.Echo, _ *httpserver.Health) {
		e.GET("/stubborn", func(c echo.Context) error {
			c.Response().WriteHeader(http.StatusOK)
			c.Response().Flush()
			<-c.Request().Context().Done()
			cause <- context.Cause(c.Request().Context())
			return c.Request().Context().Err()
		})
	})
	res := get(t, url+"/stubborn")
	stop()
	wantReturned(t, returned)
	if _, err := io.ReadAll(res.Body); err == nil {
		t.Error("the answer looks whole")
	}
	if got := <-cause; !errors.Is(got, httpserver.ErrStopping) {
		t.Errorf("the context ended because of %v", got)
	}
}

func TestRunReturnsWhenTheListenerFails(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	err = httpserver.Run(t.Context(), listener, httpserver.Server{Health: httpserver.NewHealth(), Log: newLogbook().logger()})
	if err == nil {
		t.Error("no error")
	}
}

func TestHeadThatTricklesInIsCutOff(t *testing.T) {
	t.Parallel()
	url, _, _ := run(t, httpserver.Server{ReadHeaderTimeout: 200 * time.Millisecond}, nil)
	conn, in := dial(t, url)
	fmt.Fprint(conn, "GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	start := time.Now()
	go func() {
		for range time.Tick(20 * time.Millisecond) { // a byte now and then must not prolong it
			if _, err := conn.Write([]byte("a")); err != nil {
				return
			}
		}
	}()
	if _, err := io.ReadAll(in); time.Since(start) > patience/2 {
		t.Errorf("still connected: %v", err)
	}
}

func TestHeadThatIsTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	url, _, _ := run(t, httpserver.Server{}, nil)
	conn, in := dial(t, url)
	fmt.Fprintf(conn, "GET /livez HTTP/1.1\r\nHost: x\r\nX-Large: %0*d\r\n\r\n", 40<<10, 0)
	res, err := http.ReadResponse(in, nil)
	if err != nil || res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %v, %v", res, err)
	}
}

func TestClientThatStopsReadingIsLetGo(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	url, _ := serve(t, httpserver.Config{WriteTimeout: 100 * time.Millisecond}, func(e *echo.Echo) {
		e.GET("/endless", func(c echo.Context) error {
			block := make([]byte, 64<<10)
			for {
				if _, err := c.Response().Write(block); err != nil {
					ended <- err
					return err
				}
			}
		})
	})
	conn, _ := dial(t, url)
	fmt.Fprint(conn, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
	select {
	case err := <-ended:
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("it ended because of %v", err)
		}
	case <-time.After(patience):
		t.Error("still writing")
	}
}

func TestWriteDeadlineDoesNotOutliveTheAnswer(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, httpserver.Config{WriteTimeout: 250 * time.Millisecond}, func(e *echo.Echo) {
		e.GET("/late", func(c echo.Context) error {
			fmt.Fprint(c.Response(), "early, ")
			<-time.After(750 * time.Millisecond) // the time itself is what is tested
			fmt.Fprint(c.Response(), "late")
			return nil
		})
	})
	for range 2 { // the second on the same connection
		if got := text(t, get(t, url+"/late")); got != "early, late" {
			t.Errorf("got %q", got)
		}
	}
}

func routesOf(f func(*echo.Echo)) func(*echo.Echo, *httpserver.Health) {
	return func(e *echo.Echo, _ *httpserver.Health) { f(e) }
}

func TestStreamOutlastsTheTimeOfAWrite(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, httpserver.Config{WriteTimeout: 200 * time.Millisecond}, func(e *echo.Echo) {
		e.GET("/stream", func(c echo.Context) error {
			tick := time.NewTicker(50 * time.Millisecond)
			defer tick.Stop()
			for range 12 {
				<-tick.C // thrice the time in all, which is what is tested
				fmt.Fprint(c.Response(), ".")
				c.Response().Flush()
			}
			return nil
		})
		e.GET("/silent", func(c echo.Context) error {
			c.Response().Flush()
			<-time.After(500 * time.Millisecond) // longer than a write may take, but nothing is written
			return c.String(http.StatusOK, ".")
		})
	})
	for path, want := range map[string]string{"/stream": "............", "/silent": "."} {
		if got, err := io.ReadAll(get(t, url+path).Body); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
}
