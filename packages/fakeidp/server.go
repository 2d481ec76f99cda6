package fakeidp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// The one client that the provider knows.
const (
	ClientID     = "cardwall-fake"
	ClientSecret = "everybody-knows-this-so-it-is-no-secret"
)

// Options say where the provider is and whom it knows. The zero value is a port of the system's choice and the usual people.
type Options struct {
	Addr   string   // a loopback address with a port; default: 127.0.0.1 and a free one
	People []Person // default: People()
}

// Server is the running provider. Its methods may be called at any time, from anywhere.
type Server struct {
	addr string
	key  signingKey

	mu       sync.Mutex
	http     *http.Server // nil while it is down
	people   []Person
	consent  string
	asking   Asking
	grants   map[string]grant // by code
	bearers  map[string]bearer
	asked    map[Endpoint][]Asked
	failures map[Endpoint]http.HandlerFunc
	delays   map[Endpoint]time.Duration
	changes  map[Endpoint]func(map[string]any)
	claims   func(map[string]any)
	signing  Signature
}

// Start starts a provider, which runs until it is closed.
func Start(o Options) (*Server, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.People == nil {
		o.People = People()
	}
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil || !isLoopback(host) {
		return nil, fmt.Errorf("a fake identity provider listens on a loopback address only, not on %q", o.Addr)
	}
	key, err := firstKey()
	if err != nil {
		return nil, err
	}
	s := &Server{
		addr: o.Addr, key: key, people: o.People, grants: map[string]grant{}, bearers: map[string]bearer{}, asked: map[Endpoint][]Asked{},
		failures: map[Endpoint]http.HandlerFunc{}, delays: map[Endpoint]time.Duration{}, changes: map[Endpoint]func(map[string]any){}, signing: Rightly,
	}
	return s, s.Up()
}

// Up lets the provider be reached again, at the same address, after Down.
func (s *Server) Up() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", s.addr)
	if err != nil {
		return fmt.Errorf("the fake identity provider can't listen: %w", err)
	}
	s.addr = listener.Addr().String()
	server := &http.Server{Handler: s.routes()}
	s.http = server
	go func() { _ = server.Serve(listener) }()
	return nil
}

// Down refuses every connection and breaks off the open ones.
func (s *Server) Down() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil {
		_ = s.http.Close()
		s.http = nil
	}
}

// Close ends the provider. It is Down, as a closer.
func (s *Server) Close() error {
	s.Down()
	return nil
}

// URL is the address that all of it is under.
func (s *Server) URL() string { return "http://" + s.addr }

// Google is what GOOGLE_URL may be, and the issuer of the Google-shaped id_tokens.
func (s *Server) Google() string { return s.URL() + google.path }

// GitHub is what GITHUB_URL may be.
func (s *Server) GitHub() string { return s.URL() + github.path }

// OIDC is what OIDC_ISSUER may be.
func (s *Server) OIDC() string { return s.URL() + oidcShape.path }

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// redirectable reports whether a code may be sent to an address: only to one on this machine.
func redirectable(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || !isLoopback(u.Hostname()) {
		return errors.New("redirect_uri must be an address on this machine")
	}
	return nil
}
