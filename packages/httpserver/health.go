package httpserver

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"cardwall/packages/problem"
)

const (
	livePath  = "/livez"
	readyPath = "/readyz"

	// checkTime is what all checks together may take.
	checkTime = time.Second
)

// Check is one thing a server needs to be ready. Its name is shown to whoever asks, its error only logged.
type Check struct {
	Name string
	Run  func(context.Context) error
}

// Health knows whether a server is ready and whether it is about to stop. New answers from it, Run drives it.
type Health struct {
	checks   []Check
	draining atomic.Bool
	stopping context.Context // a signal with a cause, not a request's context
	stop     context.CancelCauseFunc
}

// NewHealth makes the health of a server that is ready when all checks pass.
func NewHealth(checks ...Check) *Health {
	stopping, stop := context.WithCancelCause(context.Background())
	return &Health{checks: checks, stopping: stopping, stop: stop}
}

// Stream is the context for an answer that may last: it ends with ctx, and with the cause ErrStopping
// when the server goes, while short requests are left to finish.
func (h *Health) Stream(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	unhook := context.AfterFunc(h.stopping, func() { cancel(ErrStopping) })
	return ctx, func() { unhook(); cancel(context.Canceled) }
}

// Ready returns nil, or Unavailable naming the checks that don't pass. It takes at most a second, even
// where a check forgets its context.
func (h *Health) Ready(ctx context.Context) error {
	if h.draining.Load() {
		return errStopping()
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	results := make([]chan error, len(h.checks))
	for i, check := range h.checks {
		results[i] = make(chan error, 1)
		go func() { results[i] <- check.run(ctx) }()
	}
	var names []string
	var causes []error
	for i, check := range h.checks {
		if err := await(ctx, results[i]); err != nil {
			names, causes = append(names, check.Name), append(causes, fmt.Errorf("%s: %w", check.Name, err))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return problem.New(problem.Unavailable, "not_ready", "Not ready yet, waiting for: "+strings.Join(names, ", ")+".").
		Because(errors.Join(causes...)).After(time.Second)
}

// run keeps a check that panics from taking the process down.
func (c Check) run(ctx context.Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return c.Run(ctx)
}

func await(ctx context.Context, result <-chan error) error {
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-result: // it was in time, we were busy with another
		return err
	default:
		return ctx.Err()
	}
}

func live(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.String(http.StatusOK, "ok\n")
}

func (h *Health) readiness(c echo.Context) error {
	if err := h.Ready(c.Request().Context()); err != nil {
		return err
	}
	return live(c)
}
