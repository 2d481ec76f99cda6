package account

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
)

const againForm = "again"

// askAgain shows how to sign in once more, and leads back whoever has done so.
func (h Handlers) askAgain(w http.ResponseWriter, r *http.Request) error {
	return h.renderAgain(w, r, r.URL.Query().Get("return_to"), ui.Failure{})
}

// signInAgain takes the password for a sign-in of its own: under a new id, in the place of the session that was.
func (h Handlers) signInAgain(w http.ResponseWriter, r *http.Request) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	self, to := h.self(r), r.PostForm.Get("return_to")
	proof, err := h.Identity.SignInAgain(r.Context(), self, r.PostForm.Get("password"))
	if err == nil {
		_, err = h.Sessions.Start(w, r, proof, self.From)
	}
	if err == nil {
		return ui.Seen(w, r, comeBack(to))
	}
	if failed, ok := ui.Retry(r, againForm, err); ok {
		return h.renderAgain(w, r, to, failed)
	}
	return err
}

func (h Handlers) renderAgain(w http.ResponseWriter, r *http.Request, to string, failed ui.Failure) error {
	self := h.self(r)
	profile, err := h.Identity.Profile(r.Context(), self)
	if err != nil {
		return err
	}
	if profile.Recent && failed.Reason == nil {
		return ui.Seen(w, r, comeBack(to))
	}
	accounts, err := h.Identity.Accounts(r.Context(), self.PersonID)
	if err != nil {
		return err
	}
	v := view{Profile: profile, Failure: failed, Ways: open(h.Identity.Providers(), accounts)}
	return ui.Render(w, r, failed.Status(), againPage(v, comeBack(to)))
}

// open are the providers here that are a way in, each once, however many of its accounts are linked.
func open(providers []identity.Provider, accounts []identity.Account) []way {
	var all []way
	for _, p := range providers {
		if slices.ContainsFunc(accounts, func(a identity.Account) bool { return a.Issuer == p.Issuer() }) {
			all = append(all, way{Name: p.Name(), Label: p.Label()})
		}
	}
	return all
}

func (w way) signInAgain(to string) templ.SafeURL {
	return templ.SafeURL("/api/auth/login/" + w.Name + "?purpose=prove&return_to=" + url.QueryEscape(to))
}

// againPath is the address of the page that leads back to one of the account's.
func againPath(to string) string { return home + "/again?return_to=" + url.QueryEscape(to) }

// comeBack is where the page leads: to a page of the account's, with a word of thanks on the account's own.
func comeBack(raw string) string {
	if to := session.ReturnTo(raw); strings.HasPrefix(to, home+"/") {
		return to
	}
	return home + "?done=" + againForm
}
