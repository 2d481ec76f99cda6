package welcome

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

// verify asks before it confirms: only the button's POST changes anything, and only for who is signed in as the link's
// own person.
func (h Handlers) verify(w http.ResponseWriter, r *http.Request) error {
	secret := r.URL.Query().Get("token")
	found, err := h.Identity.FindVerification(r.Context(), secret)
	confirmed, ok := confirmedEmail(r)
	switch over := problem.Is(err, problem.NotFound); {
	case over && ok:
		return ui.Render(w, r, http.StatusOK, verifiedAlreadyPage(confirmed))
	case over:
		return ui.Render(w, r, http.StatusNotFound, verifyFailedPage(form{Failure: ui.Failure{Reason: problem.From(err)}}))
	case err != nil:
		return err
	}
	return ui.Render(w, r, http.StatusOK, verifyPageFor(r, secret, found))
}

// confirmedEmail is the e-mail of who is signed in, if it is confirmed. A link that is over leaves nothing behind that
// tells whose it was, so all that its page says is about who opens it.
func confirmedEmail(r *http.Request) (email string, ok bool) {
	who, signedIn := session.From(r.Context())
	return who.Person.Email, signedIn && who.Person.EmailVerified
}

// verifyAgain is the page of a link that wasn't used up, or why there is none.
func (h Handlers) verifyAgain(r *http.Request, f form) templ.Component {
	switch f.Reason.Code {
	case "link_over":
		if confirmed, ok := confirmedEmail(r); ok {
			return verifiedAlreadyPage(confirmed)
		}
	case "signed_out", "another_account":
		if found, err := h.Identity.FindVerification(r.Context(), f.Token); err == nil {
			return verifyPageFor(r, f.Token, found)
		}
	}
	return verifyFailedPage(f)
}

// verifyPageFor is the page of a link that works, for whoever opens it.
func verifyPageFor(r *http.Request, secret string, found identity.MailToken) templ.Component {
	f := form{Token: secret, Email: found.Email, Name: found.Name, ReturnTo: "/verify?token=" + url.QueryEscape(secret)}
	switch who, signedIn := session.From(r.Context()); {
	case !signedIn:
		return verifyAsGuestPage(f)
	case who.Person.ID != found.PersonID:
		return verifyAsAnotherPage(f, who.Person.Name)
	default:
		f.Changes = who.Person.Email != found.Email
		return verifyPage(f)
	}
}

func verifyDone(w http.ResponseWriter, r *http.Request) error {
	_, signedIn := session.From(r.Context())
	return ui.Render(w, r, http.StatusOK, verifyDonePage(signedIn))
}
