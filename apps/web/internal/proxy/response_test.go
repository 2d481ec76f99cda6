package proxy_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

var notForBrowsers = []string{
	"Set-Cookie", "Set-Cookie2", "Server", "Alt-Svc", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Anything",
	"Strict-Transport-Security", "Clear-Site-Data",
}

func TestAnswersComeBackWithoutWhatOnlyWebMaySay(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		for _, name := range notForBrowsers {
			w.Header().Set(name, "from-the-api")
		}
		w.Header().Set("X-Request-Id", "from-the-api")
		w.Header().Set("X-Frame-Options", "DENY")
		w.Header().Set("Content-Security-Policy", "sandbox")
		w.Header().Set("Etag", `"7"`)
		w.Header().Set("X-Custom", "stays")
		w.Header()["X-Two"] = []string{"a", "b"}
		w.WriteHeader(http.StatusTeapot)
	})
	w := newWeb(t, api.address(t), nil)
	res := w.do(t, "GET", "/api/v1/me", nil)
	for _, name := range notForBrowsers {
		if got := res.Header.Values(name); len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, want := range map[string][]string{
		"X-Frame-Options": {"DENY"}, "Content-Security-Policy": {"sandbox"}, "X-Content-Type-Options": {"nosniff"}, "Etag": {`"7"`},
		"X-Custom": {"stays"}, "X-Two": {"a", "b"}, "Cache-Control": {"private, no-cache"},
	} {
		if got := res.Header.Values(name); !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if ids := res.Header.Values("X-Request-Id"); len(ids) != 1 || ids[0] == "from-the-api" {
		t.Errorf("request ids: %q", ids)
	}
	if res.StatusCode != http.StatusTeapot {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestAnswersAreKeptByNobodyElse(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		if control := r.URL.Query().Get("control"); control != "" {
			w.Header().Set("Cache-Control", control)
		}
		w.Header().Set("Expires", "Thu, 01 Jan 2099 00:00:00 GMT")
	})
	w := newWeb(t, api.address(t), nil)
	for control, want := range map[string]string{
		"":                       "private, no-cache",
		"public, max-age=3600":   "private, no-cache",
		"no-store":               "no-store",
		"Private, max-age=60":    "Private, max-age=60",
		"private, no-cache":      "private, no-cache",
		"max-age=60, immutable":  "private, no-cache",
		"s-maxage=60, no-cache ": "private, no-cache",
	} {
		if got := w.do(t, "GET", "/api/v1/me?control="+url.QueryEscape(control), nil).Header.Get("Cache-Control"); got != want {
			t.Errorf("%q became %q", control, got)
		}
	}
}

func TestInterimAnswersKeepToTheRules(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for _, name := range notForBrowsers {
			h.Set(name, "from-the-api")
		}
		h.Set("Link", "</app.css>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusProcessing)
		h.Del("Link")
		_, _ = io.WriteString(w, "done")
	})
	w := newWeb(t, api.address(t), nil)

	var interim []string
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
		Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
			interim = append(interim, fmt.Sprint(code, h))
			return nil
		},
	})
	res, err := w.try(ctx, "GET", "/api/v1/me", nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "map[Link:[</app.css>; rel=preload]]"; !slices.Equal(interim, []string{"103 " + want, "102 " + want}) {
		t.Errorf("interim answers: %q", interim)
	}
	if body := text(t, res); body != "done" || res.StatusCode != 200 || res.Header.Get("Link") != "" || res.Header.Get("X-Frame-Options") != "DENY" {
		t.Errorf("got %d %q %v", res.StatusCode, body, res.Header)
	}
	for _, name := range notForBrowsers {
		if res.Header.Get(name) != "" {
			t.Errorf("%s is left", name)
		}
	}
}

