package rest

import (
	"net/http"
	"net/url"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
)

type onlyEmail struct {
	Email string `json:"email"`
}

func (e *onlyEmail) fill(form url.Values) { e.Email = form.Get("email") }

type newPassword struct {
	Token    string `json:"token"`
	Password string `json:"password"`
}

func (p *newPassword) fill(form url.Values) {
	p.Token, p.Password = form.Get("token"), form.Get("password")
}

type onlyToken struct {
	Token string `json:"token"`
}

func (t *onlyToken) fill(form url.Values) { t.Token = form.Get("token") }

// forgotten says the same whether or not the e-mail is anybody's.
func (h *handlers) forgotten(w http.ResponseWriter, r *http.Request) {
	var in onlyEmail
	from, err := read(w, r, &in)
	if err == nil {
		err = h.Identity.Forgotten(r.Context(), in.Email, h.origin(r))
	}
	h.done(w, r, from, FormFailure{Page: ForgottenPage, Email: in.Email}, forgottenSent, err)
}

func (h *handlers) reset(w http.ResponseWriter, r *http.Request) {
	var in newPassword
	from, err := read(w, r, &in)
	if err == nil {
		err = h.Identity.ResetPassword(r.Context(), in.Token, in.Password, h.origin(r))
	}
	h.done(w, r, from, FormFailure{Page: ResetPage, Token: in.Token}, resetDone, err)
}

// verify asks who is signed in itself: a form of a guest is drawn again, and leads through the sign-in page and back.
func (h *handlers) verify(w http.ResponseWriter, r *http.Request) {
	var in onlyToken
	from, err := read(w, r, &in)
	who, signedIn := session.From(r.Context())
	switch {
	case err != nil:
	case !signedIn:
		err = session.SignedOut()
	default:
		err = h.verifyAs(w, r, who, in.Token)
	}
	h.done(w, r, from, FormFailure{Page: VerifyPage, Token: in.Token}, verifyDone, err)
}

// verifyAs also gives the session a new id where the e-mail is another than before: what it proves has changed.
func (h *handlers) verifyAs(w http.ResponseWriter, r *http.Request, who session.Session, token string) error {
	self := identity.Self{PersonID: who.Person.ID, SessionID: who.ID, From: h.origin(r)}
	changed, err := h.Identity.VerifyEmail(r.Context(), self, token)
	h.Sessions.Changes().Person(self.PersonID) // so that the next page shows it, whoever hears of it when
	if err != nil || !changed {
		return err
	}
	_, err = h.Sessions.Renew(w, r, self.From)
	return err
}

// done answers a form with the page that says so, a program with 204, and either with what went wrong.
func (h *handlers) done(w http.ResponseWriter, r *http.Request, from sender, failure FormFailure, page string, err error) {
	switch {
	case err != nil:
		h.fail(w, r, from, failure, err)
	case from.isForm:
		leave(w, r, page)
	default:
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	}
}

// Discreet is for answers to requests with a link's secret in their address or their form: no other site is to learn
// of it as the page that somebody came from.
func Discreet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
