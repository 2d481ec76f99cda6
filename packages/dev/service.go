package dev

import (
	"context"
	"io"
	"net/http"
	"time"

	"cardwall/packages/postgres/pgserver/leash"
)

const (
	readyPoll  = 15 * time.Millisecond
	settleTime = 2 * time.Second
	// stopGrace is short: a stream that an open page holds shouldn't keep a saved file waiting.
	stopGrace = 2 * time.Second
)

// service is one of the apps, as it is run.
type service struct {
	name    string
	program string
	env     []string
	readyz  string
	output  io.Writer
	process *leash.Process // nil until it is first started
}

// event is what a service tells the runner.
type event struct {
	service *service
	process *leash.Process // which run of it: it may have been replaced meanwhile
	ended   error          // why it ended, for "ended"
	took    time.Duration  // from the change to now, for "ready"
	kind    eventKind
}

type eventKind int

const (
	ready eventKind = iota
	ended
)

// restart replaces the running process, if any, by a new one, and reports when that is ready and when
// it ends.
func (s *service) restart(ctx context.Context, since time.Time, report chan<- event) error {
	s.stop()
	process, err := leash.Start(leash.Options{
		Command: []string{s.program}, Env: s.env, Stdout: s.output, Stderr: s.output, Grace: stopGrace,
	})
	if err != nil {
		return err
	}
	s.process = process
	go func() {
		if s.waitUntilReady(ctx, process) {
			send(ctx, report, event{service: s, process: process, kind: ready, took: time.Since(since)})
		}
		err := process.Wait()
		send(ctx, report, event{service: s, process: process, kind: ended, ended: err})
	}()
	return nil
}

func (s *service) stop() {
	if s.process != nil {
		s.process.Stop()
	}
}

// settle gives a service that others lean on a moment to get ready.
func (s *service) settle(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	s.waitUntilReady(ctx, s.process)
}

// waitUntilReady asks the service's own word; it is false when the process has ended before.
func (s *service) waitUntilReady(ctx context.Context, process *leash.Process) bool {
	tick := time.NewTicker(readyPoll)
	defer tick.Stop()
	for {
		if s.isReady(ctx) {
			return true
		}
		select {
		case <-tick.C:
		case <-process.Done():
			return false
		case <-ctx.Done():
			return false
		}
	}
}

func (s *service) isReady(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.readyz, nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func send(ctx context.Context, to chan<- event, e event) {
	select {
	case to <- e:
	case <-ctx.Done():
	}
}
