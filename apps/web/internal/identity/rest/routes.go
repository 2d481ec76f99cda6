// Package rest is the HTTP face of identity: /api/auth/*, for pages' forms and for programs alike.
//
// A program sends JSON and reads JSON. A form is answered with a redirect, or, when something is wrong with it, with
// its page again, which [Config].FormFailed draws. Package server mounts what [Routes] lists; each route already has
// the session guard that it needs.
package rest

import (
	"net/http"
	"net/netip"
	"strings"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/problem"
)

// Config is what the routes are made of; every field is required but JWKS and Secure.
type Config struct {
	Identity   *identity.Service
	Sessions   *session.Sessions
	Guard      *session.Guard
	Client     func(*http.Request) netip.Addr // the client's address: httpserver.Proxies.Client
	JWKS       func() ([]byte, error)         // the public keys; nil in shared-secret mode, which has none
	FormFailed func(http.ResponseWriter, *http.Request, FormFailure)
	Secure     bool // PUBLIC_URL is https
}

// FormFailure is a form that was refused, for its page to be drawn again with Problem's status. Cache-Control and
// Retry-After are set already.
type FormFailure struct {
	Page     string // SignInPage, SignUpPage …
	Problem  *problem.Error
	Name     string // as typed; the password never comes back
	Email    string
	Token    string // the secret of the link that led to the page
	ReturnTo string // where to go after success, or ""; made safe already
	// Invitation is what an invited person brought, or "".
	Invitation string
}

// Route is a method and a path with the handler for it.
type Route struct {
	Method, Path string
	Handler      http.Handler
}

// Routes lists everything under /api/auth. A browser stands at a form's own address while the form is drawn again, so
// that whoever reads that address is led to the page.
func Routes(c Config) []Route {
	h := &handlers{c}
	verify := c.Guard.Load(Discreet(http.HandlerFunc(h.verify)))
	whoami := c.Guard.Peek(c.Guard.Require(http.HandlerFunc(h.session)))
	routes := []Route{
		{http.MethodPost, "/api/auth/sign-up", http.HandlerFunc(h.signUp)},
		{http.MethodPost, "/api/auth/sign-in", http.HandlerFunc(h.signIn)},
		{http.MethodPost, "/api/auth/sign-out", http.HandlerFunc(h.signOut)},
		{http.MethodPost, "/api/auth/forgotten", http.HandlerFunc(h.forgotten)},
		{http.MethodPost, "/api/auth/reset", Discreet(http.HandlerFunc(h.reset))},
		{http.MethodPost, "/api/auth/verify", verify},
		{http.MethodGet, "/api/auth/session", whoami},
		{http.MethodHead, "/api/auth/session", whoami},
	}
	for _, page := range []string{SignInPage, SignUpPage, ForgottenPage} {
		routes = append(routes, Route{http.MethodGet, "/api/auth" + page, http.RedirectHandler(page, http.StatusSeeOther)})
	}
	routes = append(routes, h.flowRoute(loginPath, h.login), h.flowRoute(callbackPath, h.callback))
	if c.JWKS == nil {
		return routes
	}
	return append(routes,
		Route{http.MethodGet, "/api/auth/jwks", http.HandlerFunc(h.jwks)},
		Route{http.MethodHead, "/api/auth/jwks", http.HandlerFunc(h.jwks)},
	)
}

// What comes before a provider's name on the way there and back.
const (
	loginPath    = "/api/auth/login/"
	callbackPath = "/api/auth/callback/"
)

// flowRoute is a part of the way through a provider, whose name ends the path. These are the only routes that change
// something by GET: the provider sends the browser back like that. HEAD has none.
func (h *handlers) flowRoute(path string, handle func(w http.ResponseWriter, r *http.Request, provider string)) Route {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handle(w, r, strings.TrimPrefix(r.URL.Path, path)) })
	return Route{http.MethodGet, path + "*", h.Guard.Load(handler)}
}

type handlers struct{ Config }
