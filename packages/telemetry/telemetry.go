// Package telemetry shows a running program to whoever operates it: Prometheus metrics on a listener of their own,
// and traces sent to an OpenTelemetry collector. Both are off unless configured, and then nothing of this runs.
//
// It hears of requests as the [httpserver.Observer] and of statements as the pool's tracer, so that no handler, no
// query and no domain knows of it. No label and no attribute has anything of a person: no path, no query, no header,
// no value that a statement is about.
package telemetry

import (
	"context"
	"log/slog"
	"net/http"

	"cardwall/packages/httpserver"
)

// Telemetry is what a program has switched on. All its methods do nothing where that is nothing.
type Telemetry struct {
	metrics *metrics // nil: off
	tracing *tracing // nil: off
}

// Start begins what the options ask for, in the name of an app, "web" or "api". It fails where METRICS_ADDR can't be
// listened on; a collector that can't be reached is told in the log, as long as it can't.
func Start(ctx context.Context, app string, o Options, log *slog.Logger) (*Telemetry, error) {
	t := &Telemetry{}
	if o.MetricsAddr != "" {
		t.metrics = newMetrics(app)
		if err := t.metrics.listen(ctx, o.MetricsAddr, log); err != nil {
			return nil, err
		}
	}
	if o.TraceEndpoint.Host != "" {
		t.tracing = newTracing(app, o, log)
	}
	return t, nil
}

// Stop sends the spans that wait, for five seconds at most, and closes the metrics' listener.
func (t *Telemetry) Stop() {
	if t.tracing != nil {
		t.tracing.stop()
	}
	if t.metrics != nil {
		t.metrics.stop()
	}
}

// Observer is to be told of every request; nil if nobody wants to know.
func (t *Telemetry) Observer() httpserver.Observer {
	if t.metrics == nil && t.tracing == nil {
		return nil
	}
	return observer{t}
}

type observer struct{ *Telemetry }

// Begin is httpserver.Observer's.
func (o observer) Begin(r *http.Request) *http.Request {
	if o.metrics != nil {
		o.metrics.begin()
	}
	if o.tracing != nil {
		r = o.tracing.begin(r)
	}
	return r
}

// End is httpserver.Observer's.
func (o observer) End(r *http.Request, outcome httpserver.Outcome) {
	if o.metrics != nil {
		o.metrics.end(r, outcome)
	}
	if o.tracing != nil {
		o.tracing.end(r, outcome)
	}
}
