package httpserver

import (
	"context"
	"net/http"
	"regexp"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const requestIDHeader = "X-Request-Id"

var requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

type requestIDKey struct{}

// RequestID is the id of the request that ctx belongs to, "" outside of one. It is in the answer's
// X-Request-Id, in every problem document and in the log.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// identify gives the request its id and a body that doesn't wait for ever, and the answer the writer that knows both.
func (e *edge) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		w, r := c.Response().Writer, c.Request()
		id := e.requestID(r)
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		body := patient(w, r, e.ReadTimeout)
		c.SetRequest(r)
		c.Response().Writer = &recorder{ResponseWriter: w, edge: e, id: id, body: body}
		return next(c)
	}
}

// requestID is the caller's own when the caller is trusted and the id harmless, else a new UUIDv7.
func (e *edge) requestID(r *http.Request) string {
	if sent := r.Header.Get(requestIDHeader); requestIDForm.MatchString(sent) && (e.TrustRequestID || e.Proxies.trust(r)) {
		return sent
	}
	return uuid.Must(uuid.NewV7()).String()
}
