package telemetry_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardwall/packages/telemetry"
	"cardwall/packages/telemetry/otlptest"
)

const (
	clientTrace  = "0af7651916cd43dd8448eb211c80319c"
	clientSpan   = "b7ad6b7169203331"
	clientParent = "00-" + clientTrace + "-" + clientSpan + "-01"
)

func TestSpanIsTheChildOfTheClients(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t)
	w := watch(t, telemetry.Options{
		TraceEndpoint: endpoint(t, collector.URL), TraceHeaders: map[string]string{"x-key": "k3y"}, TraceShare: 1,
	})
	ask(t, http.MethodGet, w.url+"/boards/7?token=secret-value", "Traceparent", clientParent, "Tracestate", "vendor=1",
		"Authorization", "Bearer secret-value", "Cookie", "session=secret-value")
	w.Stop() // sends what waits
	spans := collector.Spans()
	if len(spans) != 1 {
		t.Fatalf("got %+v", spans)
	}
	got := spans[0]
	if got.Service != "cardwall-test" || got.Name != "GET /boards/:id" || got.Trace != clientTrace || got.Parent != clientSpan || got.State != "vendor=1" || got.Failed {
		t.Errorf("got %+v", got)
	}
	var line struct {
		RequestID string `json:"request_id"`
		TraceID   string `json:"trace_id"`
		SpanID    string `json:"span_id"`
		Msg       string
	}
	for text := range strings.Lines(w.log.String()) {
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		if line.Msg == "request" {
			break
		}
	}
	if line.TraceID != clientTrace || line.SpanID != got.ID || line.RequestID != got.Attributes["cardwall.request_id"] || line.RequestID == "" {
		t.Errorf("the log's line is %+v, the span %+v", line, got)
	}
	if got.Attributes["http.route"] != "/boards/:id" || got.Attributes["http.request.method"] != "GET" || got.Attributes["http.response.status_code"] != "200" || len(got.Attributes) != 4 {
		t.Errorf("attributes: %v", got.Attributes)
	}
	if strings.Contains(collector.Raw(), "secret-value") {
		t.Error("a secret is in a span")
	}
	if _, header := collector.Tries(); header.Get("X-Key") != "k3y" {
		t.Errorf("header: %v", header)
	}
}

func TestWhoeverIsAskedNextSeesOurSpan(t *testing.T) {
	t.Parallel()
	w := watch(t, telemetry.Options{TraceEndpoint: endpoint(t, otlptest.Start(t).URL), TraceShare: 1})
	for name, c := range map[string]struct{ parent, state, wantTrace, wantState string }{
		"the client's trace":    {clientParent, "vendor=1", clientTrace, "vendor=1"},
		"no trace":              {"", "", "", ""},
		"one that is malformed": {"00-nonsense-01", "vendor=1", "", ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.parent != "" {
			r.Header.Set("Traceparent", c.parent)
			r.Header.Set("Tracestate", c.state)
		}
		header := w.Observer().Begin(r).Header
		got := strings.Split(header.Get("Traceparent"), "-")
		if len(got) != 4 || len(got[1]) != 32 || len(got[2]) != 16 || got[2] == clientSpan || c.wantTrace != "" && got[1] != c.wantTrace || c.wantTrace == "" && got[1] == clientTrace {
			t.Errorf("%s: traceparent %q", name, got)
		}
		if state := header.Get("Tracestate"); state != c.wantState {
			t.Errorf("%s: tracestate %q", name, state)
		}
	}
}

func TestNobodyAsksForMoreTracesThanTheShare(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t)
	w := watch(t, telemetry.Options{TraceEndpoint: endpoint(t, collector.URL), TraceShare: 0})
	ask(t, http.MethodGet, w.url+"/boards/7", "Traceparent", clientParent)
	ask(t, http.MethodGet, w.url+"/boards/7")
	w.Stop()
	if spans := collector.Spans(); len(spans) > 0 {
		t.Errorf("got %+v", spans)
	}
	if !strings.Contains(w.log.String(), clientTrace) {
		t.Error("the log lost the trace")
	}
}

func TestFailuresAreMarkedWithoutTheirCause(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t)
	w := watch(t, telemetry.Options{TraceEndpoint: endpoint(t, collector.URL), TraceShare: 1})
	ask(t, http.MethodGet, w.url+"/error")
	ask(t, http.MethodGet, w.url+"/livez")
	w.Stop()
	spans := collector.Spans()
	if len(spans) != 1 || !spans[0].Failed || spans[0].Attributes["error.type"] != "internal" { // a probe has none
		t.Errorf("got %+v", spans)
	}
	if strings.Contains(collector.Raw(), "ada@") {
		t.Error("the cause is in a span")
	}
}

func TestSpansAreSentAgainWhereThatHelps(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t, http.StatusServiceUnavailable)
	w := watch(t, telemetry.Options{TraceEndpoint: endpoint(t, collector.URL), TraceShare: 1})
	ask(t, http.MethodGet, w.url+"/boards/7")
	w.Stop()
	if tries, _ := collector.Tries(); tries != 2 || len(collector.Spans()) != 1 {
		t.Errorf("%d tries, %+v", tries, collector.Spans())
	}
	if strings.Contains(w.log.String(), "dropped") {
		t.Error("the log says that spans were dropped")
	}
}

func TestCollectorThatRefusesIsToldOnceAndDelaysNothing(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t, http.StatusUnauthorized)
	w := watch(t, telemetry.Options{TraceEndpoint: endpoint(t, collector.URL), TraceShare: 1})
	ask(t, http.MethodGet, w.url+"/boards/7")
	began := time.Now()
	w.Stop()
	if tries, _ := collector.Tries(); tries != 1 || time.Since(began) > 6*time.Second {
		t.Errorf("%d tries in %s", tries, time.Since(began))
	}
	if said := strings.Count(w.log.String(), "spans are dropped"); said != 1 || !strings.Contains(w.log.String(), "401") {
		t.Errorf("said %d times:\n%s", said, w.log)
	}
}
