package rest

import (
	"net/http"
	"strings"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// outcome is what becomes of whoever set out for a provider and got nowhere.
type outcome int

const (
	toldAsProgram outcome = iota // a problem document
	ledOn                        // to where the flow was to lead: they are signed in by now, by another tab
	linkDropped                  // the account's page, which says that nothing was linked
	drawnAgain                   // the page that the flow began on, and why
	turnedAway                   // the error page
)

// halt is a flow that leads no further, there or back.
type halt struct {
	why      *problem.Error
	errand   errand
	ours     bool // the browser remembers the errand: it came back with a flow that it began itself
	signedIn bool
	program  bool // no browser
}

func haltOf(r *http.Request, e errand, err error) halt {
	_, signedIn := session.From(r.Context())
	return halt{why: problem.From(err), errand: e, signedIn: signedIn, program: !strings.Contains(r.Header.Get("Accept"), "text/html")}
}

func (h halt) outcome() outcome {
	switch {
	case h.usedUp() && h.errand.Purpose == identity.ToLink && !h.errand.Linked:
		return linkDropped
	case h.usedUp():
		return ledOn
	case h.program:
		return toldAsProgram
	case h.fault(), h.misplaced():
		return turnedAway
	}
	return drawnAgain
}

// usedUp reports whether a flow of this browser's is over, and somebody is signed in in it: another tab has used it, or
// a link that was begun was dropped.
func (h halt) usedUp() bool { return h.why.Code == "flow_over" && h.ours && h.signedIn }

// fault reports whether it is our own, and no provider's.
func (h halt) fault() bool {
	return h.why.Kind.Status() >= http.StatusInternalServerError && !strings.HasPrefix(h.why.Code, "provider_")
}

// misplaced reports whether the page that the flow began on isn't for who is there now: the account's for a guest, or the
// sign-in page for somebody signed in, or any when the session has ended meanwhile.
func (h halt) misplaced() bool {
	return h.signedIn && h.why.Code == "signed_out" || h.signedIn != (h.errand.failure().Page == AccountPage)
}

func (h *handlers) stop(w http.ResponseWriter, r *http.Request, why halt, err error) {
	switch why.outcome() {
	case ledOn:
		leave(w, r, why.errand.destination())
	case linkDropped:
		h.drawAgain(w, r, FormFailure{Page: AccountPage}, linkOver().Because(err))
	case toldAsProgram:
		httpserver.Problem(w, r, err)
	case turnedAway:
		httpserver.Fail(w, r, err)
	case drawnAgain:
		h.drawAgain(w, r, why.errand.failure(), err)
	}
}

// linkOver is true of a link that was dropped, and of one that another tab is at.
func linkOver() *problem.Error {
	return problem.New(problem.Invalid, "flow_over", "That link took too long, was used already, or ended because your sessions did. "+
		"Nothing was linked just now; what is linked stands here.")
}
