package proxy_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/apps/web/internal/waittest"
)

// wire is a connection to the api that remembers the bytes of its last request, and that it ended.
type wire struct {
	net.Conn
	mu    sync.Mutex
	came  []string
	over  chan struct{}
	ended sync.Once
}

const remembered = 100 // reads; of more, the first are lost

type wiretap struct{ net.Listener }

func (l wiretap) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &wire{Conn: conn, over: make(chan struct{})}, nil
}

// unheard starts an api without a wiretap, which takes memory.
func unheard(server *httptest.Server) {
	if tapped, ok := server.Listener.(wiretap); ok {
		server.Listener = tapped.Listener
	}
}

func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	w.mu.Lock()
	if n > 0 {
		w.came = append(w.came[max(0, len(w.came)-remembered):], string(b[:n]))
	}
	w.mu.Unlock()
	if network, ok := err.(net.Error); err != nil && (!ok || !network.Timeout()) { //nolint:errorlint // of net's own
		w.ended.Do(func() { close(w.over) })
	}
	return n, err
}

func (w *wire) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.joined()
}

func (w *wire) joined() string { return strings.Join(w.came, "") }

// begin forgets what came before this request line, which may have come in parts.
func (w *wire) begin(line string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.joined()
	at := max(0, strings.LastIndex(all, line+"\r\n"))
	w.came = []string{all[at:]}
}

type wireKey struct{}

func withWire(ctx context.Context, conn net.Conn) context.Context {
	w, _ := conn.(*wire) // under TLS there is nothing to read along
	return context.WithValue(ctx, wireKey{}, w)
}

// look notes down a request whose head has arrived: its line and its header as they stand on the wire.
func look(r *http.Request) sighting {
	s := sighting{
		Method: r.Method, Target: r.RequestURI, Host: r.Host, Proto: r.Proto, Header: r.Header.Clone(),
		Length: r.ContentLength, Chunked: len(r.TransferEncoding) > 0,
	}
	s.wire, _ = r.Context().Value(wireKey{}).(*wire)
	if s.wire == nil {
		return s
	}
	s.wire.begin(r.Method + " " + r.RequestURI + " " + r.Proto)
	head, _, _ := strings.Cut(s.wire.text(), "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	s.Line, s.Lines = lines[0], lines[1:]
	return s
}

// raw is the body's bytes that have come so far, framing and all.
func (s sighting) raw() string {
	_, body, _ := strings.Cut(s.wire.text(), "\r\n\r\n")
	return body
}

// wantClosed waits for the connection to end.
func (s sighting) wantClosed(t testing.TB) {
	t.Helper()
	waittest.Ends(t, time.Second, "the connection ends", s.wire.over)
}
