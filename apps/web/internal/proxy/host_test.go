package proxy_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"cardwall/apps/web/internal/proxy"
)

func TestOtherHosts(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	for name, c := range map[string]struct {
		method, target, host string
		status               int
		location             string
	}{
		"our own":                         {"GET", "/boards", "wall.example", 200, ""},
		"our own in large letters":        {"GET", "/boards", "WALL.example", 200, ""},
		"our own with its port":           {"GET", "/boards", "wall.example:443", 200, ""},
		"another port":                    {"GET", "/boards", "wall.example:8443", 307, "https://wall.example/boards"},
		"a page":                          {"GET", "/boards?x=1;y&z=%2f", "evil.example", 307, "https://wall.example/boards?x=1;y&z=%2f"},
		"a page's head":                   {"HEAD", "/boards/b%20c", "evil.example", 307, "https://wall.example/boards/b%20c"},
		"a page that looks like a host":   {"GET", "/@evil.example/", "evil.example", 307, "https://wall.example/@evil.example/"},
		"a page that is not there":        {"GET", "/nothing", "10.0.0.1:3000", 307, "https://wall.example/nothing"},
		"a change of a page":              {"POST", "/boards", "evil.example", 421, ""},
		"the api":                         {"GET", "/api/v1/me", "evil.example", 421, ""},
		"signing in":                      {"POST", "/api/auth/sign-in", "evil.example", 421, ""},
		"the session":                     {"GET", "/api/auth/session", "evil.example", 421, ""},
		"an absolute form":                {"GET", "http://evil.example/api/v1/me", "wall.example", 421, ""},
		"keys":                            {"GET", "/api/auth/jwks", "web:3000", 200, ""},
		"life":                            {"GET", "/livez", "10.0.0.1:3000", 200, ""},
		"readiness":                       {"GET", "/readyz", "10.0.0.1:3000", 200, ""},
		"no host, as HTTP/1.0 allows":     {"GET", "/boards", "", 307, "https://wall.example/boards"},
		"our name as the start of a name": {"GET", "/boards", "wall.example.evil.example", 307, "https://wall.example/boards"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, in := w.dial(t)
			fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n", c.method, c.target, c.host)
			res, err := http.ReadResponse(in, &http.Request{Method: c.method})
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != c.status || res.Header.Get("Location") != c.location {
				t.Errorf("got %d %q, want %d %q", res.StatusCode, res.Header.Get("Location"), c.status, c.location)
			}
			if c.status == 421 {
				wantProblem(t, res, 421, "wrong_host")
			}
		})
	}
	t.Cleanup(func() { api.wantNone(t) })
}

func TestHostWithAPortOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWeb(t, newBackend(t, nil).address(t), func(c *proxy.Config) {
		c.PublicURL = &url.URL{Scheme: "http", Host: "localhost:3000"}
	})
	for host, status := range map[string]int{"localhost:3000": 200, "localhost": 307, "localhost:80": 307, "127.0.0.1:3000": 307} {
		conn, in := w.dial(t)
		fmt.Fprintf(conn, "GET /boards HTTP/1.1\r\nHost: %s\r\n\r\n", host)
		if res, err := http.ReadResponse(in, nil); err != nil || res.StatusCode != status {
			t.Errorf("%s: %v, %v", host, res, err)
		}
	}
}
