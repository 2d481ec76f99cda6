// Package otlptest is an OpenTelemetry collector on a loopback port, for tests: it takes traces as OTLP over HTTP.
package otlptest

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	collectorpb "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	commonpb "go.opentelemetry.io/proto/otlp/common/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Span is one that was received.
type Span struct {
	Service, Name     string
	Trace, ID, Parent string // in hexadecimal digits, as a traceparent has them; Parent is "" for a root
	State             string
	Attributes        map[string]string
	Failed            bool
}

// Collector keeps what it is sent.
type Collector struct {
	URL string

	mu      sync.Mutex
	answers []int // statuses to answer with, before it answers with 200
	tries   int
	header  http.Header
	raw     []byte
	spans   []Span
}

// Start runs a collector until the test ends. It first answers with the statuses, if there are any.
func Start(t testing.TB, answers ...int) *Collector {
	t.Helper()
	c := &Collector{answers: answers}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

// Spans lists what has come so far.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Span(nil), c.spans...)
}

// Raw is all that has come so far, as it was sent.
func (c *Collector) Raw() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.raw)
}

// Tries is how often something was sent, and the header of the last time.
func (c *Collector) Tries() (int, http.Header) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tries, c.header
}

// ServeHTTP takes an ExportTraceServiceRequest.
func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tries, c.header = c.tries+1, r.Header
	if len(c.answers) > 0 {
		w.WriteHeader(c.answers[0])
		c.answers = c.answers[1:]
		return
	}
	body, err := io.ReadAll(r.Body)
	var sent collectorpb.ExportTraceServiceRequest
	if err != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, &sent) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.raw = append(c.raw, body...)
	for _, resource := range sent.ResourceSpans {
		service := attributes(resource.Resource.GetAttributes())["service.name"]
		for _, scope := range resource.ScopeSpans {
			for _, span := range scope.Spans {
				c.spans = append(c.spans, Span{
					Service: service, Name: span.Name, State: span.TraceState, Failed: span.Status.GetCode() == tracepb.Status_STATUS_CODE_ERROR,
					Trace: hex.EncodeToString(span.TraceId), ID: hex.EncodeToString(span.SpanId), Parent: hex.EncodeToString(span.ParentSpanId),
					Attributes: attributes(span.Attributes),
				})
			}
		}
	}
}

func attributes(pairs []*commonpb.KeyValue) map[string]string {
	read := map[string]string{}
	for _, pair := range pairs {
		switch value := pair.Value.GetValue().(type) {
		case *commonpb.AnyValue_IntValue:
			read[pair.Key] = strconv.FormatInt(value.IntValue, 10)
		default:
			read[pair.Key] = pair.Value.GetStringValue()
		}
	}
	return read
}
