package httpserver

import "net/http"

// apiPolicy is the Content-Security-Policy of what isn't a page: it may load nothing and be framed by nobody.
const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

// complete adds the headers of every answer. A handler that set one of them keeps its own: a page has
// its policy with a nonce.
func (e *edge) complete(h http.Header, id string) {
	h.Set(requestIDHeader, id)
	unlessSet(h, "X-Content-Type-Options", "nosniff")
	unlessSet(h, "Referrer-Policy", "strict-origin-when-cross-origin")
	unlessSet(h, "Cross-Origin-Opener-Policy", "same-origin")
	unlessSet(h, "X-Frame-Options", "DENY")
	unlessSet(h, "Content-Security-Policy", apiPolicy)
	if e.HSTS {
		unlessSet(h, "Strict-Transport-Security", "max-age=31536000")
	}
}

func unlessSet(h http.Header, name, value string) {
	if _, ok := h[name]; !ok {
		h.Set(name, value)
	}
}
