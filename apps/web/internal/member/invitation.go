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
	made, err := h.send(r, wanted.Email, func() (kanbanapi.Invitation, error) { return h.API.Invite(r.Context(), board, wanted) })
	return h.answer(w, r, board, inviteForm, rowID(made.Id), 0, err)
}

func (h Handlers) sendAgain(w http.ResponseWriter, r *http.Request) error {
	board, id, err := ui.ReadFormOf(w, r, "invitation")
	if err != nil {
		return err
	}
	to, err := h.invited(r, board, id)
	if err == nil {
		_, err = h.send(r, to, func() (kanbanapi.Invitation, error) { return h.API.RenewInvitation(r.Context(), board, id) })
	}
	return h.answer(w, r, board, rowID(id), rowID(id), 0, err)
}

// invited is whom an invitation waits for: a form can't be asked whose mails are to be counted. Of one that waits no more the api says so.
func (h Handlers) invited(r *http.Request, board, id uuid.UUID) (email string, err error) {
	waiting, err := h.API.Invitations(r.Context(), board)
	for _, i := range waiting.Items {
		if i.Id == id {
			return i.Email, err
		}
	}
	return "", err
}

// send has an invitation made by invite, and mailed, where mails can be sent.
func (h Handlers) send(r *http.Request, to string, invite func() (kanbanapi.Invitation, error)) (made kanbanapi.Invitation, err error) {
	s, ok := session.From(r.Context())
	if h.Mail == nil || !ok {
		return invite()
	}
	err = h.Mail(r.Context(), to, func() (identity.BoardMail, error) {
		made, err = invite()
		return identity.BoardMail{By: s.Person.ID, Board: made.BoardId, Invitation: made.Id, SentAt: made.SentAt}, err
	})
	return made, err
}

// makeLink shows a link to pass on by hand. It takes the place of those that are out.
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
