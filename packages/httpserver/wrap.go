package httpserver

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// WrapHandler makes a net/http handler a handler of echo. Unlike echo's own it lets interim answers
// (1xx) through: echo's writer takes the first of them for the final one. Functions that echo's
// Response was told to call Before or After writing are not called.
func WrapHandler(h http.Handler) echo.HandlerFunc {
	return func(c echo.Context) error {
		h.ServeHTTP(c.Response().Writer, c.Request())
		settle(c)
		return nil
	}
}

// WrapMiddleware makes a net/http middleware one of echo, with interim answers as in WrapHandler. A
// middleware that refuses a request answers with [Fail].
func WrapMiddleware(m func(http.Handler) http.Handler) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) (err error) {
			outer := c.Response().Writer
			m(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				c.SetRequest(r)
				c.Response().Writer = w
				err = next(c)
			})).ServeHTTP(outer, c.Request())
			c.Response().Writer = outer
			settle(c)
			return err
		}
	}
}

// settle tells echo what was answered without it.
func settle(c echo.Context) {
	w, out := recorderOf(c.Response()), c.Response()
	if w != nil && w.status != 0 && !out.Committed {
		out.Committed, out.Status, out.Size = true, w.status, w.bytes
	}
}