func TestTrailersPassByTheSameRules(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Trailer", "X-Sum, Set-Cookie")
		_, _ = io.WriteString(w, "body")
		w.(http.Flusher).Flush()
		w.Header().Set("X-Sum", "7")
		w.Header().Set("Set-Cookie", "a=b")
		w.Header().Set(http.TrailerPrefix+"X-Late", "8")
		w.Header().Set(http.TrailerPrefix+"Access-Control-Allow-Origin", "*")
	})
	w := newWeb(t, api.address(t), nil)
	res := w.do(t, "GET", "/api/v1/me", nil)
	if got := text(t, res); got != "body" {
		t.Errorf("body %q", got)
	}
	if got := fmt.Sprint(res.Trailer); got != "map[X-Late:[8] X-Sum:[7]]" {
		t.Errorf("trailers %s", got)
	}
}

func TestLocationsNeverShowTheAPI(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		location := strings.ReplaceAll(r.URL.Query().Get("to"), "API", r.Host)
		w.Header().Set("Location", location)
		w.Header().Set("Content-Location", location)
		w.WriteHeader(http.StatusSeeOther)
	})
	address := api.address(t)
	address.Path = "/base"
	w := newWeb(t, address, nil)
	for to, want := range map[string]string{
		"http://API/base/v1/boards/7":         "/api/v1/boards/7",
		"https://API/base/v1/boards":          "/api/v1/boards",
		"//API/base/v1/boards?x=1#y":          "/api/v1/boards?x=1#y",
		"/base/v1/boards/7?a=1;b#c":           "/api/v1/boards/7?a=1;b#c",
		"/base/v1/b%20c%2Fd":                  "/api/v1/b%20c%2Fd",
		"boards":                              "/api/v1/x/boards",
		"../boards":                           "/api/v1/boards",
		"?page=2":                             "/api/v1/x/y?page=2",
		"http://user:pw@API/base/v1/z":        "/api/v1/z",
		"/v1/outside-the-base":                "",
		"http://API/":                         "",
		"../../../../x":                       "",
		"http://API/base/%zz":                 "",
		"https://files.example/a?signature=1": "https://files.example/a?signature=1",
		"https://wall.example/boards":         "https://wall.example/boards",
	} {
		res := w.do(t, "GET", "/api/v1/x/y?to="+url.QueryEscape(to), nil)
		for _, name := range []string{"Location", "Content-Location"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s %q became %q, want %q", name, to, got, want)
			}
		}
	}
}

func TestCompressedBodiesStayAsTheyAre(t *testing.T) {
	t.Parallel()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(z, strings.Repeat("card ", 1000))
	_ = z.Close()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(zipped.Bytes())
	})
	w := newWeb(t, api.address(t), nil)
	for _, accept := range []string{"gzip", "br", ""} {
		res := w.do(t, "GET", "/api/v1/me", nil, "Accept-Encoding", accept)
		if body := text(t, res); body != zipped.String() || res.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q: %d bytes, %v", accept, len(body), res.Header)
		}
	}
}

func TestConditionalRequestsAndHead(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"7"`)
		http.ServeContent(w, r, "x.txt", time.Time{}, strings.NewReader("0123456789"))
	})
	w := newWeb(t, api.address(t), nil)
	if res := w.do(t, "GET", "/api/v1/me", nil, "If-None-Match", `"7"`); res.StatusCode != http.StatusNotModified || res.Header.Get("ETag") != `"7"` {
		t.Errorf("If-None-Match: %d", res.StatusCode)
	}
	if res := w.do(t, "GET", "/api/v1/me", nil, "If-Match", `"8"`); res.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("If-Match: %d", res.StatusCode)
	}
	if res := w.do(t, "GET", "/api/v1/me", nil, "Range", "bytes=2-4"); res.StatusCode != http.StatusPartialContent || text(t, res) != "234" {
		t.Errorf("Range: %d", res.StatusCode)
	}
	if res := w.do(t, "HEAD", "/api/v1/me", nil); res.StatusCode != 200 || res.ContentLength != 10 || text(t, res) != "" {
		t.Errorf("HEAD: %d, %d bytes", res.StatusCode, res.ContentLength)
	}
}
