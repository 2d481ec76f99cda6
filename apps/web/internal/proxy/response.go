package proxy

import (
	"io"
	"net/http"
	"strings"
)

// inspect takes from an answer of the api what doesn't belong under web's name, before a byte of it
// leaves. An error it returns is answered by fail.
func (p *proxy) inspect(res *http.Response) error {
	if res.StatusCode == http.StatusUnauthorized {
		return RefusedToken(res)
	}
	strip(res.Header)
	p.relocate(res, "Location")
	p.relocate(res, "Content-Location")
	keepPrivate(res.Header)
	if res.ContentLength == -1 {
		strip(res.Trailer)
		res.Body = &trailed{res.Body, res}
	}
	if isStream(res.Header.Get("Content-Type")) {
		return p.stream(res)
	}
	return nil
}

// isStream compares as media types do (RFC 9110 §8.3.1).
func isStream(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(kind), "text/event-stream")
}

// strip deletes what only web may say to a browser.
func strip(h http.Header) {
	for name := range h {
		switch name {
		case "Set-Cookie", "Set-Cookie2", "Server", "Alt-Svc", "Strict-Transport-Security", "Clear-Site-Data", "X-Request-Id":
			delete(h, name)
		default:
			if strings.HasPrefix(name, "Access-Control-") {
				delete(h, name)
			}
		}
	}
}

var private = []string{"private, no-cache"} // shared by all answers; there is no room to add to it

// keepPrivate makes sure that nobody but the person keeps an answer, and that it is asked for again.
func keepPrivate(h http.Header) {
	control := strings.ToLower(h.Get("Cache-Control"))
	if !strings.Contains(control, "private") && !strings.Contains(control, "no-store") {
		h["Cache-Control"] = private
		h.Del("Expires")
	}
}

// trailed strips the trailers, which are there once the body is closed.
type trailed struct {
	io.ReadCloser
	res *http.Response
}

func (b *trailed) Close() error {
	err := b.ReadCloser.Close()
	strip(b.res.Trailer)
	return err
}
