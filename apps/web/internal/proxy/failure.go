package proxy

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// tokenRetry is when to ask again for a token that couldn't be minted.
const tokenRetry = 2 * time.Second

var (
	errTokenNotOK = problem.New(problem.BadGateway, "token_refused", "The board service doesn't accept this Cardwall's word just now. You are still signed in; if it stays, tell whoever runs this Cardwall.")
	errBodyBroken = problem.New(problem.Invalid, "malformed", "The request's body can't be read. Please check its form.")
)

// fail answers for ReverseProxy when there's no answer of the api to pass on. Where the client's body failed, that
// is why: net/http ends the request with it, and the transport may have seen only the end.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	if to, ok := w.(*interim); ok && to.body != nil && errors.Is(context.Cause(r.Context()), context.Canceled) {
		err = cmp.Or(to.body.failure(), err)
	}
	httpserver.Problem(w, r, explain(err))
}

// explain tells apart what the client did, what the api did, and what the way between did. The cause
// stays in it for the log.
func explain(err error) error {
	var (
		own      *problem.Error
		tooLarge *http.MaxBytesError
		body     *bodyError
		network  net.Error
		op       *net.OpError
	)
	switch {
	case errors.As(err, &own), errors.As(err, &tooLarge), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &body):
		return body.explain()
	case errors.As(err, &op) && op.Op == "dial":
		return kanbanapi.Away(err)
	case errors.As(err, &network) && network.Timeout():
		return kanbanapi.Slow(err)
	default:
		return kanbanapi.Away(err)
	}
}

// RefusedToken is for a 401 of the api. The session stands, and the token was made from it a moment ago:
// the two apps disagree about keys, names or clocks. A browser told 401 would send its person to sign in,
// who is signed in; so it is a 502, and the operator finds the api's code in the log.
// It is problem.BadGateway "token_refused", and leaves res for the caller to close.
func RefusedToken(res *http.Response) error {
	var document problem.Document
	_ = json.NewDecoder(io.LimitReader(res.Body, 4<<10)).Decode(&document) // whatever can be had
	return errTokenNotOK.Because(fmt.Errorf("the api answered 401 (code %q, %q)", document.Code, res.Header.Get("WWW-Authenticate")))
}

// clientBody marks what goes wrong with reading the client's body, so that it isn't taken for the api's fault.
type clientBody struct {
	io.ReadCloser
	mu     sync.Mutex
	failed error
}

func (b *clientBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = &bodyError{err}
		b.failed = err
	}
	return n, err
}

// failure is what went wrong with reading, nil if nothing did. It waits for a read that is under way.
func (b *clientBody) failure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.failed
}

type bodyError struct{ cause error }

func (e *bodyError) Error() string { return "reading the client's body: " + e.cause.Error() }
func (e *bodyError) Unwrap() error { return e.cause }

// explain tells a body that broke off, because its client left, from one that is malformed.
func (e *bodyError) explain() error {
	var network net.Error
	if errors.Is(e.cause, io.ErrUnexpectedEOF) || errors.As(e.cause, &network) {
		return fmt.Errorf("%w: %w", httpserver.ErrGone, e)
	}
	return errBodyBroken.Because(e)
}
