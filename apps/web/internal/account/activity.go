package account

import (
	"net/http"
	"net/netip"
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
	return ui.Render(w, r, http.StatusOK, activityPage(events, next, labelsOf(h.Identity.Providers())))
}

// sentences tell what happened as its person would.
var sentences = map[identity.EventKind]func(identity.Event, labels) string{
	identity.EventSignedUp:     always("Account created"),
	identity.EventSignedIn:     func(e identity.Event, l labels) string { return "Signed in" + l.through(e) },
	identity.EventSignInFailed: func(e identity.Event, _ labels) string { return refusedSignIn(e.Reason) },
	identity.EventSignedOut:    func(e identity.Event, _ labels) string { return ending(e.Ending) },
	identity.EventLinked:       func(e identity.Event, l labels) string { return l.of(e.Provider, e.Issuer) + " was linked" },
	identity.EventLinkFailed: func(e identity.Event, l labels) string {
		return l.of(e.Provider, e.Issuer) + " was not linked" + because(e.Reason)
	},
	identity.EventUnlinked:         unlinked,
	identity.EventStripped:         always("E-mail taken away: somebody else has verified it"),
	identity.EventNameChanged:      always("Name changed"),
	identity.EventAvatarChanged:    always("Picture changed"),
	identity.EventAvatarRemoved:    always("Picture removed"),
	identity.EventKeysOff:          always("Single-key shortcuts turned off"),
	identity.EventKeysOn:           always("Single-key shortcuts turned on"),
	identity.EventPasswordChanged:  always("Password changed"),
	identity.EventPasswordSet:      always("Password set"),
	identity.EventPasswordReset:    always("Password reset by a link in a mail"),
	identity.EventEmailChangeAsked: always("Change of e-mail asked for"),
	identity.EventEmailVerified:    always("E-mail verified"),
	identity.EventDisabled:         always("Account disabled by whoever runs this Cardwall"),
	identity.EventEnabled:          always("Account enabled again by whoever runs this Cardwall"),
	identity.EventDeleted:          always("Account deleted"),
}

func always(sentence string) func(identity.Event, labels) string {
	return func(identity.Event, labels) string { return sentence }
}

// sentence tells an event; one of a kind that isn't known here, by its own word.
func sentence(e identity.Event, l labels) string {
	if tell, ok := sentences[e.What]; ok {
		return tell(e, l)
	}
	return strings.ReplaceAll(string(e.What), "_", " ")
}

func unlinked(e identity.Event, l labels) string {
	if e.Provider == "" {
		return "All other ways in removed with the password's reset"
	}
	return l.of(e.Provider, e.Issuer) + " was unlinked"
}

func refusedSignIn(why identity.Refusal) string {
	switch why {
	case identity.RefusedPassword:
		return "Failed sign-in: wrong password"
	case identity.RefusedProof:
		return "Wrong password given while signed in"
	case identity.RefusedOvertaken:
		return "Refused sign-in: the way in was changed meanwhile"
	case identity.RefusedDisabled:
		return "Refused sign-in: the account is disabled"
	default:
		return "Failed sign-in"
	}
}

// because is why an account wasn't linked, as far as it is worth telling.
func because(why identity.Refusal) string {
	switch why {
	case identity.RefusedByProvider:
		return ": it did not say who you are"
	case identity.RefusedAway:
		return ": it could not be reached"
	case identity.RefusedTaken:
		return ": that account is the way in for somebody else"
	case identity.RefusedSession, identity.RefusedSignedOut:
		return ": your session ended or was renewed meanwhile"
	default:
		return ""
	}
}

func ending(why identity.Ending) string {
	switch why {
	case identity.EndedFromList:
		return "Session ended from the list"
	case identity.EndedWithOthers:
		return "Signed out everywhere else"
	case identity.EndedByPassword, identity.EndedByReset:
		return "Signed out because the password changed"
	case identity.EndedAnew:
		return "Signed in anew in the same browser"
	case identity.EndedByEmail:
		return "Signed out because the e-mail changed"
	case identity.EndedByUnlinking:
		return "Signed out because an account was unlinked"
	case identity.EndedByDisabling:
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
