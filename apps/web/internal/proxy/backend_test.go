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
	Method, Target, Host string // Target is what stood in the request line
	Header               http.Header
	Length               int64
	Chunked              bool
	Body                 string
	BodyErr              error
	Trailer              http.Header
}

// backend is an api that notes down every request before it lets answer have it.
type backend struct {
	*httptest.Server
	seen chan sighting
}

// newBackend starts one. With a nil answer it reads the body, notes it and says "ok"; an answer of one's
// own gets the body unread.
func newBackend(t testing.TB, answer http.HandlerFunc) *backend {
	t.Helper()
	b := &backend{seen: make(chan sighting, 100)}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := sighting{
			Method: r.Method, Target: r.RequestURI, Host: r.Host, Header: r.Header.Clone(),
			Length: r.ContentLength, Chunked: len(r.TransferEncoding) > 0,
		}
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
