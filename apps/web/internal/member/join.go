package member

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// invitation is where an invitation's link leads. A guest learns nothing of it but that they are to sign in: what it is for, the api tells
// to people alone.
func (h Handlers) invitation(w http.ResponseWriter, r *http.Request) error {
	secret := r.URL.Query().Get("token")
	if _, signedIn := session.From(r.Context()); !signedIn {
		return ui.Render(w, r, http.StatusOK, guestPage(h.SignUp != identity.SignUpClosed, secret))
	}
	found, err := h.API.FindInvitation(r.Context(), kanbanapi.InvitationKey{Secret: &secret})
	switch {
	case over(err):
		return ui.Render(w, r, http.StatusNotFound, overPage())
	case err != nil:
		return err
	case found.Joined:
		return ui.Seen(w, r, address.Board(found.BoardId))
	}
	return ui.Render(w, r, http.StatusOK, joinPage(found, secret))
}

// back adds to the sign-in page the way back to here.
func back(secret string) string {
	return "?" + url.Values{"return_to": {identity.BoardInvitationPath(secret)}}.Encode()
}

// letIn adds to the sign-up page also what lets somebody new in.
func letIn(secret string) string {
	return back(secret) + "&" + url.Values{"invitation": {identity.BringFromBoard(secret)}}.Encode()
}

func (h Handlers) join(w http.ResponseWriter, r *http.Request) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	joined, err := h.API.AcceptInvitation(r.Context(), key(r))
	switch {
	case over(err):
		return ui.Render(w, r, http.StatusNotFound, overPage())
	case err != nil:
		return err
	}
	return ui.Seen(w, r, address.Board(joined.BoardId))
}

func (h Handlers) decline(w http.ResponseWriter, r *http.Request) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	if err := h.API.DeclineInvitation(r.Context(), key(r)); err != nil && !over(err) {
		return err
	}
	return ui.Seen(w, r, address.Boards)
}

// key is how a form names its invitation: by the link's secret, or by its id.
func key(r *http.Request) kanbanapi.InvitationKey {
	if secret := r.PostForm.Get("token"); secret != "" {
		return kanbanapi.InvitationKey{Secret: &secret}
	}
	id, err := uuid.Parse(r.PostForm.Get("invitation"))
	if err != nil {
		id = uuid.Nil // which no invitation has
	}
	return kanbanapi.InvitationKey{Id: &id}
}

// over reports whether an invitation can't be used, or can't be one.
func over(err error) bool {
	return problem.Is(err, problem.NotFound) || problem.Is(err, problem.Invalid)
}
