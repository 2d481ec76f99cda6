package account

import (
	"context"
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
}

// way is a provider, linked or not.
type way struct {
	Name    string // of the provider
	Label   string
	Account *identity.Account // nil: not linked
}

func (w way) icon() string {
	switch w.Name {
	case "google", "github":
		return w.Name
	default:
		return "shield"
	}
}

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	return h.render(w, r, ui.Failure{})
}

func (h Handlers) render(w http.ResponseWriter, r *http.Request, failed ui.Failure) error {
	v, err := h.view(r.Context(), h.self(r))
	if err != nil {
		return err
	}
	v.Failure = failed
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

// ways lists each provider's linked accounts, or that there is none; then what is linked of providers that this
// Cardwall no longer offers.
func ways(providers []identity.Provider, accounts []identity.Account) []way {
	linked := slices.DeleteFunc(slices.Clone(accounts), func(a identity.Account) bool { return a.Issuer == identity.PasswordIssuer })
	var all []way
	for _, provider := range providers {
		offered := way{Name: provider.Name(), Label: provider.Label()}
		before := len(all)
		linked = slices.DeleteFunc(linked, func(a identity.Account) bool {
			if a.Provider != provider.Name() {
				return false
			}
			one := offered
			one.Account = &a
			all = append(all, one)
			return true
		})
		if len(all) == before {
			all = append(all, offered)
		}
	}
	for _, a := range linked {
		all = append(all, way{Name: a.Provider, Label: providerLabel(a.Provider), Account: &a})
	}
	return all
}

func providerLabel(name string) string {
	switch name {
	case "google":
		return "Google"
	case "github":
		return "GitHub"
	default:
		return "Single sign-on"
	}
}

// signInFirst reports whether a sign-in of some time ago is all the proof there is of who asks.
func (v view) signInFirst() bool { return !v.HasPassword() && !v.Recent }

// fault is the sentence about one field of a form, or "".
func (v view) fault(form, field string) string {
	if !v.Is(form) {
		return ""
	}
	for _, wrong := range v.Reason.Fields {
		if wrong.Field == field {
			return wrong.Detail
		}
	}
	return ""
}

// alert is what a form says that no field of it does.
func (v view) alert(form string) string {
	if !v.Is(form) || len(v.Reason.Fields) > 0 {
		return ""
	}
	return v.Sentence(form)
}

func device(name string) string {
	if strings.HasSuffix(name, "iPhone") || strings.HasSuffix(name, "Android") {
		return "phone"
	}
	return "screen"
}
