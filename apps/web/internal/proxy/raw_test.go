package proxy_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// smuggled is what a trick wants somebody behind us to take for a request.
const smuggled = "GET /v1/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

// wantNotSmuggled looks through everything that reached the api.
func (b *backend) wantNotSmuggled(t testing.TB) {
	t.Helper()
	for {
		select {
		case s := <-b.seen:
			if strings.Contains(s.Target, "smuggled") {
				t.Errorf("the api saw %q", s.Line)
			}
		default:
			return
		}
	}
}

func TestRequestLinesThatCouldBeMisread(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for line, status := range map[string]int{
		"GET  /api/v1/me HTTP/1.1":                       400,
		"GET\t/api/v1/me HTTP/1.1":                       400,
		" GET /api/v1/me HTTP/1.1":                       400,
		"GET /api/v1/me  HTTP/1.1":                       400,
		"GET /api/v1/me HTTP/1.1 ":                       400,
		"GET /api/v1/me x HTTP/1.1":                      400,
		"GET /api/v1/me\tHTTP/1.1":                       400,
		"GET /api/v1/me HTTP/1.1 GET /v1/smuggled":       400,
		"GET /api/v1/me":                                 400,
		"GET HTTP/1.1":                                   400,
		"GET /api/v1/me http/1.1":                        400,
		"GET /api/v1/me HTTP/1.10":                       400,
		"GET /api/v1/me HTTP/1,1":                        400,
		"GET /api/v1/me HTTP/2.0":                        505,
		"GET /api/v1/me HTTP/0.9":                        505,
		"PRI * HTTP/2.0":                                 405,
		"G\x00T /api/v1/me HTTP/1.1":                     400,
		"GET api/v1/me HTTP/1.1":                         400,
		"GET ?x HTTP/1.1":                                400,
		"GET file:///api/v1/me HTTP/1.1":                 400,
		"GET ws://" + publicHost + "/api/v1/me HTTP/1.1": 400,
		"GET http:/api/v1/me HTTP/1.1":                   400,
		"GET http://" + publicHost + ":x/api/ HTTP/1.1":  400,
		"GET //evil.example/api/v1/me HTTP/1.1":          400,
		"GET /api/v1/\x01 HTTP/1.1":                      400,
		"GET /api/v1/me\x00 HTTP/1.1":                    400,
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			conn, in := w.dial(t)
			fmt.Fprintf(conn, "%s\r\nHost: %s\r\nConnection: close\r\n\r\n", line, publicHost)
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != status {
				t.Errorf("%d, want %d", res.StatusCode, status)
			}
		})
	}
	t.Cleanup(func() { api.wantNone(t) })
}

func TestHeadersThatCouldBeMisread(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for header, status := range map[string]int{
		"Host: evil.example\r\n":                             400,
		"X-Tab : a\r\n":                                      400,
		"Authorization : Bearer forged\r\n":                  400,
		"Cookie\t: forged\r\n":                               400,
		"X-Tab: a\x00forged\r\n":                             400,
		"X-Tab: a\rCookie: forged\r\n":                       400,
		"X-Tab: a\x7fforged\r\n":                             400,
		"no colon, forged\r\n":                               400,
		": forged\r\n":                                       400,
		"Coo kie: forged\r\n":                                400,
		"Cookie\xff: forged\r\n":                             400,
		" X-Tab: forged\r\n":                                 400,
		"X-Tab: a\r\n Cookie: a fold is a space\r\n":         200,
		"X-Tab: a\nCookie: forged\n":                         200,
		"cOOKIE: forged\r\nAUTHORIZATION: Bearer forged\r\n": 200,
		"Cookie: forged\r\nCookie: forged\r\n":               200,
		"X_Tab: forged\r\nX-Tab_: forged\r\n":                200,
		"X-HTTP-Method-Override: forged\r\n":                 200,
		"Connection: X-Forwarded-For, Authorization\r\nX-Forwarded-For: forged\r\n": 200,
		"X-Long: " + strings.Repeat("x", 64<<10) + "\r\n":                           431,
	} {
		t.Run(header[:min(len(header), 40)], func(t *testing.T) {
			t.Parallel()
			res := w.raw(t, "GET /api/v1/me", header, "")
			if res.StatusCode != status {
				t.Errorf("%d, want %d", res.StatusCode, status)
			}
		})
	}
	t.Cleanup(func() {
		for {
			select {
			case s := <-api.seen:
				if strings.Contains(strings.Join(s.Lines, "\n"), "forged") {
					t.Errorf("the api saw %q", s.Lines)
				}
				if n := len(slices.DeleteFunc(slices.Clone(s.Lines), func(l string) bool { return !strings.HasPrefix(l, "Authorization:") })); n != 1 {
					t.Errorf("%d Authorization lines: %q", n, s.Lines)
				}
			default:
				return
			}
		}
	})
}

func TestChunksThatCouldBeMisread(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for chunks, status := range map[string]int{
		"0x4\r\nfour\r\n0\r\n\r\n":                            400,
		"-4\r\nfour\r\n0\r\n\r\n":                             400,
		"+4\r\nfour\r\n0\r\n\r\n":                             400,
		"\r\nfour\r\n0\r\n\r\n":                               400,
		"4\nfour\r\n0\r\n\r\n":                                400,
		"4\r\nfour\n0\r\n\r\n":                                400,
		"4\r\nfourfive\r\n0\r\n\r\n":                          400,
		"5\r\nfour\r\n0\r\n\r\n":                              400,
		"4;x=\ny\r\nfour\r\n0\r\n\r\n":                        400,
		"fffffffffffffffff\r\nfour\r\n0\r\n\r\n":              400,
		"10000000000000004\r\nfour\r\n0\r\n\r\n":              400,
		"4 4\r\nfour\r\n0\r\n\r\n":                            400,
		"g\r\nfour\r\n0\r\n\r\n":                              400,
		"4\r\nfour\r\n0\r\nno trailer\r\n\r\n":                400,
		"4;ext=\"" + smuggled[:3] + "\"\r\nfour\r\n0\r\n\r\n": 200,
		"0004\r\nfour\r\n000\r\n\r\n":                         200,
	} {
		t.Run(chunks, func(t *testing.T) {
			t.Parallel()
			res := w.raw(t, "POST /api/v1/boards", "Connection: close\r\nTransfer-Encoding: chunked\r\n", chunks+smuggled)
			if res.StatusCode != status {
				t.Errorf("%d, want %d", res.StatusCode, status)
			}
		})
	}
	t.Cleanup(func() { api.wantNotSmuggled(t) })
}

// An old client knows no chunks; a proxy before us might.
func TestChunksOfAnOldClientAreRefused(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	conn, in := w.dial(t)
	fmt.Fprintf(conn, "POST /api/v1/boards HTTP/1.0\r\nHost: %s\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/smuggled HTTP/1.0\r\nHost: %s\r\n\r\n", publicHost, publicHost)
	res, err := http.ReadResponse(in, nil)
	if err != nil || res.StatusCode != http.StatusBadRequest {
		t.Errorf("%v, %v", res, err)
	}
	rest, _ := io.ReadAll(in)
	if strings.Contains(string(rest), "HTTP/1") {
		t.Errorf("a second answer: %s", rest)
	}
	api.wantNotSmuggled(t)
}
