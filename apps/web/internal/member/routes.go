package member

import (
	"context"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Handlers are the pages and forms of members and invitations.
type Handlers struct {
	API       *kanbanapi.Client // as the person who is asking: the token comes from the request's session
	Mail      Mail              // nil where no mail can be sent
	PublicURL *url.URL          // the origin that links lead to

	SignUp     identity.SignUpMode // who may become a person here
	WhoMayJoin string              // says so, for who invites, where not everybody may; or ""
}

// Mail has an invitation made by invite, and mailed to an e-mail.
type Mail func(ctx context.Context, to string, invite func() (identity.BoardMail, error)) error

const members = "/boards/{board}/members"

// Register adds the routes for signed-in people. Each form answers with the page of members.
func (h Handlers) Register(mux ui.Mux) {
	mux.Handle("GET "+members, ui.Handle(h.show))
	for form, handle := range map[string]ui.HandlerFunc{
		"/{person}/role":                     h.changeRole,
		"/{person}/remove":                   h.remove,
		"/{person}/hand-over":                h.handOver,
		"/leave":                             h.leave,
		"/invite":                            h.invite,
		"/invitations/{invitation}/again":    h.sendAgain,
		"/invitations/{invitation}/link":     h.makeLink,
		"/invitations/{invitation}/withdraw": h.withdraw,
	} {
		mux.Handle("POST "+members+form, ui.Handle(handle))
		mux.Handle("GET "+members+form, ui.Handle(toMembers)) // by hand, after one failed
	}
	mux.Handle("POST "+identity.BoardInvitationPage+"/join", rest.Discreet(ui.Handle(h.join)))
	mux.Handle("POST "+identity.BoardInvitationPage+"/decline", rest.Discreet(ui.Handle(h.decline)))
	for _, form := range []string{"/join", "/decline"} {
		mux.Handle("GET "+identity.BoardInvitationPage+form, ui.Handle(toBoards))
	}
}

// RegisterPublic adds the page that an invitation's link leads to, for guests too.
func (h Handlers) RegisterPublic(mux ui.Mux) {
	mux.Handle("GET "+identity.BoardInvitationPage, rest.Discreet(ui.Handle(h.invitation)))
}

func toMembers(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return ui.Seen(w, r, address.Members(id))
}

func toBoards(w http.ResponseWriter, r *http.Request) error { return ui.Seen(w, r, address.Boards) }

func personPath(board, person uuid.UUID) string {
	return address.Members(board) + "/" + person.String()
}

func invitationPath(board, invitation uuid.UUID) string {
	return address.Members(board) + "/invitations/" + invitation.String()
}

// rowID is a member's or an invitation's row on the page, and the name of its forms.
func rowID(id uuid.UUID) string { return "member-" + id.String() }

// at is the page, opened at one of its rows.
func at(board uuid.UUID, row string) string {
	return address.Members(board) + "?" + url.Values{"at": {row}}.Encode()
}
