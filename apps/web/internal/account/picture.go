package account

import (
	"net/http"
	"strconv"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
)

// Picture serves people's pictures under /avatars/, to signed-in people. A path names its bytes, so what a browser has
// of it is right for ever. Opened by itself a picture is in a sandbox, and nobody takes it for anything else.
func (h Handlers) Picture() http.Handler { return ui.Handle(h.picture) }

func (h Handlers) picture(w http.ResponseWriter, r *http.Request) error {
	if _, ok := session.From(r.Context()); !ok {
		return session.SignedOut()
	}
	hash, ok := identity.ParseAvatarHash(r.PathValue("hash"))
	if !ok {
		return ui.NotFound()
	}
	image, err := h.Identity.Avatar(r.Context(), hash)
	if err != nil {
		return err
	}
	head := w.Header()
	head.Set("Content-Type", image.MediaType)
	head.Set("Content-Length", strconv.Itoa(len(image.Bytes)))
	head.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "private, max-age=31536000, immutable")
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(image.Bytes) // the reader may have left
	}
	return nil
}
