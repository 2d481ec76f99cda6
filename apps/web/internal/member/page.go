package member

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// view is what the page of members shows.
type view struct {
	Board       kanbanapi.Board
	Members     []kanbanapi.Member
	Invitations []kanbanapi.Invitation // of those that wait, for owners
	Me          uuid.UUID
	Link        string // of an invitation, shown this once
	LinkOf      uuid.UUID
	Mails       bool // invitations are mailed
	WhoMayJoin  string
	Flash       *activity.Flash
	At          string // the row of what the form before was about: the page opens there
	Failed      ui.Failure
}

// Owns reports whether the reader decides who is on the board.
func (v view) Owns() bool { return v.Board.Role == kanbanapi.Owner }

// MayEdit reports whether the reader may change the board, and take back what they did.
func (v view) MayEdit() bool { return v.Board.MayEdit() }

// mine reports whether a member is the reader.
func (v view) mine(m kanbanapi.Member) bool { return m.Id == v.Me }

// Alone reports whether there is nobody to hand the board over to.
func (v view) Alone() bool { return len(v.Members) < 2 }

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return h.render(w, r, id, view{At: r.URL.Query().Get("at")})
}

// render draws the page with what v has already.
func (h Handlers) render(w http.ResponseWriter, r *http.Request, id uuid.UUID, v view) error {
	var err error
	if v.Board, err = h.API.Board(r.Context(), id); err != nil {
		return err
	}
	list, err := h.API.Members(r.Context(), id)
	if err != nil {
		return err
	}
	v.Members, v.Mails, v.WhoMayJoin = list.Items, h.Mail != nil, h.WhoMayJoin
	if s, ok := session.From(r.Context()); ok {
		v.Me = s.Person.ID
	}
	if v.Owns() {
		waiting, err := h.API.Invitations(r.Context(), id)
		if err != nil {
			return err
		}
		v.Invitations = waiting.Items
	}
	if v.Failed.Reason == nil {
		v.Flash = activity.Read(r, h.API, v.Board, address.Members(id))
	}
	return ui.Render(w, r, v.Failed.Status(), page(v))
}

// answer ends a form: with the page at what it was about, with the form again, or with the error that no form can mend. seq is that of
// what was done.
func (h Handlers) answer(w http.ResponseWriter, r *http.Request, board uuid.UUID, form, row string, seq int64, err error) error {
	if err == nil {
		return activity.Seen(w, r, at(board, row), seq)
	}
	if failed, ok := ui.Retry(r, form, err); ok {
		return h.render(w, r, board, view{Failed: failed})
	}
	switch problem.From(err).Code {
	case "member_not_found", "invitation_over": // somebody was quicker: the page shows how it is
		return ui.Seen(w, r, address.Members(board))
	}
	return err
}
