package e2e_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends a request that no client would write, and reads the answer.
func (p *person) raw(t *testing.T, addr, line string, header ...string) answer {
	t.Helper()
	conn := must(net.Dial("tcp", addr))(t)
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(p.url, "http://")
	fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nX-CSRF: 1\r\nCookie: %s\r\n%s\r\n",
		line, host, p.cookies(t), strings.Join(header, ""))
	req := must(http.NewRequestWithContext(t.Context(), strings.Fields(line)[0], p.url, http.NoBody))(t)
	res := must(http.ReadResponse(bufio.NewReader(conn), req))(t)
	defer func() { _ = res.Body.Close() }()
	got := answer{res.StatusCode, res.Header, string(must(io.ReadAll(res.Body))(t))}
	if spy, ok := p.http.Transport.(*discreet); ok {
		spy.inspect(req, res, got.Body)
	}
	return got
}

// cookies is the jar as a browser sends it.
func (p *person) cookies(t *testing.T) string {
	t.Helper()
	req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, p.url, http.NoBody))(t)
	for _, cookie := range p.http.Jar.Cookies(req.URL) {
		req.AddCookie(cookie)
	}
	return req.Header.Get("Cookie")
}

// The proxy's own tests try many more; here is one of each kind through everything that stands before it, with
// the api's log to tell whether anything came through.
func TestPathTricksReachNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	calls := strings.Count(s.api.said.String(), `"msg":"request"`)
	for _, path := range []string{
		"/api/auth%2fsession", "/api/auth%2Fsession", "/api%2fv1%2fboards", "/api/v1%2fboards",
		"/api/v1%5cboards", `/api/v1\boards`, "/api/v1/boards%00", "/api/v1/boards%0a", "/api/v1/%7f",
		"/api/v1/../auth/session", "/api/./v1/boards", "/api/v1/%2e%2e/auth/session", "/api/v1/.%2e/boards", "/api/v1/..",
		"/api//v1/boards", "//api/v1/boards", "/api/v1//boards", "/api/", "/api/v1/boards%2f..",
		"/api/v1%252fboards", "/api/v1/%252e%252e/auth", "/api/v1/boards%2500", "/api/auth%252fsession", "/api/v1/%25255cboards",
		"/api/v1@evil/boards", "/api/%76%31/boards", "/api/a%75th/session", "/api/v1;x=1/boards",
		"/boards%2f..", "/assets/%2e%2e/boards", "/..%2fboards", "http://localhost//api/v1/boards",
	} {
		got := ada.raw(t, s.web.addr, "GET "+path)
		if got.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
		if strings.Contains(got.Body, ada.Email) {
			t.Errorf("%s answered with the session", path)
		}
	}
	// A path that is no URL at all is refused by net/http, in its own words, before anything of ours.
	if got := (&person{url: s.URL, http: &http.Client{Jar: ada.http.Jar}}).raw(t, s.web.addr, "GET /api/v1/%zz"); got.Status != http.StatusBadRequest {
		t.Errorf("a broken escape: %d %s", got.Status, got.Body)
	}
	for _, path := range []string{"/api/AUTH/session", "/api/Auth/jwks", "/api/aUTH"} {
		if got := ada.raw(t, s.web.addr, "GET "+path); got.Status != http.StatusNotFound || strings.Contains(got.Body, ada.Email) {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
	}
	if now := strings.Count(s.api.said.String(), `"msg":"request"`); now != calls {
		t.Errorf("%d requests came through to the api", now-calls)
	}
}

func TestRequestsThatTwoReadersReadDifferently(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for _, method := range []string{"TRACE", "CONNECT", "PROPFIND", "get", "BREW"} {
		if got := ada.raw(t, s.web.addr, method+" /api/v1/boards"); got.Status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d %s", method, got.Status, got.Body)
		}
	}
	framed := ada.raw(t, s.web.addr, "POST /api/v1/boards", "Content-Type: application/json\r\n", "Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n")
	if framed.Status != http.StatusBadRequest {
		t.Errorf("framed in two ways: %d %s", framed.Status, framed.Body)
	}
	if got := ada.raw(t, s.web.addr, "GET /api/v1/boards", "Upgrade: websocket\r\n"); got.Status != http.StatusOK {
		t.Errorf("an upgrade that isn't wanted: %d %s", got.Status, got.Body)
	}
}

func TestHeadersDontSpeakForSomebodyElse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, eve := s.person(t, "Ada"), s.person(t, "Eve")
	w := ada.wall(t, "Garden")
	got := eve.send(t, http.MethodGet, w.api(), "", "X-Forwarded-User", ada.Email, "X-Real-IP", "10.0.0.1",
		"X-HTTP-Method-Override", "DELETE", "Authorization", "Bearer of.some.body", "X_Forwarded_For", "10.0.0.1")
	if got.Status != http.StatusNotFound || got.problem(t).Code != "board_not_found" {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	answer := ada.send(t, http.MethodGet, w.api(), "")
	for _, name := range []string{"Set-Cookie", "Server", "Access-Control-Allow-Origin", "Alt-Svc"} {
		if value := answer.Header.Get(name); value != "" {
			t.Errorf("the api's answer came with %s: %s", name, value)
		}
	}
	if cache := answer.Header.Get("Cache-Control"); !strings.Contains(cache, "private") || answer.Header.Get("ETag") == "" {
		t.Errorf("Cache-Control %q, ETag %q", cache, answer.Header.Get("ETag"))
	}
	if again := ada.send(t, http.MethodGet, w.api(), "", "If-None-Match", answer.Header.Get("ETag")); again.Status != http.StatusNotModified {
		t.Errorf("with the ETag: %d", again.Status)
	}
	if page := ada.get(t, w.page()); !strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("a private page may be kept: %q", page.Header.Get("Cache-Control"))
	}
	if missing := ada.get(t, "/nothing-here"); missing.Status != http.StatusNotFound {
		t.Errorf("a page that never was: %d", missing.Status)
	}
}
