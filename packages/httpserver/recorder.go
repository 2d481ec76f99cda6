package httpserver

import (
	"net/http"
	"time"

	"cardwall/packages/problem"
)

// recorder is the writer under every answer: it knows what was sent, for the log, and adds what every
// answer carries at the last moment, so that no handler can lose it.
type recorder struct {
	http.ResponseWriter
	edge    *edge
	known   known        // of the request
	route   string       // as it is registered; "" until one is found
	body    *patientBody // the request's; nil without one
	status  int          // 0 until the answer began
	bytes   int64
	failure *problem.Error // why, when it failed
	gone    bool           // the client left before an answer
	stack   []byte         // of a panic
	due     time.Time      // the deadline of the next write; not set yet when zero
}

// WriteHeader begins the answer. An interim one (1xx, RFC 9110 §15.2) begins nothing.
func (w *recorder) WriteHeader(status int) {
	if status >= 200 && w.status == 0 {
		w.status = status
		w.edge.complete(w.Header(), w.known.id[:])
		w.body.extend()
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.extend()
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// FlushError sends what is buffered; http.ResponseController looks for this name.
func (w *recorder) FlushError() error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.extend()
	if f, ok := w.ResponseWriter.(interface{ FlushError() error }); ok {
		return f.FlushError()
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Flush is for those who ask for an http.Flusher.
func (w *recorder) Flush() { _ = w.FlushError() }

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// extend gives the next write its time, or a tenth less: setting a deadline costs more than a small write's copying.
// Writers without a connection, as in tests, have no deadlines.
func (w *recorder) extend() {
	now, atMost := time.Now(), w.edge.WriteTimeout
	if w.due.Sub(now) > atMost-atMost/10 {
		return
	}
	w.due = now.Add(atMost)
	if d, ok := w.ResponseWriter.(interface{ SetWriteDeadline(time.Time) error }); ok {
		_ = d.SetWriteDeadline(w.due)
	}
}

// finish is for the end of a request.
func (w *recorder) finish() {
	switch {
	case w == nil:
	case w.status != 0:
		w.body.extend()
		w.extend() // what is still buffered goes out after this
	case w.gone:
		panic(http.ErrAbortHandler) // else net/http says 200 to whoever still listens
	}
}

// recorderOf finds the recorder beneath other writers, nil when there's none.
func recorderOf(w http.ResponseWriter) *recorder {
	for {
		switch v := w.(type) {
		case *recorder:
			return v
		case interface{ Unwrap() http.ResponseWriter }:
			w = v.Unwrap()
		default:
			return nil
		}
	}
}
