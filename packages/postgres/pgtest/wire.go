package pgtest

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Wire is a way to a server that can go dead: what is sent then goes nowhere, and neither end is told, as when a
// cable is pulled.
type Wire struct {
	URL string // the server's, along this wire

	passing sync.RWMutex // written to while the wire is dead
}

// NewWire lays a wire to the server of a URL, until the test ends.
func NewWire(t testing.TB, server string) *Wire {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("pgtest: the server's URL: %v", err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("pgtest: lay a wire: %v", err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	far := u.Host
	u.Host = listener.Addr().String()
	w := &Wire{URL: u.String()}
	ctx := t.Context()
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go w.connect(ctx, near, far)
		}
	}()
	return w
}

// Die makes the wire dead until revive is called, or the test ends.
func (w *Wire) Die(t testing.TB) (revive func()) {
	w.passing.Lock()
	revive = sync.OnceFunc(w.passing.Unlock)
	t.Cleanup(revive)
	return revive
}

func (w *Wire) connect(ctx context.Context, near net.Conn, far string) {
	server, err := new(net.Dialer).DialContext(ctx, "tcp", far)
	if err != nil {
		_ = near.Close()
		return
	}
	go w.carry(server, near)
	w.carry(near, server)
}

// carry passes one direction on, and ends both when it ends.
func (w *Wire) carry(to, from net.Conn) {
	_, _ = io.Copy(along{w, to}, from)
	_, _ = to.Close(), from.Close()
}

type along struct {
	*Wire
	to net.Conn
}

func (a along) Write(p []byte) (int, error) {
	a.passing.RLock()
	defer a.passing.RUnlock()
	return a.to.Write(p)
}
