package proxy_test

import (
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/proxy"
)

func TestHeadersOnTheListPass(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.ExtraRequestHeaders = []string{"x-extra", " X-Another "} })
	sent := map[string]string{
		"Accept": "text/html", "Accept-Language": "de", "Accept-Encoding": "br", "Content-Type": "text/x", "Content-Language": "de",
		"Content-Encoding": "br", "If-Match": `"7"`, "If-None-Match": "*", "If-Modified-Since": "x", "If-Unmodified-Since": "x", "If-Range": "x",
		"Range": "bytes=0-1", "Last-Event-Id": "7", "User-Agent": "me", "Prefer": "return=minimal", "Traceparent": "00-1", "Tracestate": "a=b",
		"X-Tab": "t1", "X-Change": "c1", "X-Extra": "e", "X-Another": "a",
	}
	var header []string
	for name, value := range sent {
		header = append(header, name, value)
	}
	w.do(t, "GET", "/api/v1/me", nil, header...)
	seen := api.next(t)
	for name, value := range sent {
		if got := seen.Header.Values(name); len(got) != 1 || got[0] != value {
			t.Errorf("%s arrived as %q", name, got)
		}
	}
	w.do(t, "GET", "/api/v1/me", nil, "Accept", "a", "Accept", "b")
	seen = api.next(t)
	if got := seen.Header.Values("Accept"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("two lines of a header arrived as %q", got)
	}
	if _, sent := seen.Header["Accept-Encoding"]; sent {
		t.Error("an Accept-Encoding that the client didn't send: the answer could come back compressed")
	}
}

func TestOtherHeadersStay(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), func(c *proxy.Config) {
		c.ExtraRequestHeaders = []string{"Cookie", "Authorization", "X-Forwarded-For", "X_Under", "Idempotency-Key", "Connection", "X-Confirm"}
	})
	names := []string{
		"Cookie", "Authorization", "Proxy-Authorization", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
		"X-Forwarded-User", "X-Forwarded-Prefix", "X-Real-Ip", "X-Http-Method-Override", "X-Http-Method", "X-Method-Override", "X-Under_score", "Accept_",
		"Accept-_x", "Content_length", "Content-Type_", "X_Under", "X-Unknown", "Origin", "Referer", "Sec-Fetch-Site", "X-Csrf", "X-Original-Url", "Acceptance",
		"Idempotency-Key", "X-Idempotency-Key", "X-Confirm", "X-Request-Id", "Upgrade-Insecure-Requests", "Te", "Trailer", "Upgrade", "Connection", "Keep-Alive",
		"Proxy-Connection", "Expect-Ct", "Dnt", "Sub", "X-User", "True-Client-Ip", "Cf-Connecting-Ip",
	}
	var lines strings.Builder
	for _, name := range names {
		lines.WriteString(name + ": forged\r\n")
	}
	w.raw(t, "GET /api/v1/me", lines.String(), "")
	seen := api.next(t)
	for name, values := range seen.Header {
		if slices.Contains(values, "forged") || strings.Contains(strings.Join(values, " "), "forged") {
			t.Errorf("%s: %q", name, values)
		}
	}
	ours := []string{"Accept-Encoding", "Authorization", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-Id"}
	for name := range seen.Header {
		if !slices.Contains(ours, name) {
			t.Errorf("the api sees %s", name)
		}
	}
}

func TestLeavingThroughTheProxyLeavesNobody(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.ExtraRequestHeaders = []string{"x-confirm"} })
	for _, name := range []string{"X-Confirm", "x-confirm", "X-CONFIRM"} {
		w.raw(t, "DELETE /api/v1/me", name+": leave\r\n", "")
		if got := api.next(t).Header.Values("X-Confirm"); len(got) != 0 {
			t.Errorf("%s: the api, which takes nobody's leave without it, sees %q", name, got)
		}
	}
}

func TestTheAPISeesOurToken(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), func(c *proxy.Config) {
		c.Client = func(*http.Request) netip.Addr { return netip.MustParseAddr("203.0.113.9") }
	})
	for _, connection := range []string{"close", "Authorization, X-Forwarded-For, X-Request-Id, If-Match", "keep-alive, authorization"} {
		res := w.raw(t, "GET /api/v1/me", "Connection: "+connection+"\r\nIf-Match: \"7\"\r\nAuthorization: Bearer forged\r\n", "")
		seen := api.next(t)
		for name, want := range map[string]string{
			"Authorization": "Bearer minted", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": publicHost, "X-Forwarded-Proto": "https",
			"X-Request-Id": res.Header.Get("X-Request-Id"),
		} {
			if got := seen.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("Connection: %s: %s is %q", connection, name, got)
			}
		}
		if id, err := uuid.Parse(seen.Header.Get("X-Request-Id")); err != nil || id.Version() != 7 {
			t.Errorf("request id: %v", id)
		}
		if forThisHop := strings.Contains(connection, "If-Match"); forThisHop != (seen.Header.Get("If-Match") == "") {
			t.Errorf("Connection: %s: If-Match is %q", connection, seen.Header.Get("If-Match"))
		}
		if seen.Host != api.address(t).Host {
			t.Errorf("Host is %q", seen.Host)
		}
	}
}

