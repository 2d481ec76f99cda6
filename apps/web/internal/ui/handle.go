package ui

import (
	"net/http"

	"cardwall/packages/httpserver"
)

// HandlerFunc answers a request with a page, or says why it can't.
type HandlerFunc func(http.ResponseWriter, *http.Request) error

// Mux takes the routes of an area, as http.ServeMux does.
type Mux interface {
	Handle(pattern string, handler http.Handler)
}

// Handle runs f. When it fails, the server logs the cause and [ErrorPage] shows the rest.
func Handle(f HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			httpserver.Fail(w, r, err)
		}
	})
}
