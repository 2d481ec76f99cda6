// Package rest is the HTTP face of identity: /api/auth/*, for pages' forms and for programs alike.
//
// A program sends JSON and reads JSON. A form is answered with a redirect, or, when something is wrong with it, with
// its page again, which [Config].FormFailed draws. Package server mounts what [Routes] lists; each route already has
// the session guard that it needs.
package rest

import (
	"net/http"
	"net/netip"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/problem"
)

// Config is what the routes are made of; every field is required but JWKS.
type Config struct {
	Identity   *identity.Service
	Sessions   *session.Sessions
	Guard      *session.Guard
	Client     func(*http.Request) netip.Addr // the client's address: httpserver.Proxies.Client
	JWKS       func() ([]byte, error)         // the public keys; nil in shared-secret mode, which has none
	FormFailed func(http.ResponseWriter, *http.Request, FormFailure)
}

// FormFailure is a form that was refused, for its page to be drawn again with Problem's status. Cache-Control and
// Retry-After are set already.
type FormFailure struct {
	Page     string // "/sign-in" or "/sign-up"
	Problem  *problem.Error
	Name     string // as typed; the password never comes back
	Email    string
	ReturnTo string // where to go after success, or ""; made safe already
}

// Route is a method and a path with the handler for it.
type Route struct {
	Method, Path string
	Handler      http.Handler
}

// Routes lists everything under /api/auth.
func Routes(c Config) []Route {
	h := &handlers{c}
	whoami := c.Guard.Peek(c.Guard.Require(http.HandlerFunc(h.session)))
	routes := []Route{
		{http.MethodPost, "/api/auth/sign-up", http.HandlerFunc(h.signUp)},
		{http.MethodPost, "/api/auth/sign-in", http.HandlerFunc(h.signIn)},
		{http.MethodPost, "/api/auth/sign-out", http.HandlerFunc(h.signOut)},
		{http.MethodGet, "/api/auth/session", whoami},
		{http.MethodHead, "/api/auth/session", whoami},
	}
	if c.JWKS == nil {
		return routes
	}
	return append(routes,
		Route{http.MethodGet, "/api/auth/jwks", http.HandlerFunc(h.jwks)},
		Route{http.MethodHead, "/api/auth/jwks", http.HandlerFunc(h.jwks)},
	)
}

type handlers struct{ Config }