func TestUpgradesAreServedAsIfNotAsked(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for _, protocol := range []string{"websocket", "h2c"} {
		res := w.raw(t, "GET /api/v1/me", "Connection: Upgrade\r\nUpgrade: "+protocol+"\r\nSec-WebSocket-Key: x\r\n", "")
		if seen := api.next(t); res.StatusCode != 200 || seen.Header.Get("Upgrade") != "" || seen.Header.Get("Connection") != "" {
			t.Errorf("%s: %d %v", protocol, res.StatusCode, seen.Header)
		}
	}
}

func TestBodiesPassInTheirFraming(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	w.do(t, "POST", "/api/v1/boards", strings.NewReader("five5"))
	if seen := api.next(t); seen.Body != "five5" || seen.Length != 5 || seen.Chunked {
		t.Errorf("got %+v", seen)
	}
	w.do(t, "POST", "/api/v1/boards", struct{ io.Reader }{strings.NewReader("five5")})
	if seen := api.next(t); seen.Body != "five5" || !seen.Chunked {
		t.Errorf("got %+v", seen)
	}
	w.do(t, "POST", "/api/v1/boards", nil)
	if seen := api.next(t); seen.Body != "" || seen.Length != 0 || seen.Chunked {
		t.Errorf("got %+v", seen)
	}
	const chunks = "4\r\nfour\r\n0\r\nAuthorization: Bearer forged\r\nX-Sum: 7\r\n\r\n"
	w.raw(t, "POST /api/v1/boards", "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n", chunks)
	if seen := api.next(t); seen.Body != "four" || len(seen.Trailer) != 0 {
		t.Errorf("a request's trailer went on: %+v", seen)
	}
}

func TestExpectedContinueIsSaidOnlyWhenTheBodyIsWanted(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	conn, in := w.dial(t)
	_, _ = io.WriteString(conn, "POST /api/v1/boards HTTP/1.1\r\nHost: "+publicHost+"\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
	line, err := in.ReadString('\n')
	if err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "four")
	if res, err := http.ReadResponse(in, nil); err != nil || res.StatusCode != 200 || api.next(t).Body != "four" {
		t.Errorf("got %v, %v", res, err)
	}

	for name, c := range map[string]struct {
		api          *url.URL
		length, code string
		status       int
	}{
		"too large":       {api.address(t), "2000000", "too_large", 413},
		"the api is away": {&url.URL{Scheme: "http", Host: "127.0.0.1:1"}, "4", "api_away", 502},
	} {
		w := newWeb(t, c.api, nil)
		refused := w.raw(t, "POST /api/v1/boards", "Content-Length: "+c.length+"\r\nExpect: 100-continue\r\n", "")
		if wantProblem(t, refused, c.status, c.code); !refused.Close {
			t.Errorf("%s: the connection stays open for a body that may or may not come", name)
		}
	}
}

func TestAPIMayAnswerBeforeItHasReadTheBody(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnsupportedMediaType) })
	w := newWeb(t, api.address(t), nil)
	res := w.raw(t, "POST /api/v1/boards", "Content-Type: image/png\r\nContent-Length: 1000000\r\n", "the rest comes only after the answer")
	if res.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestCompressedUploadsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	const zipped = "\x1f\x8b\x08 not even true \x00\xff"
	w.do(t, "POST", "/api/v1/boards", strings.NewReader(zipped), "Content-Encoding", "gzip")
	if seen := api.next(t); seen.Body != zipped || seen.raw() != zipped || seen.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("got %q %v", seen.Body, seen.Header)
	}
}

func TestPartsOfAnUploadArriveAsTheyAreSent(t *testing.T) {
	t.Parallel()
	came := make(chan string)
	api := newBackend(t, func(_ http.ResponseWriter, r *http.Request) {
		for part := make([]byte, 3); ; came <- string(part) {
			if _, err := io.ReadFull(r.Body, part); err != nil {
				return
			}
		}
	})
	w := newWeb(t, api.address(t), nil)
	conn, in := w.dial(t)
	fmt.Fprintf(conn, "POST /api/v1/boards HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n", publicHost)
	for _, part := range []string{"one", "two"} { // each arrives before the next is sent
		_, _ = io.WriteString(conn, "3\r\n"+part+"\r\n")
		select {
		case got := <-came:
			if got != part {
				t.Errorf("sent %q, arrived %q", part, got)
			}
		case <-time.After(patience):
			t.Fatalf("%q is held back", part)
		}
	}
	_, _ = io.WriteString(conn, "0\r\n\r\n")
	if res, err := http.ReadResponse(in, nil); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", res, err)
	}
}

// A page that is still open when somebody else signs in does nothing in their name.
func TestAPageActsForItsOwnReaderOnly(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	ada, bob := uuid.NewString(), uuid.NewString()
	if res := w.do(t, "POST", "/api/v1/boards", nil, "X-Person", ada, "X-Reader", ada); res.StatusCode != http.StatusOK {
		t.Errorf("her own page: %d", res.StatusCode)
	}
	if got := api.next(t).Header.Get("X-Reader"); got != "" {
		t.Errorf("the api reads %q", got)
	}
	wantProblem(t, w.do(t, "POST", "/api/v1/boards", nil, "X-Person", bob, "X-Reader", ada), 403, "signed_in_as_another")
	if res := w.do(t, "POST", "/api/v1/boards", nil, "X-Person", bob); res.StatusCode != http.StatusOK {
		t.Errorf("a program that doesn't say: %d", res.StatusCode)
	}
}
