package e2e_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/telemetry/otlptest"
)

const (
	clientTrace  = "0af7651916cd43dd8448eb211c80319c"
	clientSpan   = "b7ad6b7169203331"
	clientParent = "00-" + clientTrace + "-" + clientSpan + "-01"
)

// inTrace finds the spans of a client's trace, of one program, whose names begin so.
func inTrace(spans []otlptest.Span, service, name string) []otlptest.Span {
	return slices.DeleteFunc(spans, func(s otlptest.Span) bool {
		return s.Trace != clientTrace || s.Service != "cardwall-"+service || !strings.HasPrefix(s.Name, name)
	})
}

func TestOneTraceGoesThroughWebAndTheAPIToTheDatabase(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t)
	s := deployWith(t, pgtest.Server(t), "", func(web, api map[string]string) {
		web["OTEL_EXPORTER_OTLP_ENDPOINT"], api["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.URL, collector.URL
	})
	ada := s.person(t, "Ada")
	wall := ada.wall(t, "Garden")
	ada.send(t, http.MethodGet, wall.api()+"?secret=query-value", "", "Traceparent", clientParent, "Tracestate", "vendor=1")
	ada.send(t, http.MethodGet, wall.page(), "", "Accept", "text/html", "Traceparent", clientParent)
	s.api.stop(t) // what waits is sent
	s.web.stop(t)

	for _, c := range []struct{ web, api string }{
		{"GET /api/*", "GET /v1/boards/:board_id"},
		{"GET /boards/{board}", "GET /v1/boards/:board_id"},
	} {
		through := inTrace(collector.Spans(), "web", c.web)
		if len(through) != 1 || through[0].Parent != clientSpan {
			t.Fatalf("web's spans %s: %+v", c.web, through)
		}
		asked := slices.DeleteFunc(inTrace(collector.Spans(), "api", c.api), func(s otlptest.Span) bool { return s.Parent != through[0].ID })
		if len(asked) != 1 || asked[0].Attributes["cardwall.request_id"] != through[0].Attributes["cardwall.request_id"] {
			t.Fatalf("the api's spans under web's %+v: %+v", through[0], asked)
		}
		statements := slices.DeleteFunc(inTrace(collector.Spans(), "api", "Board"), func(s otlptest.Span) bool { return s.Parent != asked[0].ID })
		if len(statements) == 0 {
			t.Errorf("no statement under %+v", asked[0])
		}
		for _, a := range []*app{s.web, s.api} {
			if !strings.Contains(a.said.String(), `"trace_id":"`+clientTrace+`"`) {
				t.Errorf("the log of %s has no line of the trace", a.name)
			}
		}
	}
	if through := inTrace(collector.Spans(), "web", "GET /api/*"); through[0].State != "vendor=1" {
		t.Errorf("tracestate %q", through[0].State)
	}
	if found := contains(collector.Raw(), append(s.secrets(), "query-value", "eyJ", "example.org", "Garden", "Ada", password, wall.ID.String(), "SELECT", "select ")...); found != nil {
		t.Errorf("the spans hold %q", found)
	}
	if t.Failed() {
		for _, span := range collector.Spans() {
			t.Logf("%+v", span)
		}
	}
}

func TestTraceGoesOnThroughAWebThatMakesNone(t *testing.T) {
	t.Parallel()
	collector := otlptest.Start(t)
	s := deployWith(t, pgtest.Server(t), "", func(_, api map[string]string) { api["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.URL })
	ada := s.person(t, "Ada")
	ada.send(t, http.MethodGet, "/api/v1/me", "", "Traceparent", clientParent, "Tracestate", "vendor=1")
	ada.send(t, http.MethodGet, "/boards/archived", "", "Accept", "text/html", "Traceparent", clientParent, "Tracestate", "vendor=1")
	s.api.stop(t)
	for _, name := range []string{"GET /v1/me", "GET /v1/boards"} {
		spans := inTrace(collector.Spans(), "api", name)
		if len(spans) != 1 || spans[0].Parent != clientSpan || spans[0].State != "vendor=1" {
			t.Errorf("%s: %+v", name, spans)
		}
	}
	if strings.Contains(s.web.said.String(), "trace_id") {
		t.Error("web makes traces without being told to")
	}
}

func TestCollectorThatIsAwayHoldsNothingUp(t *testing.T) {
	t.Parallel()
	s := deployWith(t, pgtest.Server(t), "", func(web, api map[string]string) {
		nobody := "http://" + freeAddr(t)
		web["OTEL_EXPORTER_OTLP_ENDPOINT"], api["OTEL_EXPORTER_OTLP_ENDPOINT"] = nobody, nobody
	})
	ada := s.person(t, "Ada")
	if got := ada.send(t, http.MethodGet, "/api/v1/me", ""); got.Status != http.StatusOK {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	for _, a := range []*app{s.api, s.web} {
		a.stop(t) // within its time, with code 0
		if said := strings.Count(a.said.String(), "spans are dropped"); said != 1 {
			t.Errorf("%s says %d times that spans are dropped", a.name, said)
		}
	}
}
