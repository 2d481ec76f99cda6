package rest

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
)

// errand is what a browser remembers of a flow that it began, so that nothing is lost when it comes to nothing: the
// flow's row is gone by then, and never held the invitation itself.
type errand struct {
	ReturnTo   string `json:"return_to,omitempty"`  // a page of ours, or ""
	Invitation string `json:"invitation,omitempty"` // that a newcomer brought, or ""
	Link       bool   `json:"link,omitempty"`
}

// errandMax is how long each text of an errand may be, in bytes: cookies must fit into a request.
const errandMax = 512

func errandOf(flow identity.NewFlow) errand {
	e := errand{Link: flow.Linker != nil}
	if len(flow.ReturnTo) <= errandMax {
		e.ReturnTo = flow.ReturnTo
	}
	if len(flow.Invitation) <= errandMax {
		e.Invitation = flow.Invitation
	}
	return e
}

// destination is where somebody goes on who is signed in already.
func (e errand) destination() string {
	if e.Link {
		return cmp.Or(e.ReturnTo, AccountPage)
	}
	return cmp.Or(e.ReturnTo, session.Home)
}

// errandCookie carries an errand to the flow's callback and nowhere else. Each flow has its own, named after its state,
// so that tabs don't disturb each other; it lives as long as the flow.
type errandCookie struct{ secure bool }

func (h *handlers) errand() errandCookie { return errandCookie{h.Secure} }

func (c errandCookie) name(state string) string {
	hash := sha256.Sum256([]byte(state))
	name := "errand-" + base64.RawURLEncoding.EncodeToString(hash[:12])
	if c.secure {
		return "__Secure-" + name
	}
	return name
}

func (c errandCookie) give(w http.ResponseWriter, state string, e errand) error {
	value, err := json.Marshal(e)
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{
		Name: c.name(state), Value: base64.RawURLEncoding.EncodeToString(value), Path: callbackPath, MaxAge: int(identity.FlowLife.Seconds()),
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	return nil
}

// read is the errand of the flow with that state; false for a flow that this browser didn't begin, or too long ago.
// What it says is held against the same rules as what an address says.
func (c errandCookie) read(r *http.Request, state string) (e errand, ok bool) {
	cookie, err := r.Cookie(c.name(state))
	if err != nil {
		return errand{}, false
	}
	value, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(value, &e) != nil {
		return errand{}, false
	}
	if e.ReturnTo != "" {
		e.ReturnTo = session.ReturnTo(e.ReturnTo)
	}
	return e, true
}
