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
		return nil
	}
}
