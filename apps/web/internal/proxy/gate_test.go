package proxy_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestPathsThatCouldBeMisreadAreRefused(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for _, path := range []string{
		// An encoded slash, backslash or nothing, in any case.
		"/api/auth%2fsession", "/api/auth%2Fsession", "/api/v1%2fboards", "/api%2fv1/boards", "/api/v1/boards%2f",
		"/api/v1%5cboards", "/api/v1%5Cboards", "/api/auth%5csession", "/api/v1/boards%00", "/api/auth%00/session",
		// Control characters.
		"/api/v1/%0a", "/api/v1/%0d%0aX: y", "/api/v1/%09", "/api/v1/%1f", "/api/v1/%7f", "/api/v1/%c2%85",
		// Backslashes.
		`/api\v1\boards`, `/api/v1\..\auth`, `\api\auth`,
		// Dot segments, plain, encoded, half encoded.
		"/api/v1/../auth/session", "/api/../api/auth/session", "/api/./auth/session", "/api/v1/..", "/api/v1/.", "/..", "/.",
		"/api/v1/%2e%2e/auth/session", "/api/v1/.%2e/auth/session", "/api/v1/%2E./auth/session", "/api/%2e/auth/session",
		"/boards/../api/auth/session", "/api/%2e%2e/%2e%2e/x",
		// Empty segments.
		"//api/v1/boards", "/api//auth/session", "/api//v1/boards", "/api/v1//boards", "/api/v1/boards//", "//wall.example/x", "//",
		// Any of these, encoded twice and thrice.
		"/api/auth%252fsession", "/api/v1%255cboards", "/api/v1/%2500", "/api/v1/%250a", "/api/v1/%252e%252e/auth/session",
		"/api/v1/%252e%2e/auth", "/api/%252e/auth", "/api/auth%25252fsession", "/api/v1/%25252e%25252e/auth",
		"/api/v1/%252f%252fx", "/api/v1/%25%32%66x", "/api/v1/%2525252525252fx",
		// A first segment that isn't plain, or not spelled plainly.
		"/api/%61uth/session", "/api/%41UTH/session", "/api/a%75th/session", "/api/%76%31/boards", "/%61pi/auth/session", "/ap%69/v1/boards",
		"/api/auth;x/session", "/api/auth%3bx/session", "/api/v1%20/boards", "/api/%20auth/session", "/api/aut%C4%A7/session",
		"/api/", "/api/@/x", "/api/v1,x/boards", "/api/auth%", "/api/v1/%zz", "/api/v1/%2", "/api/v1/x#/y",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			for _, line := range []string{"GET " + path, "POST " + path, "GET http://" + publicHost + path} {
				if strings.HasPrefix(path, `\`) && strings.Contains(line, "http:") {
					continue // it would be part of the host
				}
				if res := w.raw(t, line, "Content-Length: 0\r\n", ""); res.StatusCode != http.StatusBadRequest {
					t.Errorf("%s: %d", line, res.StatusCode)
				}
			}
		})
	}
	t.Cleanup(func() { api.wantNone(t) })
}

func TestRefusedPathsGetAProblem(t *testing.T) {
	t.Parallel()
	w := newWeb(t, newBackend(t, nil).address(t), nil)
	wantProblem(t, w.raw(t, "GET /api/v1/../auth/session", "", ""), 400, "bad_path")
	wantProblem(t, w.raw(t, "OPTIONS *", "", ""), 400, "bad_path")
	wantProblem(t, w.raw(t, "GET http://"+publicHost, "", ""), 400, "bad_path")
}

func TestAuthIsNeverProxied(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	if got := text(t, w.do(t, "GET", "/api/auth/session", nil)); got != "web's own" {
		t.Errorf("got %q", got)
	}
	for _, path := range []string{"/api/AUTH/session", "/api/Auth/session", "/api/aUtH", "/api/auth", "/api/AUTH/"} {
		wantProblem(t, w.do(t, "POST", path, nil), 404, "not_found")
	}
	api.wantNone(t)
}

func TestPathsAndQueriesArriveByteForByte(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"", "/", "/base", "/base/", "/b%20c"} {
		api := newBackend(t, nil)
		address := api.address(t)
		address, err := address.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		w := newWeb(t, address, nil)
		for _, target := range []string{
			"/v1/boards", "/v1/boards/", "/v1", "/docs", "/openapi.json", "/v1/b%20c", "/v1/b%c3%bC", "/v1/b\u00fc\xff", "/v1/a%ff",
			"/v1/a%2eb", "/v1/.../x", "/v1/a;b=c,d", "/v1/!$&'()*+,;=:@", "/v1/[x]{y}|^`\"<>", "/v1/%41%7e", "/v1/100%25", "/authors/x", "/~x/y",
			"/v1/boards?", "/v1/boards?a=1;b=2", "/v1/boards?a=%zz&%", "/v1/boards?a=b&a=b&&=", "/v1/boards?q=%2f..%2F//?x?", "/v1/b?x=a+b%20c&y='\"<>{}|\\^`",
			"/v1/boards?next=/api/auth/../x#y",
		} {
			if res := w.raw(t, "GET /api"+target, "Connection: close\r\n", ""); res.StatusCode != http.StatusOK {
				t.Errorf("%q: %d", target, res.StatusCode)
				continue
			}
			if got, want := api.next(t).Line, "GET "+strings.TrimRight(base, "/")+target+" HTTP/1.1"; got != want {
				t.Errorf("sent %q, arrived %q", want, got)
			}
		}
	}
}

func TestAbsoluteFormIsProxiedByItsPath(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	w.raw(t, "GET http://"+publicHost+"/api/v1/boards?x=1", "", "")
	if got := api.next(t); got.Target != "/v1/boards?x=1" || got.Host != api.address(t).Host {
		t.Errorf("got %+v", got)
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"} {
		if res := w.do(t, method, "/api/v1/boards", nil); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", method, res.StatusCode)
		}
		if got := api.next(t).Method; got != method {
			t.Errorf("sent %s, arrived %s", method, got)
		}
	}
	for _, method := range []string{"TRACE", "CONNECT", "TRACK", "PROPFIND", "QUERY", "PURGE", "get", "FOO"} {
		res := w.raw(t, method+" /api/v1/boards", "", "")
		if allow := res.Header.Get("Allow"); allow != "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE" {
			t.Errorf("%s: Allow is %q", method, allow)
		}
		wantProblem(t, res, 405, "method_not_allowed")
	}
	if res := w.raw(t, "CONNECT "+publicHost+":443", "", ""); res.StatusCode != 405 {
		t.Errorf("CONNECT: %d", res.StatusCode)
	}
	api.wantNone(t)
}

func TestBothFramingsAtOnceAreRefused(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	const smuggled = "0\r\n\r\nGET /v1/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, header := range []string{
		"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
		"transfer-encoding: chunked\r\ncontent-length: 4\r\n",
		fmt.Sprintf("Content-Length: %d\r\nTransfer-Encoding: chunked\r\n", len(smuggled)),
		"Content-Length: 4\r\nContent-Length: 5\r\n", "Content-Length: 4, 4\r\n", "Content-Length: +4\r\n", "Content-Length: -1\r\n",
		"Transfer-Encoding : chunked\r\n", "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 4 4\r\n",
	} {
		t.Run(header, func(t *testing.T) {
			t.Parallel()
			if res := w.raw(t, "POST /api/v1/boards", header, smuggled); res.StatusCode != http.StatusBadRequest {
				t.Errorf("status %d", res.StatusCode)
			}
		})
	}
	for _, header := range []string{"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, identity\r\n"} {
		if res := w.raw(t, "POST /api/v1/boards", header, smuggled); res.StatusCode != http.StatusNotImplemented {
			t.Errorf("%q: %d", header, res.StatusCode)
		}
	}
	t.Cleanup(func() { api.wantNone(t) })
}
