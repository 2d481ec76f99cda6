package httpserver

import (
	"fmt"
	"net/http"
	"time"

	"cardwall/packages/problem"
)

// ofStatus is the problem for a status that echo chose: its code and our sentence. Those that only
// a handler of ours could mean, and unknown ones, are 500: a library's text is never shown.
func ofStatus(status int) *problem.Error {
	switch status {
	case http.StatusBadRequest:
		return problem.New(problem.Invalid, "malformed", "The request can't be read. Please check its form.")
	case http.StatusUnauthorized:
		return problem.New(problem.Unauthenticated, "unauthenticated", "Please sign in first.")
	case http.StatusForbidden:
		return problem.New(problem.Forbidden, "forbidden", "You may not do this.")
	case http.StatusNotFound:
		return problem.New(problem.NotFound, "not_found", "There is nothing at this address.")
	case http.StatusMethodNotAllowed:
		return problem.New(problem.MethodNotAllowed, "method_not_allowed", "This address can't be used in this way.")
	case http.StatusRequestEntityTooLarge:
		return problem.New(problem.TooLarge, "too_large", "What was sent is too large.")
	case http.StatusUnsupportedMediaType:
		return problem.New(problem.UnsupportedMedia, "unsupported_media", "Content of this type isn't understood here.")
	case http.StatusTooManyRequests:
		return problem.New(problem.TooMany, "too_many", "Too many requests at once. Please wait a moment.").After(time.Second)
	case http.StatusServiceUnavailable:
		return problem.New(problem.Unavailable, "unavailable", "Cardwall can't answer just now. Please try again in a moment.").After(time.Second)
	default:
		return problem.From(fmt.Errorf("a handler answered with status %d", status))
	}
}

func errTooLarge(limit int64) *problem.Error {
	return problem.New(problem.TooLarge, "too_large", "What was sent is too large. The limit is "+Size(limit).String()+".")
}

func errStopping() *problem.Error {
	return problem.New(problem.Unavailable, "stopping", "Cardwall is being restarted. Please try again in a moment.").After(time.Second)
}
