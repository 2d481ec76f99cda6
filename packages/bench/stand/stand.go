// Package stand holds the programs that a proxy is measured against, each run in a process of its own: the stand-in
// for the api, and a bare httputil.ReverseProxy.
package stand

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"runtime"
	"time"
)

// Allocations is where a stand tells, as {"mallocs": n}, how many objects it has allocated since it began.
const Allocations = "/allocations"

// serve answers at addr until ctx ends.
func serve(ctx context.Context, addr string, handler http.Handler) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Allocations, tellAllocations)
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
	_ = json.NewEncoder(w).Encode(map[string]uint64{"mallocs": stats.Mallocs})
}
