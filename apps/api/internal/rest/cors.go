package rest

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
)

// What a page of another origin may send and read beside what any page may (Fetch §3.3). Credentials are not among it:
// the api ignores cookies, and a token is sent on purpose.
const (
	corsMethods = "GET, HEAD, POST, PUT, PATCH, DELETE"
	corsRequest = "Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, X-Tab, X-Change, X-Confirm, Traceparent, Tracestate"
	corsAnswer  = "ETag, Retry-After, X-Board-Seq, X-Request-Id"
	corsMaxAge  = "600" // seconds for which a browser needn't ask again
)

// cors lets pages of these origins, and of no other, call the api. It answers their preflights, which come without a
// token, before anything is guarded; whoever else asks is answered as without it, and told nothing.
func cors(origins []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r, h := c.Request(), c.Response().Header()
			h.Add("Vary", "Origin")
			given := r.Header["Origin"]
			if len(given) != 1 || !slices.Contains(origins, given[0]) {
				return next(c)
			}
			h.Set("Access-Control-Allow-Origin", given[0])
			if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
				h.Set("Access-Control-Expose-Headers", corsAnswer)
				return next(c)
			}
			h.Set("Access-Control-Allow-Methods", corsMethods)
			h.Set("Access-Control-Allow-Headers", corsRequest)
			h.Set("Access-Control-Max-Age", corsMaxAge)
			return c.NoContent(http.StatusNoContent)
		}
	}
}
