package rest

import (
	"encoding/base64"
	"net/http"

	"cardwall/apps/web/internal/identity"
)

// browserCookie binds flows to the browser that began them. One id serves all of a browser's flows, so that two tabs
// can be on their way at once; it lives as long as the last of them.
type browserCookie struct{ secure bool }

func (h *handlers) browser() browserCookie { return browserCookie{h.Secure} }

func (c browserCookie) name() string {
	if c.secure {
		return "__Host-browser"
	}
	return "browser"
}

// read is the browser's id, or "": which no flow is bound to.
func (c browserCookie) read(r *http.Request) string {
	for _, cookie := range r.CookiesNamed(c.name()) {
		if id, err := base64.RawURLEncoding.Strict().DecodeString(cookie.Value); err == nil && len(id) == 32 {
			return cookie.Value
		}
	}
	return ""
}

// give is the browser's id, with a life as long as a flow's from now.
func (c browserCookie) give(w http.ResponseWriter, r *http.Request) string {
	id := c.read(r)
	if id == "" {
		id = identity.NewSecret()
	}
	http.SetCookie(w, &http.Cookie{
		Name: c.name(), Value: id, Path: "/", MaxAge: int(identity.FlowLife.Seconds()),
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	return id
}
