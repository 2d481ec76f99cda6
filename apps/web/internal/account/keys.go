package account

import (
	"net/http"

	"cardwall/apps/web/internal/identity"
)

func (h Handlers) turnKeysOff(_ http.ResponseWriter, r *http.Request, self identity.Self) error {
	return h.Identity.TurnKeys(r.Context(), self, true)
}

func (h Handlers) turnKeysOn(_ http.ResponseWriter, r *http.Request, self identity.Self) error {
	return h.Identity.TurnKeys(r.Context(), self, false)
}
