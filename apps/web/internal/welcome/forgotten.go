package welcome

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
)

func (h Handlers) forgotten(w http.ResponseWriter, r *http.Request) error {
	return ui.Render(w, r, http.StatusOK, forgottenPage(form{}, h.Identity.CanMail()))
}

func forgottenSent(w http.ResponseWriter, r *http.Request) error {
	return ui.Render(w, r, http.StatusOK, forgottenSentPage())
}
