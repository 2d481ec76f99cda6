package proxy

import (
	"net/http"
	"slices"
	"strings"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// methods are those that anything here answers to. There are no upgrades either: a request for one is
// served as if it hadn't asked, as RFC 9110 §7.8 allows.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
}

var errMethod = problem.New(problem.MethodNotAllowed, "method_not_allowed", "This method can't be used here.")

// Methods refuses, with 405, those that nobody here answers to.
func Methods(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answered(r.Method) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(methods, ", "))
		httpserver.Fail(w, r, errMethod)
	})
}

func answered(method string) bool { return slices.Contains(methods, method) }
