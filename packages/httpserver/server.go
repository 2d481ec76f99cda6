// Package httpserver is what both servers share around their own routes.
//
// A request passes, in this order: its id, the access log, recovery, a check of its framing,
// whatever the app puts before its routes ([Front.Before]), the route. Every answer leaves with the security headers and the request's
// id, errors too: they come out as RFC 9457 documents, or as the app's page where [Config].ErrorPage
// makes one. [Run] serves until it is told to stop and then lets requests finish.
package httpserver

import (
	"io"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/packages/problem"
)

// Config says how the two servers differ. Only Log is required.
type Config struct {
	// Log gets one line per request, and with it the cause of every failure.
	Log *slog.Logger
	// Health answers /readyz and tells streams when to end; share it with Run. Default: always ready.
	Health *Health
	// Observer hears of every request. Default: nobody does.
	Observer Observer
	// HSTS sends Strict-Transport-Security: for a public address under https.
	HSTS bool
	// TrustRequestID takes X-Request-Id from every caller: for a server that only another of ours calls.
	TrustRequestID bool
	// Proxies are the peers whose X-Forwarded-For and X-Request-Id count. Default: nobody's do.
	Proxies Proxies
	// ErrorPage answers an error with a page and reports whether it did; false leaves it to a document.
	// Nothing has been written when it is called, and the status to send is e.Kind.Status().
	ErrorPage func(w http.ResponseWriter, r *http.Request, e *problem.Error) bool
	// WriteTimeout is how long one write may wait for a client that doesn't read. Default 30 s.
	// There's none on a whole answer: it may be a stream.
	WriteTimeout time.Duration
	// ReadTimeout is how long one read of a body may wait for a client that doesn't send; the request then
	// fails as Invalid "body_stalled". Default 30 s. There's none on a whole body: it may be an upload.
	ReadTimeout time.Duration
}

// Front is a router behind what every request passes first. The app adds its own with Before and routes, where
// handlers of net/http go through [WrapHandler].
type Front struct {
	*echo.Echo
	first []func(http.Handler) http.Handler
	chain http.Handler
}

// New makes a Front with the shared middleware, the error handler, /livez and /readyz.
func New(config Config) *Front {
	if config.Health == nil {
		config.Health = NewHealth()
	}
	if config.WriteTimeout == 0 {
		config.WriteTimeout = 30 * time.Second
	}
	if config.ReadTimeout == 0 {
		config.ReadTimeout = 30 * time.Second
	}
	edge := &edge{config}

	e := echo.New()
	e.Logger.SetOutput(io.Discard) // echo's own log would go past ours
	e.IPExtractor = func(r *http.Request) string { return config.Proxies.Client(r).String() }
	e.HTTPErrorHandler = func(err error, c echo.Context) { conclude(c.Response(), c.Request(), err) }
	e.Use(routed)
	e.Match([]string{http.MethodGet, http.MethodHead}, livePath, live)
	e.Match([]string{http.MethodGet, http.MethodHead}, readyPath, config.Health.readiness)
	front := &Front{Echo: e}
	front.Before(edge.identify, edge.accessLog, recovery, singleFraming)
	return front
}

// Before puts middleware, in this order, between what is there already and the routes. It may answer with [Fail].
// The chain is made here, once: echo's own would be made anew for each request.
func (f *Front) Before(middleware ...func(http.Handler) http.Handler) {
	f.first = append(f.first, middleware...)
	f.chain = f.Echo
	for _, m := range slices.Backward(f.first) {
		f.chain = m(f.chain)
	}
}

// ServeHTTP is http.Handler's.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) { f.chain.ServeHTTP(w, r) }

// edge is where requests enter and answers leave.
type edge struct{ Config }

// routed notes which route was found.
func routed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		Route(c.Response(), c.Path())
		return next(c)
	}
}

// conclude is the one place where an error becomes an answer.
func conclude(w http.ResponseWriter, r *http.Request, err error) {
	rec := recorderOf(w)
	began := rec != nil && rec.status != 0
	Fail(w, r, err)
	if began && !gone(r, err) {
		// Too late to say so: cut the answer off, so that nobody takes it for whole.
		panic(http.ErrAbortHandler)
	}
}
