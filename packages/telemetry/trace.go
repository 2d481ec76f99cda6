package telemetry

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"cardwall/packages/httpserver"
)

// stopTime is what the last spans have to reach the collector.
const stopTime = 5 * time.Second

// tracing makes a span of every request, within the trace that the request's header names (W3C Trace Context).
type tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	header   propagation.TraceContext
	log      *slog.Logger
}

func newTracing(app string, o Options, log *slog.Logger) *tracing {
	// Whoever calls may leave a request out of its traces, but not ask for more than the operator's share.
	share := sdk.TraceIDRatioBased(o.TraceShare)
	provider := sdk.NewTracerProvider(
		sdk.WithSampler(sdk.ParentBased(share, sdk.WithRemoteParentSampled(share))),
		sdk.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "cardwall-"+app), attribute.String("service.namespace", "cardwall"))),
		sdk.WithBatcher(otlptrace.NewUnstarted(newCollector(o, log))),
	)
	log.Info("traces", "endpoint", o.TraceEndpoint.Host, "share", o.TraceShare)
	return &tracing{provider: provider, tracer: provider.Tracer("cardwall"), log: log}
}

// begin makes the span, and has the request say so: what is asked in its name passes its header on.
func (t *tracing) begin(r *http.Request) *http.Request {
	if r.URL.Path == "/livez" || r.URL.Path == "/readyz" {
		return r
	}
	carrier := propagation.HeaderCarrier(r.Header)
	ctx, _ := t.tracer.Start(t.header.Extract(r.Context(), carrier), known(r.Method), trace.WithSpanKind(trace.SpanKindServer))
	for _, name := range t.header.Fields() {
		r.Header.Del(name)
	}
	t.header.Inject(ctx, carrier)
	return r.WithContext(ctx)
}

// end names the span by the route, and says how the request went. Attributes are OpenTelemetry's, of HTTP server spans.
func (t *tracing) end(r *http.Request, o httpserver.Outcome) {
	span := trace.SpanFromContext(r.Context())
	if !span.IsRecording() {
		return
	}
	if o.Route != "" {
		span.SetName(known(r.Method) + " " + o.Route)
	}
	span.SetAttributes(
		attribute.String("http.request.method", known(r.Method)), attribute.String("http.route", o.Route),
		attribute.Int("http.response.status_code", o.Status), attribute.String("cardwall.request_id", httpserver.RequestID(r.Context())))
	if o.Code != "" {
		span.SetAttributes(attribute.String("error.type", o.Code))
	}
	if o.Status >= http.StatusInternalServerError || o.Aborted {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

func (t *tracing) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		t.log.Warn("the last spans were not sent", "err", err)
	}
}
