// Package welcome is what a guest sees: the landing page, and the forms for signing in and up, with the buttons of the
// providers.
//
// The forms and the buttons lead to /api/auth, which package identity/rest answers; when it refuses one, it has
// [Handlers.FormFailed] draw the page again.
package welcome

import (
	"net/http"
	"net/url"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// Handlers draw the pages of one Cardwall: its ways in, and whether it takes new people.
type Handlers struct{ Identity *identity.Service }

// Register adds the pages. The landing page is for everybody; the server sends a signed-in person away from
// the other two.
func (h Handlers) Register(mux *http.ServeMux) {
	mux.Handle("GET /{$}", ui.Handle(h.landing))
	mux.Handle("GET /sign-in", ui.Handle(h.signIn))
	mux.Handle("GET /sign-up", ui.Handle(h.signUp))
}

// FormFailed draws the page of a refused form again, with what was typed and the reason.
func (h Handlers) FormFailed(w http.ResponseWriter, r *http.Request, f rest.FormFailure) {
	form := h.form(r)
	form.Name, form.Email, form.ReturnTo, form.Invitation, form.Reason = f.Name, f.Email, f.ReturnTo, f.Invitation, f.Problem
	page := signInPage(form)
	if f.Page == "/sign-up" {
		page = signUpPage(form)
	}
	ui.CSP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := ui.Render(w, r, f.Problem.Kind.Status(), page); err != nil {
			httpserver.Fail(w, r, err)
		}
	})).ServeHTTP(w, r)
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
		Host: r.Host, Doors: doors(h.Identity.Providers()), Mode: h.Identity.SignUpMode(),
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

// form is what the sign-in and sign-up pages show.
type form struct {
	Host                              string // that people know this Cardwall by
	Doors                             []door
	Mode                              identity.SignUpMode
	Name, Email, ReturnTo, Invitation string
	Reason                            *problem.Error // nil for a fresh form
}

// takesNew reports whether the page offers to sign up.
func (f form) takesNew() bool {
	return f.Mode == identity.SignUpOpen || f.Mode == identity.SignUpInvite && f.Invitation != ""
}

// noEntry is what somebody new reads here who can't sign up.
func (f form) noEntry() string {
	if f.Mode == identity.SignUpInvite {
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
