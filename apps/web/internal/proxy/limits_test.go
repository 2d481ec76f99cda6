package proxy_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/proxy"
)

func TestBodiesOverTheLimitAre413InBothFramings(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), nil)
	large := strings.Repeat("x", 1<<20+1)
	doc := wantProblem(t, w.raw(t, "POST /api/v1/boards", fmt.Sprintf("Content-Length: %d\r\n", len(large)), ""), 413, "too_large")
	if !strings.Contains(doc.Detail, "1 MiB") {
		t.Errorf("the limit isn't told: %s", doc.Detail)
	}
	api.wantNone(t)
	wantProblem(t, w.do(t, "POST", "/api/v1/boards", struct{ io.Reader }{strings.NewReader(large)}), 413, "too_large")
	if seen := api.next(t); seen.BodyErr == nil {
		t.Error("the api took the cut body for whole")
	}
	if res := w.do(t, "POST", "/api/v1/boards", strings.NewReader(large[1:])); res.StatusCode != 200 || len(api.next(t).Body) != 1<<20 {
		t.Error("a body of just the limit doesn't pass")
	}
}

func TestUploadsHaveALimitOfTheirOwn(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.BodyLimit, c.UploadLimit = 10, 20 })
	for kind, limit := range map[string]int{
		"application/json": 10, "Application/JSON; charset=utf-8": 10, "application/merge-patch+json": 10, "": 10, "no kind at all;;": 10,
		"image/png": 20, "application/octet-stream": 20, "multipart/form-data; boundary=x": 20, "text/plain": 20,
	} {
		for _, chunked := range []bool{false, true} {
			for size, status := range map[int]int{limit: 200, limit + 1: 413} {
				var body io.Reader = strings.NewReader(strings.Repeat("x", size))
				if chunked {
					body = struct{ io.Reader }{body}
				}
				res := w.do(t, "POST", "/api/v1/x", body, "Content-Type", kind)
				if res.StatusCode != status {
					t.Errorf("%d bytes of %q, chunked %v: %d, want %d", size, kind, chunked, res.StatusCode, status)
				}
				if status == 413 {
					wantProblem(t, res, 413, "too_large")
				}
			}
		}
	}
}

// waiting is an api that answers when told to: on /events with a stream that then stays open until its client goes.
func waiting(t *testing.T) (api *backend, let func()) {
	t.Helper()
	gate := make(chan struct{})
	api = newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/events") {
			w.Header().Set("Content-Type", "text/event-stream")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
			return
		}
		select {
		case <-gate:
		case <-r.Context().Done():
		}
	})
	return api, func() { close(gate) }
}

func TestOnePersonsRequestsDoNotTakeAnothersPlace(t *testing.T) {
	t.Parallel()
	api, let := waiting(t)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.RequestsPerPerson = 3 })
	ada, bob := uuid.NewString(), uuid.NewString()
	codes := make(chan int, 4)
	ask := func(person string) {
		res, err := w.try(t.Context(), "GET", "/api/v1/me", nil, "X-Person", person)
		if err != nil {
			codes <- 0
			return
		}
		_ = res.Body.Close()
		codes <- res.StatusCode
	}
	for range 3 {
		go ask(ada)
		api.next(t)
	}
	res := w.do(t, "GET", "/api/v1/me", nil, "X-Person", ada)
	wantProblem(t, res, 429, "too_many_requests")
	if res.Header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", res.Header.Get("Retry-After"))
	}
	go ask(bob)
	api.next(t) // the other's request is under way, beside all of hers
	let()
	for range 4 {
		if code := <-codes; code != http.StatusOK {
			t.Errorf("one that was under way got %d", code)
		}
	}
	eventually(t, "their places are free", func() bool {
		return w.do(t, "GET", "/api/v1/me", nil, "X-Person", ada).StatusCode == http.StatusOK
	})
}

func TestStreamsAreCountedApartFromRequests(t *testing.T) {
	t.Parallel()
	api, let := waiting(t)
	let()
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.RequestsPerPerson, c.StreamsPerPerson = 1, 2 })
	ada, bob := uuid.NewString(), uuid.NewString()
	first := w.do(t, "GET", "/api/v1/b/events", nil, "X-Person", ada)
	w.do(t, "GET", "/api/v1/b/events", nil, "X-Person", ada)
	wantProblem(t, w.do(t, "GET", "/api/v1/b/events", nil, "X-Person", ada), 429, "too_many_streams")
	if res := w.do(t, "GET", "/api/v1/me", nil, "X-Person", ada); res.StatusCode != http.StatusOK {
		t.Errorf("a request beside the streams: %d", res.StatusCode)
	}
	if res := w.do(t, "GET", "/api/v1/b/events", nil, "X-Person", bob); res.StatusCode != http.StatusOK {
		t.Errorf("another's stream: %d", res.StatusCode)
	}
	_ = first.Body.Close()
	eventually(t, "the closed stream's place is free", func() bool {
		return w.do(t, "GET", "/api/v1/b/events", nil, "X-Person", ada).StatusCode == http.StatusOK
	})
}

func TestConnectionsToTheAPIAreBoundedAndStreamsLeaveSomeForRequests(t *testing.T) {
	t.Parallel()
	api, let := waiting(t)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.Connections = 4 })
	for range 3 {
		w.do(t, "GET", "/api/v1/b/events", nil, "X-Person", uuid.NewString())
		api.next(t)
	}
	wantProblem(t, w.do(t, "GET", "/api/v1/b/events", nil), 503, "api_busy")
	api.next(t)
	done := make(chan int, 1)
	go func() {
		res, err := w.try(t.Context(), "GET", "/api/v1/me", nil)
		if err == nil {
			_ = res.Body.Close()
			done <- res.StatusCode
		}
	}()
	api.next(t)
	full := w.do(t, "GET", "/api/v1/me", nil)
	wantProblem(t, full, 503, "api_busy")
	if full.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	let()
	if code := <-done; code != http.StatusOK {
		t.Errorf("the last of the connections: %d", code)
	}
	api.wantNone(t)
}

// eventually waits for a condition.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for began := time.Now(); !holds(); {
		if time.Since(began) > patience {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
