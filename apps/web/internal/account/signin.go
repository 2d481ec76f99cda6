package account

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

// changePassword also gives this session a new id: what it proves has changed.
func (h Handlers) changePassword(w http.ResponseWriter, r *http.Request, self identity.Self) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	change := identity.PasswordChange{Current: r.PostForm.Get("current"), New: r.PostForm.Get("password")}
	if err := h.Identity.ChangePassword(r.Context(), self, change); err != nil {
		return err
	}
	_, err := h.Sessions.Renew(w, r, self.From)
	return err
}

// LinkFailed draws the page for somebody who comes back from a provider with nothing linked, or shows how to sign in
// again to who didn't get that far.
func (h Handlers) LinkFailed(w http.ResponseWriter, r *http.Request, why *problem.Error) {
	ui.CSP(ui.Handle(func(w http.ResponseWriter, r *http.Request) error {
		if why.Code == "sign_in_again" {
			return ui.Seen(w, r, againPath(home))
		}
		return h.render(w, r, ui.Failure{Form: linkForm, Reason: why})
	})).ServeHTTP(w, r)
}

// link is where a link begins: at the provider for who has just signed in, else with that.
func (w way) link(recent bool) templ.SafeURL {
	if !recent {
		return templ.SafeURL(againPath(home))
	}
	return templ.SafeURL("/api/auth/login/" + w.Name + "?purpose=link")
}

// unlink also gives this session a new id, as changePassword does.
func (h Handlers) unlink(w http.ResponseWriter, r *http.Request, self identity.Self) error {
	id, err := formID(w, r)
	if err != nil {
		return err
	}
	if err := h.Identity.Unlink(r.Context(), self, id); err != nil {
		return err
	}
	_, err = h.Sessions.Renew(w, r, self.From)
	return err
}

func (h Handlers) endSession(w http.ResponseWriter, r *http.Request, self identity.Self) error {
	id, err := formID(w, r)
	if err != nil {
		return err
	}
	return h.Sessions.EndOne(r.Context(), self.PersonID, id, self.From)
}

func (h Handlers) endOthers(_ http.ResponseWriter, r *http.Request, self identity.Self) error {
	return h.Sessions.EndOthers(r.Context(), self.PersonID, self.SessionID, self.From)
}

// formID is what the form is about; what is no id names nothing.
func formID(w http.ResponseWriter, r *http.Request) (uuid.UUID, error) {
	if err := ui.ReadForm(w, r); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.Parse(r.PostForm.Get("id"))
	if err != nil {
		return uuid.Nil, problem.New(problem.NotFound, "not_found", "That isn't there any more.").Because(err)
	}
	return id, nil
}
