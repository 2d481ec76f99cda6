package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// listen serves /metrics, and nothing else, on an address of its own: the public one never has it.
func (m *metrics) listen(ctx context.Context, addr string, log *slog.Logger) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("METRICS_ADDR %s can't be listened on: %w", addr, err)
	}
	quiet := slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog:      slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ErrorHandling: promhttp.ContinueOnError, // what can be read is shown
		// One collector asks now and then: a second and third may wait, more is a mistake.
		MaxRequestsInFlight: 3, Timeout: 10 * time.Second,
	}))
	m.server = &http.Server{
		Handler: mux, ErrorLog: quiet,
		ReadTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	go func() {
		if err := m.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are not served any more", "err", err)
		}
	}()
	log.InfoContext(ctx, "metrics", "addr", listener.Addr().String())
	return nil
}

func (m *metrics) stop() { _ = m.server.Close() }
