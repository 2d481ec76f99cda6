package member

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// inviteForm is the name of the form that invites, and its field's id.
const inviteForm = "invite"

func (h Handlers) invite(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	wanted := kanbanapi.NewInvitation{Email: ui.Line(r.PostForm.Get("email")), Role: kanbanapi.Role(r.PostForm.Get("role"))}
	made, err := h.API.Invite(r.Context(), board, wanted)
	if err == nil {
		err = h.send(r, board, made.Id)
	}
	return h.answer(w, r, board, inviteForm, rowID(made.Id), 0, err)
}

func (h Handlers) sendAgain(w http.ResponseWriter, r *http.Request) error {
	board, id, err := ui.ReadFormOf(w, r, "invitation")
	if err != nil {
		return err
	}
	_, err = h.API.RenewInvitation(r.Context(), board, id)
	if err == nil {
		err = h.send(r, board, id)
	}
	return h.answer(w, r, board, rowID(id), rowID(id), 0, err)
}

// send has the mail sent, where one can be.
func (h Handlers) send(r *http.Request, board, invitation uuid.UUID) error {
	s, ok := session.From(r.Context())
	if h.Mail == nil || !ok {
		return nil
	}
	return h.Mail(r.Context(), s.Person.ID, board, invitation)
}

// makeLink shows a link to pass on by hand. It takes the place of the one in the mail.
func (h Handlers) makeLink(w http.ResponseWriter, r *http.Request) error {
	board, id, err := ui.ReadFormOf(w, r, "invitation")
	if err != nil {
		return err
	}
	sealed, err := h.API.SealInvitation(r.Context(), board, id)
	if err != nil {
		return h.answer(w, r, board, rowID(id), rowID(id), 0, err)
	}
	link, err := h.PublicURL.Parse(identity.BoardInvitationPath(sealed.Secret))
	if err != nil {
		return err
	}
	return h.render(w, r, board, view{Link: link.String(), LinkOf: id})
}

func (h Handlers) withdraw(w http.ResponseWriter, r *http.Request) error {
	board, id, err := ui.ReadFormOf(w, r, "invitation")
	if err != nil {
		return err
	}
	_, err = h.API.WithdrawInvitation(r.Context(), board, id)
	return h.answer(w, r, board, rowID(id), "invitations", 0, err)
}
