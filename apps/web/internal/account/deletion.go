package account

import (
	"net/http"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/ui"
)

const deleteForm = "delete"

func (h Handlers) askDeletion(w http.ResponseWriter, r *http.Request) error {
	return h.renderDeletion(w, r, ui.Failure{})
}

// delete deletes the account, once the api has let the person go, and signs the browser out.
func (h Handlers) delete(w http.ResponseWriter, r *http.Request) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	self, typed := h.self(r), identity.Deletion{Words: r.PostForm.Get("words"), Password: r.PostForm.Get("password")}
	if err := h.Identity.DeletePerson(r.Context(), self, typed, h.API.DeleteMe); err != nil {
		if failed, ok := ui.Retry(r, deleteForm, err); ok {
			return h.renderDeletion(w, r, failed)
		}
		return err
	}
	h.Sessions.Forget(w, self.PersonID)
	return ui.Seen(w, r, "/goodbye")
}

func (h Handlers) renderDeletion(w http.ResponseWriter, r *http.Request, failed ui.Failure) error {
	profile, err := h.Identity.Profile(r.Context(), h.self(r))
	if err != nil {
		return err
	}
	return ui.Render(w, r, failed.Status(), deletionPage(view{Profile: profile, Failure: failed}))
}

// whose names the account: a browser may be signed in to another than its person thinks.
func (v view) whose() string {
	if v.Email == "" {
		return v.Name
	}
	return v.Name + ", " + v.Email
}

// RegisterPublic adds what is for everybody: the word of farewell.
func RegisterPublic(mux *http.ServeMux) {
	mux.Handle("GET /goodbye", ui.Handle(func(w http.ResponseWriter, r *http.Request) error {
		return ui.Render(w, r, http.StatusOK, goodbyePage())
	}))
}
