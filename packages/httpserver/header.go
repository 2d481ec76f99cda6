package httpserver

import "net/http"

// apiPolicy is the Content-Security-Policy of what isn't a page: it may load nothing and be framed by nobody.
const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

// complete adds the headers of every answer. A handler that set one of them keeps its own: a page has
// its policy with a nonce.
func (e *edge) complete(h http.Header, id []string) {
	h[requestIDHeader] = id
	for name, value := range always {
		unlessSet(h, name, value)
	}
	if e.HSTS {
		unlessSet(h, "Strict-Transport-Security", hsts)
	}
}

// Their values are shared by all answers, as net/http shares its own: whoever sets such a header sets a new value, and
// one that adds to it copies these, for they have no room to grow.
var (
	always = map[string][]string{
		"X-Content-Type-Options":     {"nosniff"},
		"Referrer-Policy":            {"strict-origin-when-cross-origin"},
		"Cross-Origin-Opener-Policy": {"same-origin"},
		"X-Frame-Options":            {"DENY"},
		"Content-Security-Policy":    {apiPolicy},
	}
	hsts = []string{"max-age=31536000"}
)

func unlessSet(h http.Header, name string, value []string) {
	if _, ok := h[name]; !ok {
		h[name] = value
	}
}
