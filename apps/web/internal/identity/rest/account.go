package rest

import (
	"net/http"
	"net/url"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
)

type newPerson struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Password string `json:"password"`
	// Invitation is what an invited person's link brought to the page.
	Invitation string `json:"invitation"`
}

func (p *newPerson) fill(form url.Values) {
	p.Name, p.Email, p.Password, p.Invitation = form.Get("name"), form.Get("email"), form.Get("password"), form.Get("invitation")
}

type credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

func (c *credentials) fill(form url.Values) {
	c.Email, c.Password = form.Get("email"), form.Get("password")
}

func (h *handlers) signUp(w http.ResponseWriter, r *http.Request) {
	var in newPerson
	from, err := read(w, r, &in)
	if err != nil {
		h.fail(w, r, from, FormFailure{}, err)
		return
	}
	proof, err := h.Identity.SignUp(r.Context(), identity.NewPerson(in), h.origin(r))
	if err == nil {
		err = h.enter(w, r, proof, from, http.StatusCreated)
	}
	if err != nil {
		h.fail(w, r, from, FormFailure{Page: SignUpPage, Name: in.Name, Email: in.Email, Invitation: in.Invitation}, err)
	}
}

func (h *handlers) signIn(w http.ResponseWriter, r *http.Request) {
	var in credentials
	from, err := read(w, r, &in)
	if err != nil {
		h.fail(w, r, from, FormFailure{}, err)
		return
	}
	proof, err := h.Identity.SignIn(r.Context(), identity.Credentials(in), h.origin(r))
	if err == nil {
		err = h.enter(w, r, proof, from, http.StatusOK)
	}
	if err != nil {
		h.fail(w, r, from, FormFailure{Page: SignInPage, Email: in.Email}, err)
	}
}

// enter signs the browser in and answers.
func (h *handlers) enter(w http.ResponseWriter, r *http.Request, proof identity.Proof, from sender, status int) error {
	started, err := h.Sessions.Start(w, r, proof, h.origin(r))
	switch {
	case err != nil:
		return err
	case from.isForm:
		leave(w, r, from.destination())
	default:
		writeJSON(w, status, sessionOf(started))
	}
	return nil
}

func (h *handlers) origin(r *http.Request) identity.Origin {
	return session.OriginOf(r, h.Client)
}
