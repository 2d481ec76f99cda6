package ui

import (
	"crypto/rand"
	"net/http"

	"github.com/a-h/templ"
)

// CSP lets a page load nothing but our own assets, and run only scripts that carry the response's nonce
// (CSP Level 3). The nonce travels in the context, where templ.GetNonce finds it.
func CSP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nonce := rand.Text()
		w.Header().Set("Content-Security-Policy", policy(nonce))
		next.ServeHTTP(w, r.WithContext(templ.WithNonce(r.Context(), nonce)))
	})
}

func policy(nonce string) string {
	return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
}
