// Package welcome is what a guest sees: the landing page, the forms for signing in and up, with the buttons of the
// providers, and the pages that links in mails lead to.
//
// The forms and the buttons lead to /api/auth, which package identity/rest answers; when it refuses one, it has
// [Handlers.FormFailed] draw the page again.
package welcome

import (
	"net/http"

	"github.com/a-h/templ"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// Handlers draw the pages of one Cardwall: its ways in, whether it takes new people, and whether it can send mails.
type Handlers struct{ Identity *identity.Service }

// Register adds the pages. The landing page and those that mails lead to are for everybody; the server sends a
// signed-in person away from the others.
func (h Handlers) Register(mux *http.ServeMux) {
	mux.Handle("GET /{$}", ui.Handle(h.landing))
	mux.Handle("GET /sign-in", ui.Handle(h.signIn))
	mux.Handle("GET /sign-up", ui.Handle(h.signUp))
	mux.Handle("GET /forgotten", ui.Handle(h.forgotten))
	mux.Handle("GET /forgotten/sent", ui.Handle(forgottenSent))
	mux.Handle("GET /reset", rest.Discreet(ui.Handle(h.reset)))
	mux.Handle("GET /reset/done", ui.Handle(resetDone))
	mux.Handle("GET /verify", rest.Discreet(ui.Handle(h.verify)))
	mux.Handle("GET /verify/done", ui.Handle(verifyDone))
}

// FormFailed draws the page of a refused form again, with what was typed and the reason.
func (h Handlers) FormFailed(w http.ResponseWriter, r *http.Request, f rest.FormFailure) {
	page := h.again(r, f)
	ui.CSP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := ui.Render(w, r, f.Problem.Kind.Status(), page); err != nil {
			httpserver.Fail(w, r, err)
		}
	})).ServeHTTP(w, r)
}

// again is the page of a refused form.
func (h Handlers) again(r *http.Request, f rest.FormFailure) templ.Component {
	form := h.form(r)
	form.Name, form.Email, form.Token, form.ReturnTo, form.Invitation = f.Name, f.Email, f.Token, f.ReturnTo, f.Invitation
	form.Failure = ui.Failure{Form: f.Page, Reason: f.Problem}
	switch f.Page {
	case rest.SignUpPage:
		return signUpPage(form)
	case rest.ForgottenPage:
		return forgottenPage(form, h.Identity.CanMail())
	case rest.ResetPage:
		return h.resetAgain(r, form)
	case rest.VerifyPage:
		return h.verifyAgain(r, form)
	default:
		return signInPage(form)
	}
}

func (h Handlers) landing(w http.ResponseWriter, r *http.Request) error {
	_, signedIn := session.From(r.Context())
	return ui.Render(w, r, http.StatusOK, landingPage(signedIn, h.form(r).takesNew()))
}

func (h Handlers) signIn(w http.ResponseWriter, r *http.Request) error {
	return ui.Render(w, r, http.StatusOK, signInPage(h.form(r)))
}

func (h Handlers) signUp(w http.ResponseWriter, r *http.Request) error {
	form := h.form(r)
	if form.Invitation != "" {
		invited, err := h.Identity.FindInvitation(r.Context(), form.Invitation)
		if err != nil && !problem.Is(err, problem.NotFound) { // one that is over, the form's answer tells
			return err
		}
		form.Email = invited.Email
	}
	return ui.Render(w, r, http.StatusOK, signUpPage(form))
}

// form is a fresh one, with what the page's address brought.
func (h Handlers) form(r *http.Request) form {
	return form{
		Host: r.Host, Doors: doors(h.Identity.Providers()), Mode: h.Identity.SignUpMode(), PasswordTakes: h.Identity.PasswordTakes,
		ReturnTo: returnTo(r), Invitation: r.URL.Query().Get("invitation"),
	}
}

// returnTo is where the guest was going, made safe; "" when they came of themselves.
func returnTo(r *http.Request) string {
	if raw := r.URL.Query().Get("return_to"); raw != "" {
		return session.ReturnTo(raw)
	}
	return ""
}
