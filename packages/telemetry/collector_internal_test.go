package telemetry

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
)

// A database may quote, in what it says of an error, what somebody wrote.
func TestWhatTheDatabaseSaysOfAnErrorIsNotSent(t *testing.T) {
	t.Parallel()
	sent := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent <- string(body)
	}))
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	failed := &tracepb.Span{
		Name:   "PersonCreate",
		Status: &tracepb.Status{Code: tracepb.Status_STATUS_CODE_ERROR, Message: `invalid input: "ada@example.org"`},
		Events: []*tracepb.Span_Event{{Name: "exception: ada@example.org"}},
	}
	collector := newCollector(Options{TraceEndpoint: *address}, slog.New(slog.DiscardHandler))
	err = collector.UploadTraces(t.Context(), []*tracepb.ResourceSpans{{ScopeSpans: []*tracepb.ScopeSpans{{Spans: []*tracepb.Span{failed}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if body := <-sent; strings.Contains(body, "ada@") || !strings.Contains(body, "PersonCreate") {
		t.Errorf("sent %q", body)
	}
}

func TestStatementsAreNamedAsInTheirFiles(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"-- name: CardMove :one\nUPDATE cards SET x = $1": "CardMove",
		"begin": "begin", "COMMIT;": "commit", "SELECT 1": "select", "": "",
	} {
		if got := queryName(sql); got != want {
			t.Errorf("%q is named %q, want %q", sql, got, want)
		}
	}
}
