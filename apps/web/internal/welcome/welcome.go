// Package welcome is what a guest sees: the landing page, the forms for signing in and up, with the buttons of the
// providers, and the pages that links in mails lead to.
//
// The forms and the buttons lead to /api/auth, which package identity/rest answers; when it refuses one, it has
// [Handlers.FormFailed] draw the page again.
package welcome

import (
	"net/http"
	"net/url"

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
	form.Name, form.Email, form.Token, form.ReturnTo, form.Invitation, form.Reason = f.Name, f.Email, f.Token, f.ReturnTo, f.Invitation, f.Problem
	switch f.Page {
	case "/sign-up":
		return signUpPage(form)
	case "/forgotten":
		return forgottenPage(form, h.Identity.CanMail())
	case "/reset":
		return h.resetAgain(r, form)
	case "/verify":
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
	return ui.Render(w, r, http.StatusOK, signUpPage(h.form(r)))
}

// form is a fresh one, with what the page's address brought.
func (h Handlers) form(r *http.Request) form {
	return form{
		Host: r.Host, Doors: doors(h.Identity.Providers()), Mode: h.Identity.SignUpMode(), ByInvitation: h.Identity.PasswordNeedsInvitation(),
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

// form is what the pages show.
type form struct {
	Host                              string // that people know this Cardwall by
	Doors                             []door
	Mode                              identity.SignUpMode
	ByInvitation                      bool // a password is only for whoever brings one
	Name, Email, ReturnTo, Invitation string
	Token                             string         // the secret of the link that led here
	Reason                            *problem.Error // nil for a fresh form
}

// takesNew reports whether the page offers to sign up.
func (f form) takesNew() bool {
	return f.takesPassword() || f.Mode == identity.SignUpOpen && len(f.Doors) > 0
}

// takesPassword reports whether it offers to do so with a password.
func (f form) takesPassword() bool {
	return f.Mode != identity.SignUpClosed && (!f.ByInvitation || f.Invitation != "")
}

// noEntry is what somebody new reads here who can't sign up.
func (f form) noEntry() string {
	if f.Mode != identity.SignUpClosed {
		return "This Cardwall takes new people by invitation. Ask whoever runs it for one, and follow its link."
	}
	return "This Cardwall takes nobody new just now. If you think it should, ask whoever runs it."
}

// fault is the sentence about one field, or "".
func (f form) fault(field string) string {
	if f.Reason == nil {
		return ""
	}
	for _, wrong := range f.Reason.Fields {
		if wrong.Field == field {
			return wrong.Detail
		}
	}
	return ""
}

// begins reports whether somebody who signs up goes on at a field: the first that is wrong, or was left empty.
func (f form) begins(field string) bool {
	switch {
	case f.fault("name") != "" || f.Name == "":
		return field == "name"
	case f.fault("email") != "" || f.Email == "":
		return field == "email"
	default:
		return field == "password"
	}
}

// alert is the reason when no field of the form says it already.
func (f form) alert() string {
	if f.Reason == nil || len(f.Reason.Fields) > 0 && f.knows() {
		return ""
	}
	return f.Reason.Detail
}

func (f form) knows() bool {
	return f.fault("name") != "" || f.fault("email") != "" || f.fault("password") != ""
}

// other is the address of the other form, with the same way on.
func (f form) other(path string) string { return address(path, f) }

// address is a path with what must not get lost on the way.
func address(path string, f form) string {
	query := url.Values{}
	if f.ReturnTo != "" {
		query.Set("return_to", f.ReturnTo)
	}
	if f.Invitation != "" {
		query.Set("invitation", f.Invitation)
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
