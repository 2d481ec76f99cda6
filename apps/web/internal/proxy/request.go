package proxy

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

var (
	errNotProxied = problem.New(problem.NotFound, "not_found", "There is nothing at this address.")
	errOther      = problem.New(problem.Forbidden, "signed_in_as_another", "Somebody else is signed in here by now. Reload the page.")
	errNoToken    = problem.New(problem.Unavailable, "token_unavailable", "Cardwall can't vouch for you just now. Please try again in a moment.")
)

// outgoing makes the request that the api is to see, which has a place in the crowd to give back. It returns the
// problem to answer with when there is none to send.
func (p *proxy) outgoing(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	target, err := p.target(r)
	if err != nil {
		return nil, err
	}
	token, err := p.mint(r)
	if err != nil {
		return nil, err
	}
	person := p.Person(r.Context())
	if of := r.Header.Get("X-Reader"); of != "" && person != uuid.Nil && of != person.String() {
		return nil, errOther // a page says whose it is: who signed in since isn't made to do what that person did
	}
	hasBody := r.Body != nil && r.Body != http.NoBody
	if hasBody {
		if err := httpserver.Limit(w, r, p.bodyLimit(r)); err != nil {
			return nil, err
		}
	}
	place, err := p.crowd.enter(person)
	if err != nil {
		return nil, err
	}
	out := r.WithContext(place.into(r.Context()))
	out.URL, out.Host, out.Header, out.Trailer = target, target.Host, p.header(r, token), nil
	if hasBody {
		out.Body = &clientBody{ReadCloser: r.Body}
	}
	return out, nil
}

// target is the api's address for the request: what stands after /api in it, byte for byte, after the
// base path. Nothing that isn't plainly the api's has one: Methods and Gate may not have been there.
func (p *proxy) target(r *http.Request) (*url.URL, error) {
	raw := rawPath(r)
	first, isAPI := apiSegment(raw)
	switch {
	case !answered(r.Method):
		return nil, errMethod
	case !readsOneWay(r):
		return nil, errPath
	case !isAPI, strings.EqualFold(first, "auth"):
		return nil, errNotProxied
	}
	return &url.URL{
		Scheme: p.API.Scheme, Host: p.API.Host,
		Opaque:   p.base + strings.TrimPrefix(raw, "/api"), // a Path would be encoded anew
		RawQuery: r.URL.RawQuery, ForceQuery: r.URL.ForceQuery,
	}, nil
}

// mint returns Unauthenticated or Unavailable instead of a token; there is never neither.
func (p *proxy) mint(r *http.Request) (string, error) {
	token, err := p.Mint(r.Context())
	switch {
	case err == nil && token == "":
		return "", errNoToken.After(tokenRetry)
	case err == nil, problem.Is(err, problem.Unauthenticated), problem.Is(err, problem.Unavailable), r.Context().Err() != nil:
		return token, err
	default:
		return "", errNoToken.Because(err).After(tokenRetry)
	}
}

// header is what the api sees of the request's header, and what only we may tell it.
func (p *proxy) header(r *http.Request, token string) http.Header {
	h := make(http.Header, 14)
	for name, values := range r.Header {
		if p.passes(name) {
			h[name] = values
		}
	}
	for name := range connectionNames(r.Header) {
		h.Del(name)
	}
	ours := [...]string{"Bearer " + token, p.Client(r).String(), p.PublicURL.Host, p.PublicURL.Scheme, httpserver.RequestID(r.Context())}
	for i, name := range [...]string{"Authorization", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-Id"} {
		h[name] = ours[i : i+1 : i+1] // one array for all
	}
	return h
}

// forwarded are the headers that ReverseProxy takes away because a client could have sent them.
var forwarded = []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"}

// rewrite puts back what ReverseProxy took from the request that outgoing made: our own word about the
// client, and the query as it was.
func rewrite(pr *httputil.ProxyRequest) {
	for _, name := range forwarded {
		pr.Out.Header[name] = pr.In.Header[name]
	}
	pr.Out.URL.RawQuery = pr.In.URL.RawQuery
}

// passes reports whether a client's header goes to the api. Names are canonical.
func (p *proxy) passes(name string) bool {
	switch {
	case never(name):
		return false
	case name == "Accept", strings.HasPrefix(name, "Accept-"), strings.HasPrefix(name, "Content-"), strings.HasPrefix(name, "If-"):
		return true
	}
	switch name {
	case "Range", "Last-Event-Id", "User-Agent", "Prefer", "Traceparent", "Tracestate", "X-Tab", "X-Change":
		return true
	}
	_, found := slices.BinarySearch(p.extra, name)
	return found
}

// Never reports whether a header stays here even when Config's ExtraRequestHeaders name it.
func Never(name string) bool { return never(http.CanonicalHeaderKey(strings.TrimSpace(name))) }

// never reports whether a header stays here whatever the configuration says: it would let a client speak
// as a person, as a proxy, as a page of ours or as another method, frame the message anew, or make net/http send it twice.
func never(name string) bool {
	switch name {
	case "Cookie", "Authorization", "Proxy-Authorization", "Forwarded", "X-Real-Ip", "X-Request-Id",
		"X-Http-Method-Override", "X-Http-Method", "X-Method-Override",
		"Host", "Connection", "Proxy-Connection", "Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
		"Idempotency-Key", "X-Idempotency-Key",
		"X-Confirm": // leaving for good, which the account page asks proof for
		return true
	}
	return strings.HasPrefix(name, "X-Forwarded-") || strings.Contains(name, "_")
}

// connectionNames yields the headers that Connection declares to be for this hop only (RFC 9110 §7.6.1).
func connectionNames(h http.Header) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, line := range h["Connection"] {
			for name := range strings.SplitSeq(line, ",") {
				if !yield(strings.TrimSpace(name)) {
					return
				}
			}
		}
	}
}
