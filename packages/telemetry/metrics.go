package telemetry

import (
	"context"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"cardwall/packages/httpserver"
)

// metrics are named as Prometheus wants it (https://prometheus.io/docs/practices/naming/); every one has the label app.
// Labels are from sets that the program's own text bounds: methods, routes as they are registered, statuses, codes.
type metrics struct {
	registry *prometheus.Registry
	register prometheus.Registerer // puts the label app on
	server   *http.Server

	requests *prometheus.CounterVec
	failures *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

// buckets go from an answer out of memory to the longest that a caller waits; what takes longer is a stream.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}

func newMetrics(app string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cardwall_http_requests_total", Help: "Requests answered; status 499 is a client that left before its answer.",
		}, []string{"method", "route", "status"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cardwall_http_failures_total", Help: "Requests that this app refused or failed, by the code of the problem; aborted is an answer cut off.",
		}, []string{"route", "code"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "cardwall_http_request_duration_seconds", Help: "Time from a request's head to the end of its answer.", Buckets: buckets,
		}, []string{"method", "route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "cardwall_http_requests_in_flight", Help: "Requests being answered, streams among them.",
		}),
	}
	m.register = prometheus.WrapRegistererWith(prometheus.Labels{"app": app}, m.registry)
	m.register.MustRegister(m.requests, m.failures, m.took, m.inFlight,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) begin() { m.inFlight.Inc() }

func (m *metrics) end(r *http.Request, o httpserver.Outcome) {
	method, route := known(r.Method), o.Route
	if route == "" {
		route = "none" // refused before it was routed, or there is nothing
	}
	m.inFlight.Dec()
	m.requests.WithLabelValues(method, route, strconv.Itoa(o.Status)).Inc()
	m.took.WithLabelValues(method, route).Observe(o.Took.Seconds())
	switch {
	case o.Code != "":
		m.failures.WithLabelValues(route, o.Code).Inc()
	case o.Aborted:
		m.failures.WithLabelValues(route, "aborted").Inc()
	}
}

// known keeps what a client makes up out of the labels.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	default:
		return "other"
	}
}

// Count shows a number that only grows, which is read when somebody asks for the metrics: what is counted doesn't know
// of them. The labels are given as name, value, name, value …
func (t *Telemetry) Count(name, help string, read func() uint64, labels ...string) {
	if t.metrics == nil {
		return
	}
	fixed := prometheus.Labels{}
	for i := 0; i < len(labels); i += 2 {
		fixed[labels[i]] = labels[i+1]
	}
	t.metrics.register.MustRegister(prometheus.NewCounterFunc(
		prometheus.CounterOpts{Name: name, Help: help, ConstLabels: fixed}, func() float64 { return float64(read()) }))
}

// Gauge shows numbers that come and go, one for each value of a label. They are read when somebody asks for the
// metrics, and left out if that fails.
func (t *Telemetry) Gauge(name, help, label string, read func(context.Context) (map[string]int64, error)) {
	if t.metrics != nil {
		t.metrics.register.MustRegister(&gauge{prometheus.NewDesc(name, help, []string{label}, nil), read})
	}
}

// Level shows a number that comes and goes, which is read when somebody asks for the metrics.
func (t *Telemetry) Level(name, help string, read func() float64) {
	if t.metrics != nil {
		t.metrics.register.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read))
	}
}
