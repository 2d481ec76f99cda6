package httpserver

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// recovery turns a panic into an error, and so into one 500 and one line in the log. When the answer
// already began, the error handler cuts it off. http.ErrAbortHandler is no fault but a request to cut
// the connection, and goes on.
func recovery(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			v := recover()
			switch v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				if w := recorderOf(c.Response()); w != nil {
					w.stack = debug.Stack()
				}
				err = fmt.Errorf("panic: %v", v)
			}
		}()
		return next(c)
	}
}
