package rest

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"
)

// answerTime is how long the store may take for one request: with it, a database that has gone silent is told as
// Unavailable within three seconds.
const answerTime = 2500 * time.Millisecond

// deadline bounds an operation's work. It stands after the reading of the body, whose pace is the client's own.
func deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		c.SetRequest(r.WithContext(ctx))
		defer c.SetRequest(r) // whoever answers an error is not bound by what the store had
		return next(c)
	}
}
