package token_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/packages/token"
)

// jwksServer publishes keys over real HTTP, and can be told to misbehave.
type jwksServer struct {
	http  *httptest.Server
	asked atomic.Int64 // requests so far
	mu    sync.Mutex
	serve http.HandlerFunc
}

// serve starts a server that answers with the body.
func serve(t testing.TB, body string) *jwksServer {
	t.Helper()
	s := &jwksServer{}
	s.answer(body)
	s.http = httptest.NewServer(s)
	t.Cleanup(s.http.Close)
	return s
}

func (s *jwksServer) url() string { return s.http.URL + "/api/auth/jwks" }

func (s *jwksServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	s.mu.Lock()
	serve := s.serve
	s.mu.Unlock()
	serve(w, r)
}

// do changes what the server does from the next request on.
func (s *jwksServer) do(serve http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serve = serve
}

func (s *jwksServer) answer(body string) {
	s.do(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", token.JWKSContentType)
		_, _ = w.Write([]byte(body))
	})
}

func jwks(t testing.TB, keys ...token.SigningKey) string {
	t.Helper()
	var public []token.PublicKey
	for _, key := range keys {
		public = append(public, key.Public())
	}
	document, err := token.JWKS(public...)
	must(t, err)
	return string(document)
}

// runKeys starts a client, which stops with the test.
func runKeys(t testing.TB, config token.KeysConfig) *token.Keys {
	t.Helper()
	keys, err := token.NewKeys(config)
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		keys.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return keys
}

func waitReady(t testing.TB, keys *token.Keys) {
	t.Helper()
	wait(t, "keys", keys.Ready)
}

// wait looks again and again until the condition holds.
func wait(t testing.TB, what string, condition func() bool) {
	t.Helper()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for deadline := time.After(10 * time.Second); !condition(); {
		select {
		case <-look.C:
		case <-deadline:
			t.Fatalf("waited 10 s for %s", what)
		}
	}
}
