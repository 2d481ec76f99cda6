package proxy

import (
	"net/http"
	"net/url"
	"strings"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

var errHost = problem.New(problem.Misdirected, "wrong_host", "This Cardwall answers under another name. Please use its public address.")

// Host keeps requests for other host names than the public one's from being served: pages redirect
// there, the rest is Misdirected (421). What machines ask for inside, keys and health, answers under any. The public URL's host is in small letters and has no default port.
func Host(public *url.URL) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case canonicalHost(r.Host, public.Scheme) == public.Host, anyHost(r.URL.Path):
				next.ServeHTTP(w, r)
			case isRead(r.Method) && !isAPI(r.URL.Path):
				home := url.URL{Scheme: public.Scheme, Host: public.Host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
				w.Header().Set("Cache-Control", "no-store")
				http.Redirect(w, r, home.String(), http.StatusTemporaryRedirect)
			default:
				httpserver.Fail(w, r, errHost)
			}
		})
	}
}

func anyHost(path string) bool {
	return path == "/livez" || path == "/readyz" || path == "/api/auth/jwks"
}

func isAPI(path string) bool { return path == "/api" || strings.HasPrefix(path, "/api/") }

func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// canonicalHost is a host and port in small letters, without the port that the scheme stands for.
func canonicalHost(host, scheme string) string {
	host = strings.ToLower(host)
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}
