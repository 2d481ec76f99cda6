package rest

import (
	"cmp"
	"net/http"
	"net/url"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/problem"
)

// login sends the browser to a provider. With purpose=link that is for one more way in, with purpose=prove for showing
// who somebody is that is signed in: both take a session.
func (h *handlers) login(w http.ResponseWriter, r *http.Request, provider string) {
	flow, err := newFlow(r, provider)
	if err != nil {
		h.stop(w, r, haltOf(r, errand{ReturnTo: AccountPage}, err), err)
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
		h.stop(w, r, haltOf(r, errand, err), err)
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
	remembered, _ := h.errand().read(r, came.State)
	came.Invitation = remembered.Invitation
	done, err := h.Identity.FinishFlow(r.Context(), came, h.origin(r))
	if done.ReturnTo == "" {
		done.ReturnTo = remembered.ReturnTo
	}
	if err == nil {
		err = h.arrive(w, r, came.State, done)
	}
	if err != nil {
		h.comeToNothing(w, r, came, done, err)
	}
}

// comeToNothing tells why a flow led nowhere.
func (h *handlers) comeToNothing(w http.ResponseWriter, r *http.Request, came identity.Callback, done identity.Finished, err error) {
	remembered, ours := h.errand().read(r, came.State)
	if problem.From(err).Code == "invitation_over" {
		remembered.Invitation = ""
	}
	if done.Purpose != "" {
		remembered.Purpose, remembered.ReturnTo = done.Purpose, done.ReturnTo
	}
	why := haltOf(r, remembered, err)
	why.ours = ours
	h.stop(w, r, why, err)
}

// arrive signs the browser in, or sends it back to the page where it linked an account, under a new session id: what
// the session proves has changed.
func (h *handlers) arrive(w http.ResponseWriter, r *http.Request, state string, done identity.Finished) error {
	if done.Purpose == identity.ToLink {
		if err := h.linked(w, r, state); err != nil {
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

// linked has the browser remember that the link is there, and renews its session. When another tab has just done that,
// or the session has ended since, there is nothing left to renew, and the link is there all the same.
func (h *handlers) linked(w http.ResponseWriter, r *http.Request, state string) error {
	if remembered, ok := h.errand().read(r, state); ok {
		remembered.Linked = true
		if err := h.errand().keep(w, state, remembered); err != nil {
			return err
		}
	}
	if _, err := h.Sessions.Renew(w, r, h.origin(r)); err != nil && !problem.Is(err, problem.Unauthenticated) {
		return err
	}
	return nil
}

func safe(asked url.Values) string {
	if to := asked.Get("return_to"); to != "" {
		return session.ReturnTo(to)
	}
	return ""
}
