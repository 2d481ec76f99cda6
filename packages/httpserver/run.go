package httpserver

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"
)

const maxHeaderBytes = 32 << 10

// Server says what Run serves and how it stops. Handler, Health and Log are required.
type Server struct {
	Handler http.Handler
	Health  *Health // the one in Config
	Log     *slog.Logger
	// Linger is how long to go on accepting while /readyz already says no, so that a load balancer
	// notices before it is refused. Default: not at all.
	Linger time.Duration
	// Grace is how long requests in flight may take to finish after that. Default 15 s.
	Grace time.Duration
	// ReadHeaderTimeout is how long a client may take over its request's head. Default 10 s.
	ReadHeaderTimeout time.Duration
}

// Run serves on the listener until ctx ends, then stops in order: not ready; linger; no new
// connections and an end to streams; requests in flight finish within the grace; what is left is cut.
// It returns nil after such a stop, else why the listener failed.
func Run(ctx context.Context, listener net.Listener, s Server) error {
	base, cut := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cut(ErrStopping)
	server := s.server(base)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(watchedListener{listener}) }()
	go debug.FreeOSMemory() // what the program's start left behind would lie there until the heap has grown

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.Health.draining.Store(true)
	s.Log.Info("stopping", "linger", s.Linger)
	select {
	case err := <-failed:
		return err
	case <-time.After(s.Linger):
	}
	s.Health.stop(ErrStopping)
	return s.shutdown(base, server, cut)
}

func (s Server) shutdown(base context.Context, server *http.Server, cut context.CancelCauseFunc) error {
	grace, cancel := context.WithTimeout(base, or(s.Grace, 15*time.Second))
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		s.Log.Warn("stopped with requests still in flight: their time was up")
		cut(ErrStopping)
		return server.Close()
	}
	return err
}

func (s Server) server(base context.Context) *http.Server {
	return &http.Server{
		Handler:           s.Handler,
		BaseContext:       func(net.Listener) context.Context { return base },
		ReadHeaderTimeout: or(s.ReadHeaderTimeout, 10*time.Second),
		IdleTimeout:       2 * time.Minute, // longer than our proxy keeps a connection, so that it is never the one surprised
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
		// "OPTIONS *" goes through our middleware like everything else.
		DisableGeneralOptionsHandler: true,
		ConnContext:                  withConn,
		ConnState:                    betweenRequests,
	}
}

// betweenRequests readies a connection for its next request: the deadline of the last write must not spoil
// what comes, and a new head is to be remembered.
func betweenRequests(conn net.Conn, state http.ConnState) {
	if state != http.StateIdle {
		return
	}
	_ = conn.SetWriteDeadline(time.Time{})
	if watched, ok := conn.(*watchedConn); ok {
		watched.expectHead()
	}
}

func or(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}
