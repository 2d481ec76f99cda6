package rest

import (
	"net/http"

	"cardwall/packages/token"
)

// jwks may be kept for a minute by whoever is between us and the api: far less than a key is published before it signs.
func (h *handlers) jwks(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", token.JWKSContentType)
	w.Header().Set("Cache-Control", "public, max-age=60")
	_, _ = w.Write(h.JWKS())
}
