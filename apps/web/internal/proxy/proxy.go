// Package proxy carries everything under /api, but for what web answers itself, to the api, as if the
// browser had called it, with a token of the session's person.
//
// A request passes [Methods], [Gate] and [Host] before it is routed, then crosssite and the session's guard, and
// ends in the handler that [New] makes: its path and query go on byte for byte, of its header only what
// is on a list. The answer comes back without what could speak for another origin or tell where the api
// is. Both bodies stream.
//
// What one body, person or api may take is bounded by [Limits]: JSON bodies and uploads are told apart by their
// Content-Type; each person has so many requests, and apart from them so many event streams, in flight at once.
package proxy

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/httpserver"
)

// Config says where to and for whom. API, PublicURL, Mint and Log are required.
type Config struct {
	Limits
	// API is where the api is, with a base path or not (API_URL). No client ever sees it.
	API *url.URL
	// PublicURL is where people see web (PUBLIC_URL).
	PublicURL *url.URL
	// Mint makes the token for the session in ctx. It returns Unauthenticated when there's none; any
	// other failure is answered as Unavailable, and nothing is forwarded.
	Mint func(ctx context.Context) (string, error)
	// Person names whose request it is, for what one person may take; the Nil UUID isn't counted. Default: nobody is.
	Person func(ctx context.Context) uuid.UUID
	// Client is the address a request came from. Default: the connection's.
	Client func(*http.Request) netip.Addr
	// Stream limits the life of an event stream, such as with httpserver.Health's Stream: the stream
	// ends, without an error, when the context does. Default: only the client and the api end it.
	Stream func(ctx context.Context) (context.Context, context.CancelFunc)
	// StreamLife is how long an event stream may last; the page then resumes it with a fresh token.
	// Default 14 minutes.
	StreamLife time.Duration
	// ExtraRequestHeaders also go to the api (PROXY_REQUEST_HEADERS), unless they are among those that
	// never do: see the package's request.go.
	ExtraRequestHeaders []string
	// Log gets what ReverseProxy has to say, at Debug; failures are in the access log.
	Log *slog.Logger
}

// proxy is the handler behind New.
type proxy struct {
	Config
	base  string   // the api's base path, as it is written in a request, without a slash at its end
	extra []string // canonical names
	crowd *crowd
	// What carries a request, by what kind it is of.
	reads, changes, streams *httputil.ReverseProxy
}

// New makes the handler for /api/*, to be mounted with httpserver.WrapHandler so that interim answers pass.
// It answers problems only: 400 for a path that the gate wouldn't let through, 404 for /api/auth, 401
// without a session, 413, 429 while the person has too much in flight, 502 when the api can't be reached or refuses
// our token, 503 when no token can be minted or too much is in flight in all, 504 when the api is slow.
func New(config Config) http.Handler {
	if config.Client == nil {
		config.Client = httpserver.Proxies(nil).Client
	}
	if config.StreamLife == 0 {
		config.StreamLife = 14 * time.Minute
	}
	if config.Person == nil {
		config.Person = func(context.Context) uuid.UUID { return uuid.Nil }
	}
	config.complete()
	p := &proxy{Config: config, base: strings.TrimRight(config.API.EscapedPath(), "/")}
	for _, name := range config.ExtraRequestHeaders {
		p.extra = append(p.extra, http.CanonicalHeaderKey(strings.TrimSpace(name)))
	}
	slices.Sort(p.extra)
	p.crowd = &crowd{limits: &p.Limits, people: map[uuid.UUID]*share{}}
	way, lent := transport(p.Limits), &buffers{}
	p.reads = p.carrier(way, lent, flushWithin)
	p.changes = p.carrier(way, lent, flushAtOnce)
	p.streams = p.carrier(way, smallBuffers{}, flushAtOnce)
	return p
}

func (p *proxy) carrier(way http.RoundTripper, lent httputil.BufferPool, flush time.Duration) *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Rewrite:        rewrite,
		Transport:      way,
		FlushInterval:  flush,
		BufferPool:     lent,
		ModifyResponse: p.inspect,
		ErrorHandler:   fail,
		ErrorLog:       slog.NewLogLogger(p.Log.Handler(), slog.LevelDebug),
	}
}

func (p *proxy) carrierOf(r *http.Request) *httputil.ReverseProxy {
	switch {
	case !isRead(r.Method):
		return p.changes
	case isStream(r.Header.Get("Accept")):
		return p.streams
	default:
		return p.reads
	}
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out, err := p.outgoing(w, r)
	if err != nil {
		httpserver.Problem(w, r, err)
		return
	}
	defer placeIn(out.Context()).leave()
	body, _ := out.Body.(*clientBody)
	in := &interim{ResponseWriter: w, body: body}
	if len(w.Header()) > 0 {
		in.ours = w.Header().Clone()
	}
	p.carrierOf(r).ServeHTTP(in, out)
}
