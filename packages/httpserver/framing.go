package httpserver

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"strings"
	"sync"

	"cardwall/packages/problem"
)

// A request with both a Content-Length and a Transfer-Encoding may be one that a proxy before us ends
// elsewhere than we do (RFC 9112 §6.1, §11.2). net/http takes such a request as chunked and deletes the
// other header before anybody sees it. Of HTTP/1.0 it ignores a Transfer-Encoding, so that what others read
// as a body is the next request. So the connection remembers the head it was asked with, and singleFraming
// refuses both.

// watchedListener hands out connections that remember the head of the request they read.
type watchedListener struct{ net.Listener }

// Accept is net.Listener's.
func (l watchedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &watchedConn{Conn: conn, reading: true}, nil
}

type watchedConn struct {
	net.Conn
	mu      sync.Mutex // net/http reads one byte ahead in the background
	reading bool       // a head is expected
	head    []byte     // what came since
}

// maxHead is a little more than net/http reads of a head under our limit.
const maxHead = maxHeaderBytes + 8<<10

func (c *watchedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.mu.Lock()
	if c.reading && len(c.head)+n <= maxHead {
		c.head = append(c.head, b[:n]...)
	}
	c.mu.Unlock()
	return n, err
}

// CloseWrite lets net/http end its side first, so that a client still reads the last answer.
func (c *watchedConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// expectHead begins anew, for the next request of the connection.
func (c *watchedConn) expectHead() {
	c.mu.Lock()
	c.reading, c.head = true, c.head[:0]
	c.mu.Unlock()
}

// takeHead returns the head, and what came with it, and stops remembering. It is valid until expectHead.
func (c *watchedConn) takeHead() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading = false
	return c.head
}

type connKey struct{}

func withConn(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}

var errFraming = problem.New(problem.Invalid, "malformed", "The request says in two ways where its body ends.")

// singleFraming answers 400, and closes the connection, when a request's body can be framed in two ways. Servers
// that weren't started by Run don't know the head and let it pass.
func singleFraming(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if conn, watched := r.Context().Value(connKey{}).(*watchedConn); watched {
			head := conn.takeHead()
			if (len(r.TransferEncoding) > 0 || !r.ProtoAtLeast(1, 1)) && doubleFramed(r, head) {
				w.Header().Set("Connection", "close")
				Fail(w, r, errFraming)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// doubleFramed reports whether the head names both framings, or in HTTP/1.0 the one that it hasn't. One that can't be found, because the
// request came in one piece with the one before, counts as such: nobody who sends a body does that.
func doubleFramed(r *http.Request, head []byte) bool {
	line, rest := cutLine(head)
	want := r.Method + " " + r.RequestURI + " " + r.Proto
	if !strings.HasSuffix(want, line) || len(line) < len(want)-1 { // the first byte may have been read ahead
		return true
	}
	var length, encoding bool
	for line, rest = cutLine(rest); line != ""; line, rest = cutLine(rest) {
		name, _, _ := strings.Cut(line, ":")
		length = length || strings.EqualFold(name, "Content-Length")
		encoding = encoding || strings.EqualFold(name, "Transfer-Encoding")
	}
	return encoding && (length || !r.ProtoAtLeast(1, 1))
}

// cutLine reads a line as net/http does, which is content with a bare LF.
func cutLine(b []byte) (line string, rest []byte) {
	first, rest, _ := bytes.Cut(b, []byte("\n"))
	return string(bytes.TrimSuffix(first, []byte("\r"))), rest
}
