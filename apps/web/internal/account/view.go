package account

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
)

// view is what the page shows.
type view struct {
	identity.Profile
	ui.Failure
	Done     string // a notice, or ""
	Pending  string // the e-mail that waits to be verified, or ""
	CanMail  bool
	Ways     []way
	Sessions []session.Listed
	KeysOff  bool
}

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	return h.render(w, r, ui.Failure{})
}

func (h Handlers) render(w http.ResponseWriter, r *http.Request, failed ui.Failure) error {
	v, err := h.view(r.Context(), h.self(r))
	if err != nil {
		return err
	}
	current, _ := session.From(r.Context())
	v.Failure, v.KeysOff = failed, current.Person.KeysOff
	if failed.Reason == nil {
		v.Done = done[r.URL.Query().Get("done")]
	}
	return ui.Render(w, r, failed.Status(), page(v))
}

func (h Handlers) view(ctx context.Context, self identity.Self) (v view, err error) {
	if v.Profile, err = h.Identity.Profile(ctx, self); err != nil {
		return v, err
	}
	if v.Pending, err = h.Identity.PendingEmail(ctx, self.PersonID, v.Email); err != nil {
		return v, err
	}
	accounts, err := h.Identity.Accounts(ctx, self.PersonID)
	if err != nil {
		return v, err
	}
	v.Ways, v.CanMail = ways(h.Identity.Providers(), accounts), h.Identity.CanMail()
	v.Sessions, err = h.Sessions.List(ctx, self.PersonID)
	return v, err
}

// sessionName is what the button calls a session that it ends: its device, and which of several on such a device it
// is, in the order of the list.
func sessionName(all []session.Listed, at int) string {
	same, place := 0, 0
	for i, s := range all {
		if s.This || s.Device != all[at].Device {
			continue
		}
		same++
		if i == at {
			place = same
		}
	}
	if same < 2 {
		return all[at].Device
	}
	return fmt.Sprintf("%s, %d of %d", all[at].Device, place, same)
}

// signInFirst reports whether a sign-in of some time ago is all the proof there is of who asks.
func (v view) signInFirst() bool { return !v.HasPassword() && !v.Recent }

// linked reports whether there is an account to unlink.
func (v view) linked() bool {
	return slices.ContainsFunc(v.Ways, func(w way) bool { return w.Account != nil })
}

func device(name string) string {
	if strings.HasSuffix(name, "iPhone") || strings.HasSuffix(name, "Android") {
		return "phone"
	}
	return "screen"
}
