package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// On a machine that has no time for us everything takes longer: ten times what an answer takes there are granted.
func TestPoolExhaustedIs503InTwoSeconds(t *testing.T) {
	t.Parallel()
	pool := openPool(t, 2)
	b := signedInOn(t, pool, func(http.ResponseWriter, *http.Request) {})
	asked := time.Now()
	b.send(t, "GET", "/api/v1/me", "")
	usual := time.Since(asked)
	for range 2 {
		held, err := pool.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer held.Release()
	}
	for _, path := range []string{"/api/v1/me", "/boards", "/api/auth/session"} {
		began := time.Now()
		res := b.send(t, "GET", path, "")
		if took := time.Since(began); took > 2500*time.Millisecond+10*usual {
			t.Errorf("%s was answered after %s", path, took)
		}
		if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || len(res.Cookies()) > 0 {
			t.Errorf("%s: %d %v", path, res.StatusCode, res.Header)
		}
	}
}

func TestStreamsHoldNoConnectionOfTheDatabase(t *testing.T) {
	t.Parallel()
	pool := openPool(t, 2)
	b := signedInOn(t, pool, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/events") {
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, ":\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	for range 20 { // ten times as many as there are connections
		stream := b.send(t, "GET", "/api/v1/boards/7/events", "")
		if _, err := io.ReadFull(stream.Body, make([]byte, 2)); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		if res := b.send(t, "GET", "/api/v1/me", ""); res.StatusCode != http.StatusOK {
			t.Errorf("beside the streams a request gets %d", res.StatusCode)
		}
	}
}
