package member

import (
	"net/http"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// leaveForm is the name of the form by which one leaves.
const leaveForm = "leave"

func (h Handlers) changeRole(w http.ResponseWriter, r *http.Request) error {
	board, person, err := ui.ReadFormOf(w, r, "person")
	if err != nil {
		return err
	}
	changed, err := h.API.ChangeRole(r.Context(), board, person, kanbanapi.Role(r.PostForm.Get("role")))
	return h.answer(w, r, board, rowID(person), rowID(person), changed.Seq, err)
}

func (h Handlers) remove(w http.ResponseWriter, r *http.Request) error {
	board, person, err := ui.ReadFormOf(w, r, "person")
	if err != nil {
		return err
	}
	seq, err := h.API.RemoveMember(r.Context(), board, person)
	return h.answer(w, r, board, rowID(person), "members", seq, err)
}

func (h Handlers) handOver(w http.ResponseWriter, r *http.Request) error {
	board, person, err := ui.ReadFormOf(w, r, "person")
	if err != nil {
		return err
	}
	_, err = h.API.HandOver(r.Context(), board, person)
	return h.answer(w, r, board, rowID(person), rowID(person), 0, err)
}

func (h Handlers) leave(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	if _, err := h.API.LeaveBoard(r.Context(), board); err != nil {
		return h.answer(w, r, board, leaveForm, leaveForm, 0, err)
	}
	return ui.Seen(w, r, address.Boards)
}

// roles are those that there are, as they are offered.
var roles = []kanbanapi.Role{kanbanapi.Owner, kanbanapi.Editor, kanbanapi.Viewer}

// called is a role as it is shown.
func called(role kanbanapi.Role) string {
	switch role {
	case kanbanapi.Owner:
		return "Owner"
	case kanbanapi.Editor:
		return "Editor"
	default:
		return "Viewer"
	}
}

// a is a role in a sentence.
func a(role kanbanapi.Role) string {
	if role == kanbanapi.Viewer {
		return "a viewer"
	}
	return "an " + string(role)
}
