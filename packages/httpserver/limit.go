package httpserver

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// LimitBody refuses bodies over so many bytes with 413, whether they tell their length or come in chunks.
func LimitBody(bytes int64) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := Limit(c.Response(), c.Request(), bytes); err != nil {
				return err
			}
			return next(c)
		}
	}
}

// Limit returns TooLarge for a body that says it is over so many bytes; reading one that doesn't say
// fails at the limit with an *http.MaxBytesError, which Fail takes for the same thing.
func Limit(w http.ResponseWriter, r *http.Request, bytes int64) error {
	if r.ContentLength > bytes {
		return errTooLarge(bytes)
	}
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = http.MaxBytesReader(w, r.Body, bytes)
	}
	return nil
}
