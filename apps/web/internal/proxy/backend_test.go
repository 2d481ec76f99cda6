package proxy_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// patience is how long a test waits for what should happen at once.
const patience = 10 * time.Second

// sighting is a request as the api saw it.
type sighting struct {
	Line                        string   // as it stood on the wire
	Lines                       []string // of the header, in their order
	Method, Target, Host, Proto string   // as net/http reads them; Target is what stood in the line
	Header                      http.Header
	Length                      int64
	Chunked                     bool
	Body                        string
	BodyErr                     error
	Trailer                     http.Header

	wire *wire // nil under TLS
}

// backend is an api that notes down every request, byte for byte (wire_test.go), before it lets answer have it,
// which may then stream, stall, send interim answers, trailers and cookies, or drop and half-answer with say.
type backend struct {
	*httptest.Server
	seen chan sighting
}

// newBackend starts one. With a nil answer it reads the body, notes it and says "ok"; an answer of one's
// own gets the body unread. How it starts can be changed, such as to under TLS.
func newBackend(t testing.TB, answer http.HandlerFunc, how ...func(*httptest.Server)) *backend {
	t.Helper()
	b := &backend{seen: make(chan sighting, 100)}
	b.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := look(r)
		if answer != nil {
			b.seen <- s
			answer(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		s.Body, s.BodyErr, s.Trailer = string(body), err, r.Trailer
		b.seen <- s
		_, _ = io.WriteString(w, "ok")
	}))
	b.Listener = wiretap{b.Listener}
	b.Config.ConnContext = withWire
	for _, start := range how {
		start(b.Server)
	}
	if b.URL == "" {
		b.Start()
	}
	t.Cleanup(b.Close)
	return b
}

func (b *backend) address(t testing.TB) *url.URL {
	t.Helper()
	u, err := url.Parse(b.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// next waits for the next request.
func (b *backend) next(t testing.TB) sighting {
	t.Helper()
	select {
	case s := <-b.seen:
		return s
	case <-time.After(patience):
		t.Fatal("nothing reached the api")
		return sighting{}
	}
}

// wantNone checks that nothing has reached the api, after an answer to the client says that nothing will.
func (b *backend) wantNone(t testing.TB) {
	t.Helper()
	select {
	case s := <-b.seen:
		t.Errorf("the api saw %s %s", s.Method, s.Target)
	default:
	}
}

// say answers with raw bytes and hangs up.
func say(t *testing.T, w http.ResponseWriter, said string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = io.WriteString(conn, said)
	_ = conn.Close()
}
