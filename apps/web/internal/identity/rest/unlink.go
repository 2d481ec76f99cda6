package rest

import (
	"cmp"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/session"
)

type linkedAccount struct {
	AccountID uuid.UUID `json:"account_id"`
}

func (l *linkedAccount) fill(form url.Values) { l.AccountID, _ = uuid.Parse(form.Get("account_id")) }

// unlink takes one of the person's ways in away.
func (h *handlers) unlink(w http.ResponseWriter, r *http.Request) {
	var in linkedAccount
	current, _ := session.From(r.Context())
	from, err := read(w, r, &in)
	if err == nil {
		err = h.Identity.Unlink(r.Context(), current.Person.ID, in.AccountID, h.origin(r))
	}
	switch {
	case err != nil:
		h.fail(w, r, from, FormFailure{}, err)
	case from.isForm:
		leave(w, r, cmp.Or(from.returnTo, AccountPage))
	default:
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	}
}
