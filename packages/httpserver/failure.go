package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"cardwall/packages/problem"
)

// ErrStopping is the cause of a context that ended because the server is shutting down.
var ErrStopping = errors.New("the server is shutting down")

// ErrGone is for an answer that nobody waits for: Fail sends nothing and the log says 499. A context that
// ended because the client left counts as this too.
var ErrGone = errors.New("the client left")

// Fail answers with err: with the app's page where [Config].ErrorPage makes one, else with its document.
// It is for net/http middleware under New; a handler of echo returns its error instead. Err may be of
// any kind, what nobody foresaw is a 500. The cause goes to the access log. An answer that began stays.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	answer(w, r, err, true)
}

// Problem answers with err as an RFC 9457 document, whoever asks; else it is as Fail.
func Problem(w http.ResponseWriter, r *http.Request, err error) {
	answer(w, r, err, false)
}

// Note keeps err for the access log of an answer that the caller writes, such as a form drawn again.
func Note(w http.ResponseWriter, r *http.Request, err error) {
	if rec := recorderOf(w); rec != nil {
		rec.failure, rec.gone = explain(r, err), gone(r, err)
	}
}

func answer(w http.ResponseWriter, r *http.Request, err error, mayBePage bool) {
	e := explain(r, err)
	rec := recorderOf(w)
	if rec != nil {
		rec.failure, rec.gone = e, gone(r, err)
		if rec.gone || rec.status != 0 {
			return
		}
	}
	prepare(w.Header(), e)
	if mayBePage && rec != nil && rec.page(w, r, e) {
		return
	}
	writeDocument(w, r, e)
}

// prepare takes away what described the answer that now isn't sent.
func prepare(h http.Header, e *problem.Error) {
	for _, name := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Content-Security-Policy", "Etag", "Last-Modified"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	if e.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
}

// page asks the app for a page. One that panics before it wrote leaves the document to be sent.
func (w *recorder) page(out http.ResponseWriter, r *http.Request, e *problem.Error) (done bool) {
	if w.edge.ErrorPage == nil {
		return false
	}
	defer func() {
		if v := recover(); v != nil && w.status != 0 {
			panic(http.ErrAbortHandler)
		}
	}()
	return w.edge.ErrorPage(out, r, e)
}

func writeDocument(w http.ResponseWriter, r *http.Request, e *problem.Error) {
	document := e.Document(RequestID(r.Context()))
	body, err := json.Marshal(document)
	if err != nil { // only Current is free in its form
		document.Current = nil
		body, _ = json.Marshal(document)
	}
	w.Header().Set("Content-Type", problem.ContentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(document.Status)
	_, _ = w.Write(body) // the client may have left; nothing is to be done about it
}

// gone reports whether err is but the echo of a client that left.
func gone(r *http.Request, err error) bool {
	ctx := r.Context()
	return errors.Is(err, ErrGone) || ctx.Err() != nil && !errors.Is(context.Cause(ctx), ErrStopping) && errors.Is(err, context.Canceled)
}

// explain finds the problem in err, also in what net/http and echo make.
func explain(r *http.Request, err error) *problem.Error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return errTooLarge(tooLarge.Limit).Because(err)
	}
	if errors.Is(context.Cause(r.Context()), ErrStopping) && errors.Is(err, context.Canceled) {
		return errStopping().Because(err)
	}
	var own *problem.Error
	var framework *echo.HTTPError
	if !errors.As(err, &own) && errors.As(err, &framework) {
		return ofStatus(framework.Code).Because(err)
	}
	return problem.From(err)
}
