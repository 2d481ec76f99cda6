package httpserver

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// clientClosedRequest is the status we log, never send, when the client left before an answer.
const clientClosedRequest = 499

// accessLog writes one line per request, when it is over. It has the path but no query: those carry
// secrets. A failure's cause is in the same line: whoever returns an error, or hands it to Fail,
// leaves the logging to this.
func (e *edge) accessLog(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start, done := time.Now(), false
		defer func() { e.logRequest(c, time.Since(start), !done) }()
		if err := next(c); err != nil {
			c.Error(err)
		}
		done = true
		recorderOf(c.Response()).finish()
		return nil
	}
}

func (e *edge) logRequest(c echo.Context, took time.Duration, aborted bool) {
	w, r := recorderOf(c.Response()), c.Request()
	if w == nil {
		return
	}
	status := w.status
	switch {
	case status == 0 && w.gone:
		status = clientClosedRequest
	case status == 0:
		status = http.StatusOK // net/http sends it for a handler that wrote nothing
	}
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", shorten(r.URL.EscapedPath())), slog.String("route", c.Path()),
		slog.Int("status", status), slog.Int64("bytes", w.bytes), slog.Duration("took", took), slog.String("request_id", w.id),
	}
	if aborted {
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
