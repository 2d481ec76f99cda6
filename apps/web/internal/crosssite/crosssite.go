// Package crosssite refuses requests that another site made a browser send.
//
// A browser adds the session's cookie to whatever it sends here, whoever wrote the page. So a request
// that changes something and carries a cookie must show one sign that it comes from our own pages.
// It stands after the host check and before the session.
package crosssite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

var errCrossSite = problem.New(problem.Forbidden, "cross_site", "This request doesn't seem to come from Cardwall's own pages, so nothing was done. Please reload the page and try again.")

// Check makes the middleware for a web under this public URL, which has the form that browsers give an Origin
// (RFC 6454 §6.2): small letters, no default port. It answers 403 to an unsafe method that
// carries a cookie, or goes to one of the always paths (sign-in, sign-up: they give a cookie; forgotten and its like:
// they are counted against the visitor), unless
// Sec-Fetch-Site is same-origin or none, or Origin is the public URL's, scheme too, or X-CSRF is 1
// (another origin can't send that without asking first, and we never allow it). A sign from another
// site outweighs them.
//
// Of what changes something by GET, the way to a provider and back, one is held to the same: to link one more way in.
// Another site that sent a browser there could have its own identity linked. A Referer of ours is a sign for that too:
// a link in a page sends no Origin.
func Check(public *url.URL, always ...string) func(http.Handler) http.Handler {
	origin := public.Scheme + "://" + public.Host
	protection := http.NewCrossOriginProtection()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !guarded(r, always) {
				next.ServeHTTP(w, r)
				return
			}
			if err := protection.Check(r); err != nil {
				httpserver.Fail(w, r, errCrossSite.Because(err))
				return
			}
			if !ownPage(r, origin) {
				httpserver.Fail(w, r, errCrossSite)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func guarded(r *http.Request, always []string) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return links(r)
	}
	return len(r.Header["Cookie"]) > 0 || slices.Contains(always, r.URL.Path)
}

// ownPage reports a positive sign. CrossOriginProtection alone lets a request without any sign through,
// and doesn't look at the Origin's scheme.
func ownPage(r *http.Request, origin string) bool {
	switch site := r.Header.Get("Sec-Fetch-Site"); {
	case site == "same-origin", site == "none", r.Header.Get("Origin") == origin, r.Header.Get("X-CSRF") == "1":
		return true
	default:
		return site == "" && links(r) && strings.HasPrefix(r.Header.Get("Referer"), origin+"/")
	}
}

// links reports whether a request sets out to link an account of a provider.
func links(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/auth/login/") && r.URL.Query().Get("purpose") == "link"
}
