// Package roundrobin is a balancer for tests and measurements of several replicas: a stand-in for the one that a deployment
// brings, as plain as that may be.
package roundrobin

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"strings"
	"sync/atomic"
	"time"
)

// Balancer gives each request to the next of its backends that can be reached. What breaks off behind it breaks off before it,
// and nothing is held back: a stream flows.
type Balancer struct {
	// Addr is where it listens.
	Addr string

	server   *http.Server
	done     chan error
	backends atomic.Pointer[[]string]
	turn     atomic.Uint64
	way      *http.Transport
}

// Listen starts one at an address, which has no backends yet: until To, every request breaks off.
func Listen(ctx context.Context, addr string) (*Balancer, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	quiet := slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	b := &Balancer{Addr: listener.Addr().String(), done: make(chan error, 1), way: &http.Transport{MaxIdleConnsPerHost: 256}}
	b.To()
	b.server = &http.Server{ErrorLog: quiet, ReadHeaderTimeout: time.Minute, Handler: &httputil.ReverseProxy{
		Transport: b, FlushInterval: -1, ErrorLog: quiet,
		Rewrite:      func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.Host = "http", r.In.Host },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}}
	go func() { b.done <- b.server.Serve(listener) }()
	return b, nil
}

// To names the backends, host:port, from the next request on.
func (b *Balancer) To(addrs ...string) { b.backends.Store(&addrs) }

// Close breaks off what is under way and ends it.
func (b *Balancer) Close() error {
	err := b.server.Close()
	if ended := <-b.done; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	b.way.CloseIdleConnections()
	return err
}

var errNone = errors.New("no backend")

// RoundTrip implements http.RoundTripper.
func (b *Balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body = io.NopCloser(r.Body) // an attempt that reaches nobody would close it unread; the server does so in the end
	}
	backends, err := *b.backends.Load(), errNone
	for range backends {
		r.URL.Host = backends[b.turn.Add(1)%uint64(len(backends))]
		var res *http.Response
		if res, err = b.way.RoundTrip(r); err == nil || !unsent(err) {
			return res, err
		}
	}
	return nil, err
}

// unsent reports whether nothing of a request has left, for nobody was there.
func unsent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && strings.HasPrefix(op.Op, "dial")
}
