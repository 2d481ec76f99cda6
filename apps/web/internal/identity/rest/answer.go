package rest

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

func writeJSON(w http.ResponseWriter, status int, document sessionDocument) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // a client that went away needs no answer
}

// leave is the answer to a form that did what it was for.
func leave(w http.ResponseWriter, r *http.Request, to string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// fail answers a program with a problem, and a form with its page again; what is no fault of the form, or came
// without a page to go back to, goes to the server's error page.
func (h *handlers) fail(w http.ResponseWriter, r *http.Request, from sender, failure FormFailure, err error) {
	e := problem.From(err)
	switch {
	case !from.isForm:
		httpserver.Problem(w, r, err)
	case failure.Page == "" || e.Kind.Status() >= http.StatusInternalServerError:
		httpserver.Fail(w, r, err)
	default:
		failure.ReturnTo = from.returnTo
		h.drawAgain(w, r, failure, err)
	}
}

func (h *handlers) drawAgain(w http.ResponseWriter, r *http.Request, failure FormFailure, err error) {
	httpserver.Note(w, r, err)
	failure.Problem = problem.From(err)
	w.Header().Set("Cache-Control", "no-store")
	if wait := failure.Problem.RetryAfter; wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	h.FormFailed(w, r, failure)
}
