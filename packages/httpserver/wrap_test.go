package httpserver_test

import (
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"testing"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
)

func TestInterimAnswersPassThroughWrappedHandlers(t *testing.T) {
	t.Parallel()
	hinting := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", "</a.css>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		clear(w.Header())
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, "made")
	})
	pass := func(next http.Handler) http.Handler { return next }
	url, book := serve(t, httpserver.Config{}, func(e *echo.Echo) {
		e.GET("/", httpserver.WrapHandler(hinting))
	}, pass)

	var hints []int
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
		Got1xxResponse: func(code int, _ textproto.MIMEHeader) error { hints = append(hints, code); return nil },
	})
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	if body := text(t, res); res.StatusCode != 201 || body != "made" || len(hints) != 1 || hints[0] != 103 {
		t.Errorf("got %v, then %d %q", hints, res.StatusCode, body)
	}
	if res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Error("the security headers went with the hint's")
	}
	if line := book.next(t); line["status"] != 201.0 || line["bytes"] != 4.0 {
		t.Errorf("got %v", line)
	}
}
