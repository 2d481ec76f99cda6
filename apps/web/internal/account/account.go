// Package account is a person's own account: what they are called, how they sign in, where they are signed in, what
// happened, and the way out.
//
// Every form is sent to a path of its own beneath /account and leads back to the page, with a notice, or, when
// something is wrong with it, draws the page again with what was typed. The rules stand in package identity.
package account

import (
	"net/http"
	"net/netip"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

const home = "/account"

// Handlers are the pages and forms of the account.
type Handlers struct {
	Identity *identity.Service
	Sessions *session.Sessions
	API      *kanbanapi.Client              // as the person who is asking
	Client   func(*http.Request) netip.Addr // the client's address
}

// Register adds the routes. All of them are for signed-in people only.
func (h Handlers) Register(mux *http.ServeMux) {
	mux.Handle("GET /account", ui.Handle(h.show))
	for form, do := range map[string]func(http.ResponseWriter, *http.Request, identity.Self) error{
		nameForm: h.changeName, emailForm: h.changeEmail, verifyForm: h.sendVerification, passwordForm: h.changePassword,
		avatarForm: h.setAvatar, noAvatarForm: h.removeAvatar, unlinkForm: h.unlink,
		sessionForm: h.endSession, othersForm: h.endOthers,
		noKeysForm: h.turnKeysOff, keysForm: h.turnKeysOn,
	} {
		mux.Handle("POST /account/"+form, ui.Handle(h.form(form, do)))
		mux.Handle("GET /account/"+form, ui.Handle(toAccount)) // when somebody asks for it by hand after it failed
	}
	mux.Handle("GET /account/delete", ui.Handle(h.askDeletion))
	mux.Handle("POST /account/delete", ui.Handle(h.delete))
	mux.Handle("GET /account/again", ui.Handle(h.askAgain))
	mux.Handle("POST /account/again", ui.Handle(h.signInAgain))
	mux.Handle("GET /account/activity", ui.Handle(h.activity))
}

// The forms, each by the last part of its path.
const (
	nameForm     = "name"
	emailForm    = "email"
	verifyForm   = "verify"
	passwordForm = "password"
	avatarForm   = "avatar"
	noAvatarForm = "avatar-remove"
	linkForm     = "link" // is begun in /api/auth, and ends there
	unlinkForm   = "unlink"
	sessionForm  = "session-end"
	othersForm   = "sessions-end"
	noKeysForm   = "keys-off"
	keysForm     = "keys-on"
)

// done are the notices after a form that did its work, by the query that the page is led back to with.
var done = map[string]string{
	nameForm:     "Your name is changed.",
	emailForm:    "We have sent a link to that address. It becomes yours here once you follow the link.",
	verifyForm:   "We have sent you a link. Follow it to verify your e-mail.",
	passwordForm: "Your password is saved. Everywhere else you have been signed out.",
	avatarForm:   "Your picture is saved.",
	noAvatarForm: "Your picture is removed.",
	linkForm:     "That account is linked. It is one more way in.",
	unlinkForm:   "That account is no longer a way in. Everywhere else you have been signed out.",
	sessionForm:  "That session has ended.",
	othersForm:   "You are signed out everywhere else.",
	noKeysForm:   "Single-key shortcuts are off, wherever you are signed in.",
	keysForm:     "Single-key shortcuts are on again.",
	againForm:    "Thank you. For ten minutes from signing in, you can change how you get into your account.",
}

// form runs what a form is for, and answers.
func (h Handlers) form(name string, do func(http.ResponseWriter, *http.Request, identity.Self) error) ui.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		self := h.self(r)
		err := do(w, r, self)
		if err == nil {
			h.Sessions.Changes().Person(self.PersonID) // so that the next page shows it, whoever hears of it when
			return ui.Seen(w, r, home+"?done="+name)
		}
		if failed, ok := ui.Retry(r, name, err); ok {
			return h.render(w, r, failed)
		}
		return err
	}
}

func (h Handlers) self(r *http.Request) identity.Self {
	current, _ := session.From(r.Context())
	return identity.Self{PersonID: current.Person.ID, SessionID: current.ID, From: session.OriginOf(r, h.Client)}
}

func toAccount(w http.ResponseWriter, r *http.Request) error { return ui.Seen(w, r, home) }
