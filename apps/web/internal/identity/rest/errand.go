package rest

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
)

// errand is what a browser remembers of a flow that it began, so that nothing is lost when it comes to nothing: the
// flow's row is gone by then, and never held the invitation itself.
type errand struct {
	Purpose    identity.Purpose `json:"purpose,omitempty"`    // "" is ToSignIn
	ReturnTo   string           `json:"return_to,omitempty"`  // a page of ours, or ""
	Invitation string           `json:"invitation,omitempty"` // that a newcomer brought, or ""
	Linked     bool             `json:"linked,omitempty"`     // the link is there
}

// Cookies must fit into a request, and many proxies take 8 KiB of them. Flows are easily left: another site can have a
// browser begin any number.
const (
	errandMax   = 256 // bytes of each text of an errand
	errandsMost = 8   // errands that a browser remembers, the last
)

// holdsSecret reports whether a page of ours is a link that was mailed: its secret is for the browser's cookie alone, as
// the database has no more of it than a hash.
func holdsSecret(page string) bool {
	u, err := url.Parse(page)
	return err != nil || u.Path == VerifyPage || u.Query().Has("token") || u.Query().Has("invitation")
}

func errandOf(flow identity.NewFlow) errand {
	e := errand{Purpose: flow.Purpose}
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
	if e.fromAccount() {
		return cmp.Or(e.ReturnTo, AccountPage)
	}
	return cmp.Or(e.ReturnTo, session.Home)
}

// fromAccount reports whether somebody left who was signed in, to link or to prove.
func (e errand) fromAccount() bool {
	return e.Purpose == identity.ToLink || e.Purpose == identity.ToProve
}

// failure is the page that the flow began on, with what was brought there.
func (e errand) failure() FormFailure {
	if e.fromAccount() {
		return FormFailure{Page: AccountPage, ReturnTo: e.ReturnTo}
	}
	return FormFailure{Page: SignInPage, ReturnTo: e.ReturnTo, Invitation: e.Invitation}
}

// errandCookie carries an errand to the flow's callback. Each flow has its own, named after its state, so that tabs don't
// disturb each other; it lives as long as the flow. The way there sees them too, to make room.
type errandCookie struct{ secure bool }

func (h *handlers) errand() errandCookie { return errandCookie{h.Secure} }

func (c errandCookie) name(state string) string {
	hash := sha256.Sum256([]byte(state))
	return c.prefix() + base64.RawURLEncoding.EncodeToString(hash[:12])
}

func (c errandCookie) prefix() string {
	if c.secure {
		return "__Secure-errand-"
	}
	return "errand-"
}

func (c errandCookie) give(w http.ResponseWriter, r *http.Request, state string, e errand) error {
	c.makeRoom(w, r)
	return c.keep(w, state, e)
}

func (c errandCookie) keep(w http.ResponseWriter, state string, e errand) error {
	var value bytes.Buffer
	plain := json.NewEncoder(&value)
	plain.SetEscapeHTML(false) // it would make six bytes of each &
	if err := plain.Encode(e); err != nil {
		return err
	}
	http.SetCookie(w, c.cookie(c.name(state), base64.RawURLEncoding.EncodeToString(bytes.TrimSpace(value.Bytes())), int(identity.FlowLife.Seconds())))
	return nil
}

// makeRoom for one more. Browsers send the oldest first (RFC 6265 §5.4).
func (c errandCookie) makeRoom(w http.ResponseWriter, r *http.Request) {
	all := slices.DeleteFunc(r.Cookies(), func(one *http.Cookie) bool { return !strings.HasPrefix(one.Name, c.prefix()) })
	for _, old := range all[:max(0, len(all)-errandsMost+1)] {
		http.SetCookie(w, c.cookie(old.Name, "", -1))
	}
}

func (c errandCookie) cookie(name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/api/auth/", MaxAge: maxAge,
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
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
