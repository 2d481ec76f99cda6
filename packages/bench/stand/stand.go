// Package stand holds the programs that a proxy is measured against, each run in a process of its own: the stand-in
// for the api, and a bare httputil.ReverseProxy.
package stand

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"time"
)

// Metrics is where a stand tells how many objects it has allocated since it began, as Prometheus' client does.
const Metrics = "/metrics"

// serve answers at addr until ctx ends.
func serve(ctx context.Context, addr string, handler http.Handler) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Metrics, tellAllocations)
	mux.Handle("/", handler)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func tellAllocations(w http.ResponseWriter, _ *http.Request) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	_, _ = fmt.Fprintf(w, "go_memstats_mallocs_total %d\n", stats.Mallocs)
}
