// Package welcome is what a guest sees: the landing page, and the forms for signing in and up.
//
// The forms are sent to /api/auth, which package identity/rest answers; when it refuses one, it has
// [FormFailed] draw the page again.
package welcome

import (
	"net/http"

	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// Register adds the pages. The landing page is for everybody; the server sends a signed-in person away from
// the other two.
func Register(mux *http.ServeMux) {
	mux.Handle("GET /{$}", ui.Handle(landing))
	mux.Handle("GET /sign-in", ui.Handle(signIn))
	mux.Handle("GET /sign-up", ui.Handle(signUp))
}

// FormFailed draws the page of a refused form again, with what was typed and the reason.
func FormFailed(w http.ResponseWriter, r *http.Request, f rest.FormFailure) {
	form := form{Name: f.Name, Email: f.Email, ReturnTo: f.ReturnTo, Reason: f.Problem}
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

func landing(w http.ResponseWriter, r *http.Request) error {
	_, signedIn := session.From(r.Context())
	return ui.Render(w, r, http.StatusOK, landingPage(signedIn))
}

func signIn(w http.ResponseWriter, r *http.Request) error {
	return ui.Render(w, r, http.StatusOK, signInPage(form{ReturnTo: returnTo(r)}))
}

func signUp(w http.ResponseWriter, r *http.Request) error {
	return ui.Render(w, r, http.StatusOK, signUpPage(form{ReturnTo: returnTo(r)}))
}

// returnTo is where the guest was going, made safe; "" when they came of themselves.
func returnTo(r *http.Request) string {
	if raw := r.URL.Query().Get("return_to"); raw != "" {
		return session.ReturnTo(raw)
	}
	return ""
}

// form is what the sign-in and sign-up pages show in their fields.
type form struct {
	Name, Email, ReturnTo string
	Reason                *problem.Error // nil for a fresh form
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
func (f form) other(path string) string {
	if f.ReturnTo == "" {
		return path
	}
	return path + "?" + query("return_to", f.ReturnTo)
}
