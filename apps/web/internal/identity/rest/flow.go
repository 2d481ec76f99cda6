package rest

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// login sends the browser to a provider. With purpose=link that is for one more way in, with purpose=prove for showing
// who somebody is that is signed in: both take a session.
func (h *handlers) login(w http.ResponseWriter, r *http.Request, provider string) {
	flow, err := newFlow(r, provider)
	if err != nil {
		h.flowFailed(w, r, FormFailure{Page: SignInPage, ReturnTo: AccountPage}, err)
		return
	}
	errand := errandOf(flow)
	if holdsSecret(flow.ReturnTo) {
		flow.ReturnTo = ""
	}
	flow.Browser = h.browser().give(w, r)
	begun, err := h.Identity.BeginFlow(r.Context(), flow, h.origin(r))
	if err == nil {
		err = h.errand().give(w, r, begun.State, errand)
	}
	if err != nil {
		h.flowFailed(w, r, failureOf(errand), err)
		return
	}
	leave(w, r, begun.Address)
}

// newFlow reads what a flow is for. It returns problem.Unauthenticated "signed_out" to a guest for what takes a session.
func newFlow(r *http.Request, provider string) (identity.NewFlow, error) {
	asked := r.URL.Query()
	flow := identity.NewFlow{Provider: provider, ReturnTo: safe(asked), Invitation: asked.Get("invitation"), Purpose: identity.Purpose(asked.Get("purpose"))}
	if flow.Purpose != identity.ToLink && flow.Purpose != identity.ToProve {
		flow.Purpose = identity.ToSignIn
		return flow, nil
	}
	current, ok := session.From(r.Context())
	if !ok {
		return flow, session.SignedOut()
	}
	flow.Leaver = &identity.Leaver{PersonID: current.Person.ID, SessionID: current.ID}
	return flow, nil
}

// callback takes the browser back. The provider gets nothing of the query but the code.
func (h *handlers) callback(w http.ResponseWriter, r *http.Request, provider string) {
	came, answered := identity.Callback{Provider: provider, Browser: h.browser().read(r)}, r.URL.Query()
	came.State, came.Code, came.Error = answered.Get("state"), answered.Get("code"), answered.Get("error")
	if current, ok := session.From(r.Context()); ok {
		came.SessionID = current.ID
	}
	done, err := h.Identity.FinishFlow(r.Context(), came, h.origin(r))
	if done.ReturnTo == "" {
		remembered, _ := h.errand().read(r, came.State)
		done.ReturnTo = remembered.ReturnTo
	}
	if err == nil {
		err = h.arrive(w, r, done)
	}
	if err != nil {
		h.comeToNothing(w, r, came, done, err)
	}
}

// comeToNothing tells why a flow led nowhere. Who is signed in by now, because the flow was used in another tab of
// this browser, goes on to where it was to lead.
func (h *handlers) comeToNothing(w http.ResponseWriter, r *http.Request, came identity.Callback, done identity.Finished, err error) {
	remembered, known := h.errand().read(r, came.State)
	_, signedIn := session.From(r.Context())
	switch code := problem.From(err).Code; {
	case code == "flow_over" && known && signedIn:
		leave(w, r, remembered.destination())
		return
	case code == "invitation_over":
		remembered.Invitation = ""
	}
	if done.Purpose != "" {
		remembered.Link, remembered.ReturnTo = done.Purpose != identity.ToSignIn, done.ReturnTo
	}
	h.flowFailed(w, r, failureOf(remembered), err)
}

// arrive signs the browser in, or sends it back to the page where it linked an account, under a new session id: what
// the session proves has changed.
func (h *handlers) arrive(w http.ResponseWriter, r *http.Request, done identity.Finished) error {
	if done.Purpose == identity.ToLink {
		if _, err := h.Sessions.Renew(w, r, h.origin(r)); err != nil {
			return err
		}
		leave(w, r, cmp.Or(done.ReturnTo, linked))
		return nil
	}
	if _, err := h.Sessions.Start(w, r, done.Proof, h.origin(r)); err != nil {
		return err
	}
	leave(w, r, cmp.Or(done.ReturnTo, session.Home))
	return nil
}

// failureOf is the page that a flow started from, with what was brought there.
func failureOf(e errand) FormFailure {
	if e.Link {
		return FormFailure{Page: AccountPage, ReturnTo: e.ReturnTo}
	}
	return FormFailure{Page: SignInPage, ReturnTo: e.ReturnTo, Invitation: e.Invitation}
}

// flowFailed answers a browser with the page that the flow is from, and why, and a program with a problem. Where that
// is the account's for a guest or the sign-in page for somebody signed in, when the session ended meanwhile, and when the
// fault is ours, it is the error page instead.
func (h *handlers) flowFailed(w http.ResponseWriter, r *http.Request, failure FormFailure, err error) {
	e := problem.From(err)
	ours := e.Kind.Status() >= http.StatusInternalServerError && !strings.HasPrefix(e.Code, "provider_")
	_, signedIn := session.From(r.Context())
	switch {
	case !strings.Contains(r.Header.Get("Accept"), "text/html"):
		httpserver.Problem(w, r, err)
	case ours, signedIn && e.Code == "signed_out", signedIn != (failure.Page == AccountPage):
		httpserver.Fail(w, r, err)
	default:
		h.drawAgain(w, r, failure, err)
	}
}

func safe(asked url.Values) string {
	if to := asked.Get("return_to"); to != "" {
		return session.ReturnTo(to)
	}
	return ""
}
