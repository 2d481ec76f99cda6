package telemetry_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"cardwall/packages/telemetry"
)

// wantMetrics waits until the metrics have these lines: a request is counted a moment after its answer is read.
func (w watched) wantMetrics(t *testing.T, lines ...string) (shown string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(10 * time.Second); ; <-tick.C {
		_, shown = ask(t, http.MethodGet, w.metrics)
		missing := slices.IndexFunc(lines, func(line string) bool { return !strings.Contains(shown, line+"\n") })
		switch {
		case missing < 0:
			return shown
		case time.Now().After(deadline):
			t.Fatalf("no %s in\n%s", lines[missing], shown)
		}
	}
}

func TestMetricsCountWhatWasAnswered(t *testing.T) {
	t.Parallel()
	w := watch(t, telemetry.Options{MetricsAddr: freeAddr(t)})
	ask(t, http.MethodGet, w.url+"/boards/7?token=secret-value")
	ask(t, http.MethodGet, w.url+"/boards/8")
	ask(t, http.MethodGet, w.url+"/error")
	ask(t, http.MethodGet, w.url+"/cut")
	w.Count("cardwall_things_total", "Things.", func() uint64 { return 7 }, "kind", "odd")
	w.Gauge("cardwall_now", "Now.", "state", func(context.Context) (map[string]int64, error) { return map[string]int64{"idle": 3}, nil })
	w.Level("cardwall_lag_seconds", "Lag.", func() float64 { return .5 })

	shown := w.wantMetrics(t,
		`cardwall_http_requests_total{app="test",method="GET",route="/boards/:id",status="200"} 2`,
		`cardwall_http_requests_total{app="test",method="GET",route="/error",status="500"} 1`,
		`cardwall_http_failures_total{app="test",code="internal",route="/error"} 1`,
		`cardwall_http_failures_total{app="test",code="internal",route="/cut"} 1`,
		`cardwall_http_request_duration_seconds_count{app="test",method="GET",route="/boards/:id"} 2`,
		`cardwall_http_request_duration_seconds_bucket{app="test",method="GET",route="/boards/:id",le="30"} 2`,
		`cardwall_http_requests_in_flight{app="test"} 0`,
		`cardwall_things_total{app="test",kind="odd"} 7`,
		`cardwall_now{app="test",state="idle"} 3`,
		`cardwall_lag_seconds{app="test"} 0.5`,
	)
	for _, name := range []string{"go_goroutines", "process_start_time_seconds"} {
		if !strings.Contains(shown, name+`{app="test"} `) {
			t.Errorf("no %s", name)
		}
	}
	if strings.Contains(shown, "secret-value") || strings.Contains(shown, "ada@") {
		t.Error("something of a request is shown")
	}
}

func TestMetricsLabelsAreBounded(t *testing.T) {
	t.Parallel()
	w := watch(t, telemetry.Options{MetricsAddr: freeAddr(t)})
	ask(t, "MADEUP", w.url+"/boards/7")
	ask(t, "PROPFIND", w.url+"/boards/7")
	ask(t, http.MethodGet, w.url+"/made/up")
	ask(t, http.MethodGet, w.url+"/made-up")
	shown := w.wantMetrics(t,
		`cardwall_http_requests_total{app="test",method="other",route="/boards/:id",status="200"} 1`,
		`cardwall_http_requests_total{app="test",method="GET",route="none",status="404"} 2`,
	)
	if strings.Contains(shown, "made") || strings.Contains(shown, "MADEUP") || strings.Contains(shown, "PROPFIND") {
		t.Errorf("a client's own words are labels:\n%s", shown)
	}
}

func TestRequestsInFlightAreShown(t *testing.T) {
	t.Parallel()
	w := watch(t, telemetry.Options{MetricsAddr: freeAddr(t)})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/boards/7", nil)
	if err != nil {
		t.Fatal(err)
	}
	// The observer alone: no answer has to be held back.
	_ = w.Observer().Begin(r)
	if _, shown := ask(t, http.MethodGet, w.metrics); !strings.Contains(shown, `cardwall_http_requests_in_flight{app="test"} 1`+"\n") {
		t.Errorf("got\n%s", shown)
	}
}

func TestMetricsListenerHasNothingElse(t *testing.T) {
	t.Parallel()
	w := watch(t, telemetry.Options{MetricsAddr: freeAddr(t)})
	for _, path := range []string{"/", "/debug/pprof/", "/boards/7", "/livez"} {
		if status, _ := ask(t, http.MethodGet, strings.TrimSuffix(w.metrics, "/metrics")+path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, _ := ask(t, http.MethodPost, w.metrics); status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", status)
	}
	if status, _ := ask(t, http.MethodGet, w.url+"/metrics"); status != http.StatusNotFound {
		t.Errorf("the public address has the metrics: %d", status)
	}
}

func TestGaugeThatCannotBeReadLeavesTheOthers(t *testing.T) {
	t.Parallel()
	w := watch(t, telemetry.Options{MetricsAddr: freeAddr(t)})
	w.Gauge("cardwall_jobs", "Jobs.", "state", func(context.Context) (map[string]int64, error) { return nil, errors.New("the database is away") })
	status, shown := ask(t, http.MethodGet, w.metrics)
	if status != http.StatusOK || !strings.Contains(shown, "cardwall_http_requests_in_flight") || strings.Contains(shown, "cardwall_jobs{") {
		t.Errorf("%d\n%s", status, shown)
	}
	if !strings.Contains(w.log.String(), "the database is away") {
		t.Error("nobody is told")
	}
}
