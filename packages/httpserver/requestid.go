package httpserver

import (
	"context"
	"net/http"
	"regexp"

	"github.com/google/uuid"
)

const requestIDHeader = "X-Request-Id"

var requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// known is what a context knows of its request, to tell whoever is asked in its name.
type known struct {
	id                      [1]string // as the value of a header
	traceparent, tracestate []string
}

type knownKey struct{}

// RequestID is the id of the request that ctx belongs to, "" outside of one. It is in the answer's
// X-Request-Id, in every problem document and in the log.
func RequestID(ctx context.Context) string {
	if k, ok := ctx.Value(knownKey{}).(*known); ok {
		return k.id[0]
	}
	return ""
}

// PassOn puts into the header of a request that is made in the name of ctx's what joins the two: its id, and the
// trace that it belongs to (W3C Trace Context §3).
func PassOn(ctx context.Context, header http.Header) {
	k, ok := ctx.Value(knownKey{}).(*known)
	if !ok {
		return
	}
	header[requestIDHeader] = k.id[:]
	if len(k.traceparent) > 0 {
		header["Traceparent"] = k.traceparent
		header["Tracestate"] = k.tracestate
	}
}

// identify gives the request its id and a body that doesn't wait for ever, and the answer the writer that knows both.
func (e *edge) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if e.Observer != nil {
			r = e.Observer.Begin(r)
		}
		rec := &recorder{ResponseWriter: w, edge: e, known: known{
			id: [1]string{e.requestID(r)}, traceparent: r.Header["Traceparent"], tracestate: r.Header["Tracestate"],
		}}
		r = r.WithContext(context.WithValue(r.Context(), knownKey{}, &rec.known))
		rec.body = patient(w, r, e.ReadTimeout)
		next.ServeHTTP(rec, r)
	})
}

// requestID is the caller's own when the caller is trusted and the id harmless, else a new UUIDv7.
func (e *edge) requestID(r *http.Request) string {
	if sent := r.Header.Get(requestIDHeader); requestIDForm.MatchString(sent) && (e.TrustRequestID || e.Proxies.trust(r)) {
		return sent
	}
	return uuid.Must(uuid.NewV7()).String()
}
