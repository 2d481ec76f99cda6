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

var (
	errPath   = problem.New(problem.Invalid, "bad_path", "This address can't be used: part of its path is written in a way that could be misread.")
	errMethod = problem.New(problem.MethodNotAllowed, "method_not_allowed", "This method can't be used here.")
)

// Gate refuses, before any route is looked up, methods that nobody here answers to (405) and paths
// that two readers could read differently (400). What passes means the same to echo, to us and to the api.
func Gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := admit(r)
		if err == nil {
			next.ServeHTTP(w, r)
			return
		}
		if problem.Is(err, problem.MethodNotAllowed) {
			w.Header().Set("Allow", strings.Join(methods, ", "))
		}
		httpserver.Fail(w, r, err)
	})
}

// admit returns MethodNotAllowed or Invalid for what Gate refuses.
func admit(r *http.Request) error {
	if !slices.Contains(methods, r.Method) {
		return errMethod
	}
	raw := rawPath(r)
	if !unambiguous(raw, r.URL.Path) {
		return errPath
	}
	if first, isAPI := apiSegment(r.URL.Path); isAPI {
		// The raw path must say the same in the same letters: echo routes on it.
		if rawFirst, _ := apiSegment(raw); rawFirst != first || !plainSegment(first) {
			return errPath
		}
	}
	return nil
}

// rawPath is the path as the client wrote it, from the origin form or an absolute form of HTTP (RFC 9112 §3.2);
// "" for the other forms, and for a path that isn't there.
func rawPath(r *http.Request) string {
	target, _, _ := strings.Cut(r.RequestURI, "?")
	if strings.HasPrefix(target, "/") {
		return target
	}
	scheme, rest, _ := strings.Cut(target, "://")
	http := strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
	if i := strings.IndexByte(rest, '/'); http && i >= 0 {
		return rest[i:]
	}
	return ""
}

// apiSegment returns the segment after /api/, and whether the path is under /api/ at all.
func apiSegment(path string) (first string, isAPI bool) {
	rest, isAPI := strings.CutPrefix(path, "/api/")
	first, _, _ = strings.Cut(rest, "/")
	return first, isAPI
}

// plainSegment reports whether a segment is of [A-Za-z0-9._~-]+, the characters that have one spelling.
func plainSegment(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (c < '0' || '9' < c) && !strings.ContainsRune("._~-", rune(c)) {
			return false
		}
	}
	return s != ""
}
