package httpserver

import (
	"log/slog"
	"net/http"
	"time"
)

// clientClosedRequest is the status we log, never send, when the client left before an answer.
const clientClosedRequest = 499

// accessLog writes one line per request, when it is over, and tells the Observer. It has the path but no query: those
// carry secrets. A failure's cause is in the same line: whoever returns an error, or hands it to Fail,
// leaves the logging to this.
func (e *edge) accessLog(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, done, rec := time.Now(), false, recorderOf(w)
		defer func() { e.over(rec, r, time.Since(start), !done) }()
		next.ServeHTTP(w, r)
		done = true
		rec.finish()
	})
}

func (e *edge) over(w *recorder, r *http.Request, took time.Duration, aborted bool) {
	outcome := w.outcome(took, aborted)
	e.logRequest(w, r, outcome)
	if e.Observer != nil {
		e.Observer.End(r, outcome)
	}
}

func (e *edge) logRequest(w *recorder, r *http.Request, o Outcome) {
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", shorten(r.URL.EscapedPath())), slog.String("route", o.Route),
		slog.Int("status", o.Status), slog.Int64("bytes", o.Bytes), slog.Duration("took", o.Took), slog.String("request_id", w.known.id[0]),
	}
	if o.Aborted {
		attrs = append(attrs, slog.Bool("aborted", true))
	}
	e.Log.LogAttrs(r.Context(), w.level(r.URL.Path), "request", append(attrs, w.failureAttrs()...)...)
}

// level is Error for our own failures. Health probes come every few seconds: they speak up only when bad.
func (w *recorder) level(path string) slog.Level {
	probe := path == livePath || path == readyPath
	ours := w.failure != nil && w.failure.Kind.Status() >= 500 && !w.gone
	failed := w.status >= 500 || ours || w.stack != nil
	switch {
	case probe && failed:
		return slog.LevelWarn
	case probe:
		return slog.LevelDebug
	case failed:
		return slog.LevelError
	default:
		return slog.LevelInfo
	}
}

func (w *recorder) failureAttrs() []slog.Attr {
	if w.failure == nil {
		return nil
	}
	attrs := []slog.Attr{slog.String("code", w.failure.Code)}
	if cause := w.failure.Unwrap(); cause != nil {
		attrs = append(attrs, slog.String("cause", cause.Error()))
	}
	if w.stack != nil {
		attrs = append(attrs, slog.String("stack", string(w.stack)))
	}
	return attrs
}

func shorten(path string) string {
	const limit = 256
	if len(path) <= limit {
		return path
	}
	return path[:limit] + "…"
}
