package httpserver

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"cardwall/packages/problem"
)

var errBodyStalled = problem.New(problem.Invalid, "body_stalled", "The rest of the request didn't arrive in time. Please send it again.")

// patientBody is a request's body that may take as long as it likes, but not pause for longer than a while:
// a Read that gets nothing in that time is Invalid "body_stalled", and the connection closes after the answer.
type patientBody struct {
	io.ReadCloser
	deadline func(time.Time) error // of the connection's next read
	pause    time.Duration

	mu   sync.Mutex // a proxy reads while the answer begins
	over bool       // it has ended or failed
}

// patient makes r's body one, if it has a body and its connection has deadlines; else it returns nil.
func patient(w http.ResponseWriter, r *http.Request, pause time.Duration) *patientBody {
	conn, ok := w.(interface{ SetReadDeadline(time.Time) error })
	if !ok || r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	body := &patientBody{ReadCloser: r.Body, deadline: conn.SetReadDeadline, pause: pause}
	r.Body = body
	return body
}

func (b *patientBody) Read(p []byte) (int, error) {
	b.extend()
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.end(err)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = errBodyStalled.Because(err)
	}
	return n, err
}

// extend gives the next read its time; net/http, too, reads on before it answers, to see the body's end.
func (b *patientBody) extend() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over {
		_ = b.deadline(time.Now().Add(b.pause))
	}
}

// end takes the deadline away behind a whole body: net/http goes on reading, to see whether the client leaves.
// Behind a broken one the deadline stays, so that nobody waits again.
func (b *patientBody) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	if errors.Is(err, io.EOF) {
		_ = b.deadline(time.Time{})
	}
}
