// Package httpserver is what both servers share around their own routes.
//
// A request passes, in this order: its id, the access log, recovery, a check of its framing,
// whatever the app puts before its routes ([echo.Echo.Pre]), the route. Every answer leaves with the security headers and the request's
// id, errors too: they come out as RFC 9457 documents, or as the app's page where [Config].ErrorPage
// makes one. [Run] serves until it is told to stop and then lets requests finish.
package httpserver

import (
	"io"
	"log/slog"
	"net/http"
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

// New makes an echo with the shared middleware, the error handler, /livez and /readyz.
// The app adds its own with Pre, Use and routes; net/http ones through [WrapMiddleware] and [WrapHandler].
func New(config Config) *echo.Echo {
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
	e.HTTPErrorHandler = edge.fail
	e.Pre(edge.identify, edge.accessLog, recovery, singleFraming)
	e.Match([]string{http.MethodGet, http.MethodHead}, livePath, live)
	e.Match([]string{http.MethodGet, http.MethodHead}, readyPath, config.Health.readiness)
	return e
}

// edge is where requests enter and answers leave.
type edge struct{ Config }

// fail is echo's error handler: the one place where an error becomes an answer.
func (e *edge) fail(err error, c echo.Context) {
	w, r := c.Response(), c.Request()
	committed := w.Committed
	Fail(w, r, err)
	if committed && !gone(r, err) {
		// Too late to say so: cut the answer off, so that nobody takes it for whole.
		panic(http.ErrAbortHandler)
	}
}
