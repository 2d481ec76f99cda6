package account

import (
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
)

const eventsPerPage = 50

// activity shows what happened to the account. The cursor is the number of the last event of the page before.
func (h Handlers) activity(w http.ResponseWriter, r *http.Request) error {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // what is no number is the first page
	events, next, err := h.Identity.Events(r.Context(), h.self(r).PersonID, before, eventsPerPage)
	if err != nil {
		return err
	}
	return ui.Render(w, r, http.StatusOK, activityPage(events, next))
}

// sentences tell what happened; what isn't among them is told by its own word.
var sentences = map[string]string{
	"signed_up":          "Account created",
	"name_changed":       "Name changed",
	"avatar_changed":     "Picture changed",
	"avatar_removed":     "Picture removed",
	"password_changed":   "Password changed",
	"password_set":       "Password set",
	"password_reset":     "Password reset by a link in a mail",
	"email_change_asked": "Change of e-mail asked for",
	"email_verified":     "E-mail verified",
	"stripped":           "E-mail taken away: somebody else has verified it",
	"session_renewed":    "Session renewed",
	"disabled":           "Account disabled by whoever runs this Cardwall",
	"enabled":            "Account enabled again by whoever runs this Cardwall",
	"deleted":            "Account deleted",
}

// sentence tells an event as its person would.
func sentence(e identity.Event) string {
	switch e.What {
	case "signed_in":
		return "Signed in" + by(e.Details["issuer"])
	case "sign_in_failed":
		return failure(e.Details["reason"])
	case "signed_out":
		return ending(e.Details["why"])
	case "linked":
		return "Linked " + providerLabel(e.Details["provider"])
	case "unlinked":
		if e.Details["provider"] == "" {
			return "All other ways in removed with the password's reset"
		}
		return "Unlinked " + providerLabel(e.Details["provider"])
	}
	if known, ok := sentences[e.What]; ok {
		return known
	}
	return strings.ReplaceAll(e.What, "_", " ")
}

func by(issuer string) string {
	switch issuer {
	case "":
		return ""
	case identity.PasswordIssuer:
		return " with the password"
	case "https://accounts.google.com":
		return " with Google"
	case "https://github.com":
		return " with GitHub"
	}
	if u, err := url.Parse(issuer); err == nil && u.Host != "" {
		return " through " + u.Host
	}
	return ""
}

func failure(reason string) string {
	switch reason {
	case "wrong_password":
		return "Failed sign-in: wrong password"
	case "wrong_password_while_signed_in":
		return "Wrong password given while signed in"
	case "overtaken":
		return "Refused sign-in: the way in was changed meanwhile"
	case "disabled":
		return "Refused sign-in: the account is disabled"
	default:
		return "Failed sign-in"
	}
}

func ending(why string) string {
	switch why {
	case "ended from the list":
		return "Session ended from the list"
	case "all others ended", "all ended":
		return "Signed out everywhere else"
	case "password changed", "password reset":
		return "Signed out because the password changed"
	case "signed in anew":
		return "Signed in anew in the same browser"
	case "disabled":
		return "Signed out because the account was disabled"
	default:
		return "Signed out"
	}
}

// place is from where: the browser and its address; "" for what others did.
func place(e identity.Event) string {
	if e.Address == netip.IPv6Unspecified() {
		return ""
	}
	return session.Device(e.UserAgent) + " · " + e.Address.String()
}
