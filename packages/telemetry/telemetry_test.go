package telemetry_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
	"cardwall/packages/telemetry"
)

// journal is a log that a test reads.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// watched is a server with telemetry.
type watched struct {
	*telemetry.Telemetry
	url, metrics string
	log          *journal
}

// watch runs a server whose telemetry has these options. /error fails, /boards/:id answers, /panic panics.
func watch(t *testing.T, o telemetry.Options) watched {
	t.Helper()
	w := watched{log: &journal{}}
	log := slog.New(slog.NewJSONHandler(w.log, nil))
	if o.MetricsAddr != "" {
		w.metrics = "http://" + o.MetricsAddr + "/metrics"
	}
	if wrong := o.Check(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	var err error
	if w.Telemetry, err = telemetry.Start(t.Context(), "test", o, log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	e := httpserver.New(httpserver.Config{Log: w.Log(log), Observer: w.Observer()})
	e.Match([]string{"GET", "PROPFIND"}, "/boards/:id", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
	e.GET("/error", func(echo.Context) error { return errors.New("ada@example.org is in the cause") })
	e.GET("/cut", func(c echo.Context) error {
		_ = c.String(http.StatusOK, "half an ")
		c.Response().Flush()
		return errors.New("answer")
	})
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// ask sends a request, whose header is given as name, value, name, value …, and reads the answer.
func ask(t *testing.T, method, url string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, _ := io.ReadAll(res.Body) // /cut ends with an error
	return res.StatusCode, string(body)
}

func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

func endpoint(t *testing.T, address string) url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return *u
}

func TestNothingIsWatchedUnlessConfigured(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	off, err := telemetry.Start(t.Context(), "test", telemetry.Options{}, log)
	if err != nil {
		t.Fatal(err)
	}
	if off.Observer() != nil || off.Queries() != nil || off.Log(log) != log {
		t.Error("something listens in")
	}
	off.Pool(nil)
	off.Count("x", "y", nil)
	off.Gauge("x", "y", "z", nil)
	off.Level("x", "y", nil)
	off.Stop()
}

func TestWrongOptionsAreNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		o    telemetry.Options
		want string
	}{
		"an address without a port":  {telemetry.Options{MetricsAddr: "localhost"}, "METRICS_ADDR must be a listen address"},
		"an endpoint without scheme": {telemetry.Options{TraceEndpoint: url.URL{Path: "collector"}}, "OTEL_EXPORTER_OTLP_ENDPOINT must be"},
		"an endpoint over gRPC":      {telemetry.Options{TraceEndpoint: url.URL{Scheme: "grpc", Host: "collector"}}, "OTEL_EXPORTER_OTLP_ENDPOINT must be"},
		"more than all":              {telemetry.Options{TraceShare: 1.1}, "OTEL_TRACES_SAMPLER_ARG must be"},
		"less than none":             {telemetry.Options{TraceShare: -1}, "OTEL_TRACES_SAMPLER_ARG must be"},
		"a field name with a blank":  {telemetry.Options{TraceHeaders: map[string]string{"x key": "s3cret"}}, "OTEL_EXPORTER_OTLP_HEADERS must be"},
		"a value with a line break":  {telemetry.Options{TraceHeaders: map[string]string{"key": "s3cret%0a"}}, "OTEL_EXPORTER_OTLP_HEADERS must be"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wrong := c.o.Check()
			if len(wrong) != 1 || !strings.HasPrefix(wrong[0], c.want) || strings.Contains(wrong[0], "s3cret") {
				t.Errorf("got %q", wrong)
			}
		})
	}
	right := telemetry.Options{MetricsAddr: ":9090", TraceEndpoint: endpoint(t, "https://collector/otlp"), TraceHeaders: map[string]string{"x-key": "a%20b"}, TraceShare: 0.5}
	if wrong := right.Check(); len(wrong) > 0 || right.TraceHeaders["x-key"] != "a b" {
		t.Errorf("got %q, %v", wrong, right.TraceHeaders)
	}
}

func TestTakenMetricsAddressIsNamed(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, err = telemetry.Start(t.Context(), "test", telemetry.Options{MetricsAddr: listener.Addr().String()}, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "METRICS_ADDR") {
		t.Errorf("got %v", err)
	}
}
