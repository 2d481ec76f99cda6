package proxy

import (
	"net/http"
	"strings"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

var errPath = problem.New(problem.Invalid, "bad_path", "This address can't be used: part of its path is written in a way that could be misread.")

// Gate refuses, with 400 and before any route is looked up, paths that two readers could read differently. What
// passes means the same to echo, to us and to the api.
func Gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if readsOneWay(r) {
			next.ServeHTTP(w, r)
			return
		}
		httpserver.Fail(w, r, errPath)
	})
}

// readsOneWay reports whether the request's path has one meaning, and under /api a plain first segment, in the same
// letters as it is written: echo routes on these.
func readsOneWay(r *http.Request) bool {
	raw := rawPath(r)
	if !unambiguous(raw, r.URL.Path) {
		return false
	}
	first, isAPI := apiSegment(r.URL.Path)
	rawFirst, _ := apiSegment(raw)
	return !isAPI || rawFirst == first && plainSegment(first)
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
