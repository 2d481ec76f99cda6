package httpserver

import (
	"fmt"
	"net/http"
	"runtime/debug"
)

// recovery turns a panic into an error, and so into one 500 and one line in the log. When the answer
// already began, it is cut off. http.ErrAbortHandler is no fault but a request to cut
// the connection, and goes on.
func recovery(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			switch v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				recorderOf(w).stack = debug.Stack()
				conclude(w, r, fmt.Errorf("panic: %v", v))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
