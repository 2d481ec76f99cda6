package httpserver_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/packages/httpserver"
)

func TestReadinessNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	var away atomic.Bool
	away.Store(true)
	health := httpserver.NewHealth(
		httpserver.Check{Name: "database", Run: func(context.Context) error {
			if away.Load() {
				return errors.New("dial tcp 10.0.0.7:5432: refused")
			}
			return nil
		}},
		httpserver.Check{Name: "keys", Run: func(context.Context) error { return nil }},
	)
	url, book := serve(t, httpserver.Config{Health: health}, nil)

	if res := get(t, url+"/livez"); res.StatusCode != 200 || text(t, res) != "ok\n" {
		t.Error("not alive")
	}
	book.next(t)
	res := get(t, url+"/readyz")
	if doc := wantProblem(t, res, 503, "not_ready"); doc.Detail != "Not ready yet, waiting for: database." || res.Header.Get("Retry-After") == "" {
		t.Errorf("got %+v", doc)
	}
	if line := book.next(t); line["level"] != "WARN" || !strings.Contains(line["cause"].(string), "refused") {
		t.Errorf("got %v", line)
	}
	away.Store(false)
	if res := get(t, url+"/readyz"); res.StatusCode != 200 || text(t, res) != "ok\n" {
		t.Error("not ready again")
	}
}

func TestReadinessDoesNotWaitForAHangingCheck(t *testing.T) {
	t.Parallel()
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	health := httpserver.NewHealth(
		httpserver.Check{Name: "stuck", Run: func(context.Context) error { <-never; return nil }},
		httpserver.Check{Name: "broken", Run: func(context.Context) error { panic("boom") }},
		httpserver.Check{Name: "fine", Run: func(context.Context) error { return nil }},
	)
	start := time.Now()
	err := health.Ready(t.Context())
	if err == nil || !strings.Contains(err.Error(), "stuck, broken.") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > patience {
		t.Errorf("took %v", took)
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	var ready atomic.Bool
	health := httpserver.NewHealth(httpserver.Check{Name: "keys", Run: func(context.Context) error {
		if !ready.Load() {
			return errors.New("none")
		}
		return nil
	}})
	url, _ := serve(t, httpserver.Config{Health: health}, nil)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}

	if err := httpserver.Probe(t.Context(), "127.0.0.1:"+port); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("not ready, but the probe says %v", err)
	}
	ready.Store(true)
	for _, addr := range []string{"127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port} {
		if err := httpserver.Probe(t.Context(), addr); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if err := httpserver.Probe(t.Context(), "nonsense"); err == nil {
		t.Error("an address without a port passed")
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	if err := httpserver.Probe(t.Context(), closed.Addr().String()); err == nil {
		t.Error("nobody listens, but the probe is content")
	}
}
