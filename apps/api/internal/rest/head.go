package rest

import "github.com/labstack/echo/v4"

// withHead answers HEAD wherever the contract has GET (RFC 9110 §9.3.2); net/http leaves out the body.
type withHead struct{ *echo.Echo }

// GET adds a route for both methods.
func (r withHead) GET(path string, handler echo.HandlerFunc, middleware ...echo.MiddlewareFunc) *echo.Route {
	r.HEAD(path, handler, middleware...)
	return r.Echo.GET(path, handler, middleware...)
}
