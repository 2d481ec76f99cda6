package httpserver

import (
	"net/http"
	"time"
)

// Observer hears of every request when it comes and when it is over: for metrics and traces.
type Observer interface {
	// Begin returns what the request goes on as, such as with a trace in its context and its header.
	Begin(r *http.Request) *http.Request
	// End is told how it went. The request's context descends from that of what Begin returned.
	End(r *http.Request, o Outcome)
}

// Outcome is how a request went.
type Outcome struct {
	Route   string // as it is registered, such as /boards/:id; "" when there is none
	Status  int    // 499 when the client left before an answer
	Bytes   int64
	Took    time.Duration
	Code    string // of the problem that it ended with; "" without one
	Aborted bool   // the answer was cut off
}

// Route tells the log and the Observer which route an answer is of, where another router than the Front's chose it.
func Route(w http.ResponseWriter, pattern string) {
	if rec := recorderOf(w); rec != nil {
		rec.route = pattern
	}
}

func (w *recorder) outcome(took time.Duration, aborted bool) Outcome {
	o := Outcome{Route: w.route, Status: w.status, Bytes: w.bytes, Took: took, Aborted: aborted}
	if w.failure != nil {
		o.Code = w.failure.Code
	}
	switch {
	case o.Status == 0 && w.gone:
		o.Status = clientClosedRequest
	case o.Status == 0:
		o.Status = http.StatusOK // net/http sends it for a handler that wrote nothing
	}
	return o
}
