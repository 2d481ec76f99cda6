package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/proxy"
	"cardwall/packages/problem"
)

func TestWithoutATokenNothingIsForwarded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		token  string
		err    error
		status int
		code   string
	}{
		"no session":           {"", problem.New(problem.Unauthenticated, "unauthenticated", "Please sign in first."), 401, "unauthenticated"},
		"no session, wrapped":  {"", fmt.Errorf("minting: %w", problem.New(problem.Unauthenticated, "unauthenticated", "Sign in.")), 401, "unauthenticated"},
		"the database is away": {"", problem.New(problem.Unavailable, "database_away", "Try again soon.").After(time.Second), 503, "database_away"},
		"no key":               {"", errors.New("no signing key at 127.0.0.1"), 503, "token_unavailable"},
		"an empty token":       {"", nil, 503, "token_unavailable"},
		"an odd problem":       {"", problem.New(problem.NotFound, "not_found", "No key."), 503, "token_unavailable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newBackend(t, nil)
			w := newWeb(t, api.address(t), func(config *proxy.Config) {
				config.Mint = func(context.Context) (string, error) { return c.token, c.err }
			})
			res := w.do(t, "GET", "/api/v1/me", nil, "Authorization", "Bearer one's own", "Cookie", "a=b")
			wantProblem(t, res, c.status, c.code)
			if c.status == 503 && res.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			api.wantNone(t)
		})
	}
}

func TestRefusedTokenIsNoSignOut(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		w.Header().Set("Set-Cookie", "session=; Max-Age=0")
		w.Header().Set("Content-Type", problem.ContentType)
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"code": "unauthenticated", "status": 401, "detail": "net/http"}`)
	})
	w := newWeb(t, api.address(t), nil)
	res := w.do(t, "GET", "/api/v1/me", nil)
	wantProblem(t, res, 502, "token_refused")
	if len(res.Cookies()) > 0 || res.Header.Get("WWW-Authenticate") != "" {
		t.Errorf("header %v", res.Header)
	}
	if line := w.logged(t); !strings.Contains(line["cause"].(string), "unauthenticated") || line["level"] != "ERROR" {
		t.Errorf("the operator reads %v", line)
	}
}

func TestForbiddenAndOtherAnswersOfTheAPIPass(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		var status int
		_, _ = fmt.Sscanf(r.URL.Path, "/v1/%d", &status)
		w.WriteHeader(status)
	})
	w := newWeb(t, api.address(t), nil)
	for _, status := range []int{201, 204, 303, 400, 403, 404, 409, 412, 428, 429, 500, 502, 503} {
		if res := w.do(t, "GET", fmt.Sprintf("/api/v1/%d", status), nil); res.StatusCode != status {
			t.Errorf("%d became %d", status, res.StatusCode)
		}
	}
}

func TestAPIThatIsDownIs502(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for _, host := range []string{closed.Addr().String(), "api.invalid:80"} {
		w := newWeb(t, &url.URL{Scheme: "http", Host: host}, nil)
		doc := wantProblem(t, w.do(t, "POST", "/api/v1/boards", strings.NewReader("{}")), 502, "api_away")
		if strings.Contains(doc.Detail, "invalid") {
			t.Errorf("the detail tells the address: %s", doc.Detail)
		}
		if line := w.logged(t); line["cause"] == nil {
			t.Errorf("the operator reads no cause: %v", line)
		}
	}
}

func TestAPIThatBreaksOffIs502(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{
		"nothing":          "",
		"no HTTP":          "220 mail ready\r\n\r\n",
		"half a head":      "HTTP/1.1 200 OK\r\nContent-Le",
		"a switch":         "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
		"a bare switch":    "HTTP/1.1 101 Switching Protocols\r\n\r\n",
		"an endless head":  "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 100<<10),
		"an unknown body":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: odd\r\n\r\n",
		"two body lengths": "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) { say(t, w, said) })
			w := newWeb(t, api.address(t), nil)
			wantProblem(t, w.do(t, "GET", "/api/v1/me", nil), 502, "api_away")
		})
	}
}

func TestHalfAnAnswerDoesNotLookWhole(t *testing.T) {
	t.Parallel()
	for framing, said := range map[string]string{
		"length":  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
		"chunked": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
	} {
		api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) { say(t, w, said) })
		w := newWeb(t, api.address(t), nil)
		body, err := io.ReadAll(w.do(t, "POST", "/api/v1/boards", strings.NewReader("{}")).Body)
		if err == nil || string(body) != "half" {
			t.Errorf("%s: %q, %v", framing, body, err)
		}
		if line := w.logged(t); line["aborted"] != true {
			t.Errorf("%s: %v", framing, line)
		}
	}
}

// What is read and breaks off at once may be asked for again, by a browser too.
func TestHalfAnAnswerToAReadIsNoAnswer(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		say(t, w, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
	})
	w := newWeb(t, api.address(t), nil)
	res, err := w.try(t.Context(), "GET", "/api/v1/me", nil)
	if err != nil {
		return
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("%d %q passes for whole", res.StatusCode, body)
	}
}

func TestAPIThatIsSlowIs504(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.AnswerTimeout = 100 * time.Millisecond })
	wantProblem(t, w.do(t, "GET", "/api/v1/me", nil), 504, "api_slow")
	wantProblem(t, w.do(t, "POST", "/api/v1/me", strings.NewReader("{}")), 504, "api_slow")
}

func TestChangesAreNeverSentTwice(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"POST", "PATCH", "PUT", "DELETE"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			hangUp := make(chan struct{})
			api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
				select {
				case <-hangUp:
					say(t, w, "")
				default:
				}
			})
			w := newWeb(t, api.address(t), func(c *proxy.Config) { c.ExtraRequestHeaders = []string{"Idempotency-Key"} })
			w.do(t, "GET", "/api/v1/me", nil) // leaves a connection that net/http would think worth another try
			api.next(t)
			close(hangUp)
			res := w.do(t, method, "/api/v1/boards", nil, "Idempotency-Key", "k", "X-Idempotency-Key", "k")
			wantProblem(t, res, 502, "api_away")
			api.next(t)
			api.wantNone(t)
		})
	}
}

func TestBodyThatIsBroken(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	res := w.raw(t, "POST /api/v1/boards", "Transfer-Encoding: chunked\r\n", "4\r\nfour\r\nnot a length\r\n")
	wantProblem(t, res, 400, "malformed")
	if line := w.logged(t); line["level"] != "INFO" {
		t.Errorf("a client's fault is logged as ours: %v", line)
	}
	if seen := api.next(t); seen.BodyErr == nil {
		t.Error("the api took the broken body for whole")
	}

	conn, _ := w.dial(t)
	fmt.Fprintf(conn, "POST /api/v1/boards HTTP/1.1\r\nHost: %s\r\nContent-Length: 100\r\n\r\nhalf", publicHost)
	_ = conn.Close()
	if seen := api.next(t); seen.BodyErr == nil {
		t.Error("the api took half a body for whole")
	}
	if line := w.logged(t); line["status"] != 499.0 || line["level"] != "INFO" {
		t.Errorf("a client that left its body half sent: %v", line)
	}
}

// The body's failure and the end of its request, which net/http declares with it, race; the client hears of the
// former however that goes.
func TestBodyThatStallsIsRefused(t *testing.T) {
	t.Parallel()
	w := newWeb(t, newBackend(t, nil).address(t), nil)
	for range 12 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			wantProblem(t, w.raw(t, "POST /api/v1/boards", "Content-Length: 100\r\n", "half"), 400, "body_stalled")
		})
	}
}
