// Package server is web's whole URL map and the order of its middleware.
//
// A request passes, after what every server of ours does: the gate (paths and methods that could be
// misread), the host check, the cross-site check. Then it is an asset, the sign-in API (package
// identity/rest), a call to the api (package proxy) or a page (packages welcome, board, card).
package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/url"
	"time"

	"cardwall/apps/web/assets"
	"cardwall/apps/web/internal/crosssite"
	"cardwall/apps/web/internal/identity"
	identityrest "cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/proxy"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/token"
)

// Config is what web is made of. JWKS is nil in shared-secret mode, Observer may be; every other field is required.
type Config struct {
	Log       *slog.Logger
	Health    *httpserver.Health
	PublicURL *url.URL // the origin that people see
	APIURL    *url.URL // where the api is; may carry a base path
	Proxies   httpserver.Proxies
	Observer  httpserver.Observer // of every request; nil: nobody
	Identity  *identity.Service
	Sessions  *session.Sessions
	Guard     *session.Guard
	Mint      func(token.Person) (string, error)
	JWKS      func() ([]byte, error)

	// ProxyLimits are what one body, one person and the api's slowness may take.
	ProxyLimits proxy.Limits
	// ProxyRequestHeaders are passed on to the api beside the usual ones.
	ProxyRequestHeaders []string
	// StreamCheck is how often an event stream looks whether its session still lives. Default 30 s.
	StreamCheck time.Duration
}

// streamCheck keeps the word that streams end within a minute of their session, also where no notice of its end comes.
const streamCheck = 30 * time.Second

// New makes the server. It fails only on an APIURL that is none.
func New(c Config) (*httpserver.Front, error) {
	front := httpserver.New(httpserver.Config{
		Log: c.Log, Health: c.Health, HSTS: c.PublicURL.Scheme == "https", Proxies: c.Proxies, ErrorPage: ui.ErrorPage, Observer: c.Observer,
	})
	front.Before(
		proxy.Methods,
		proxy.Gate,
		proxy.Host(c.PublicURL),
		crosssite.Check(c.PublicURL, "/api/auth/sign-in", "/api/auth/sign-up", "/api/auth/forgotten", "/api/auth/reset", "/api/auth/verify"),
	)
	front.Any(assets.Prefix+"*", httpserver.WrapHandler(assets.Handler()))
	c.addIdentity(front)
	c.addProxy(front)
	pages, err := c.pages()
	if err != nil {
		return nil, err
	}
	front.Any("/*", httpserver.WrapHandler(pages))
	return front, nil
}

// addIdentity serves /api/auth, of which nothing is ever proxied.
func (c Config) addIdentity(front *httpserver.Front) {
	routes := identityrest.Routes(identityrest.Config{
		Identity: c.Identity, Sessions: c.Sessions, Guard: c.Guard, Client: c.Proxies.Client, JWKS: c.JWKS,
		FormFailed: c.formFailed, Secure: c.PublicURL.Scheme == "https",
	})
	for _, route := range routes {
		front.Add(route.Method, route.Path, httpserver.WrapHandler(route.Handler))
	}
}

// addProxy sends every other path under /api to the api.
func (c Config) addProxy(front *httpserver.Front) {
	handler := c.Guard.Load(proxy.New(proxy.Config{
		API: c.APIURL, PublicURL: c.PublicURL, Mint: c.mint, Person: person, Client: c.Proxies.Client, Stream: c.stream,
		Limits:              c.ProxyLimits,
		ExtraRequestHeaders: c.ProxyRequestHeaders, Log: c.Log,
	}))
	front.Any("/api", httpserver.WrapHandler(handler))
	front.Any("/api/*", httpserver.WrapHandler(handler))
}

// stream ends an event stream when the server goes or the person signs out.
func (c Config) stream(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, end := c.Health.Stream(ctx)
	ctx, leave := c.Sessions.Last(ctx, cmp.Or(c.StreamCheck, streamCheck))
	return ctx, func() { leave(); end() }
}
