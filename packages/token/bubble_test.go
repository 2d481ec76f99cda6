package token_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cardwall/packages/token"
)

// bubble is a real server and a real client of it, talking HTTP through pipes in memory under a clock
// that jumps to the next thing that happens: hours pass in an instant, and to the nanosecond.
type bubble struct {
	*jwksServer
	keys  *token.Keys
	stop  context.CancelFunc
	start time.Time
	mu    sync.Mutex
	times []time.Duration // of each request, since the start
}

// inBubble runs the test within one. The bubble itself fails a test that leaves a goroutine behind.
func inBubble(t *testing.T, body string, test func(t *testing.T, b *bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bubble{jwksServer: &jwksServer{}, start: time.Now()}
		b.answer(body)
		pipes := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
		b.http = httptest.NewUnstartedServer(http.HandlerFunc(b.note))
		must(t, b.http.Listener.Close())
		b.http.Listener = pipes
		b.http.Start()
		t.Cleanup(b.http.Close)
		client := &http.Client{Transport: &http.Transport{DialContext: pipes.dial, DisableKeepAlives: true}}
		keys, err := token.NewKeys(token.KeysConfig{URL: "http://web.example/api/auth/jwks", HTTP: client})
		must(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		b.keys, b.stop = keys, cancel
		go keys.Run(ctx)
		synctest.Wait()
		test(t, b)
	})
}

func (b *bubble) note(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	b.times = append(b.times, time.Since(b.start))
	b.mu.Unlock()
	b.ServeHTTP(w, r)
}

// until lets the clock run up to so long after the start.
func (b *bubble) until(at time.Duration) {
	time.Sleep(time.Until(b.start.Add(at)))
	synctest.Wait()
}

// asks is how often the server was asked so far.
func (b *bubble) asks() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.times)
}

// early is how often the server was asked less than five minutes after the time before, but for the
// client's first minute.
func (b *bubble) early() (count int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, at := range b.times[1:] {
		if at > time.Minute && at-b.times[i] < 5*time.Minute {
			count++
		}
	}
	return count
}

func (b *bubble) wantAsked(t *testing.T, want ...time.Duration) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.Equal(b.times, want) {
		t.Errorf("the server was asked at %v\nwant %v", b.times, want)
	}
}

func (b *bubble) know(t *testing.T, key token.SigningKey) bool {
	_, err := b.keys.Key(t.Context(), key.ID())
	return err == nil
}

// failing is a server in trouble.
func failing(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusBadGateway) }

// stalling is a server that takes a request and never answers.
func stalling(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// pipeListener is a network of one machine.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
