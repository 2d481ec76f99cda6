package rest

import (
	"fmt"
	"net/http"

	"cardwall/packages/httpserver"
	"cardwall/packages/token"
)

// jwks may be kept by whoever is between us and the api, for far less than a key is published before it signs.
func (h *handlers) jwks(w http.ResponseWriter, r *http.Request) {
	document, err := h.JWKS()
	if err != nil {
		httpserver.Problem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", token.JWKSContentType)
	w.Header().Set("Cache-Control", fmt.Sprintf("public, max-age=%.0f", token.JWKSMaxAge.Seconds()))
	_, _ = w.Write(document)
}
