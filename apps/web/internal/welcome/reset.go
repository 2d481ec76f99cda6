package welcome

import (
	"net/http"

	"github.com/a-h/templ"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

// reset shows the form of a link for a new password, or that the link is over. It uses nothing up: whatever opens the
// links of mails before people do may.
func (h Handlers) reset(w http.ResponseWriter, r *http.Request) error {
	secret := r.URL.Query().Get("token")
	found, err := h.Identity.FindReset(r.Context(), secret)
	switch {
	case problem.Is(err, problem.NotFound):
		return ui.Render(w, r, http.StatusNotFound, resetOverPage())
	case err != nil:
		return err
	}
	return ui.Render(w, r, http.StatusOK, resetPage(form{Token: secret, Email: found.Email}))
}

// resetAgain is the form of a password that was refused; a link that is over has no form any more.
func (h Handlers) resetAgain(r *http.Request, f form) templ.Component {
	if f.Reason.Code == "link_over" {
		return resetOverPage()
	}
	if found, err := h.Identity.FindReset(r.Context(), f.Token); err == nil {
		f.Email = found.Email
	}
	return resetPage(f)
}

func resetDone(w http.ResponseWriter, r *http.Request) error {
	return ui.Render(w, r, http.StatusOK, resetDonePage())
}
