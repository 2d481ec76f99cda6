package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// viewer looks on at a board through web, and holds each event to its turn.
type viewer struct {
	last int64 // seq
	took []time.Duration
}

// told is what a viewer needs of an event.
type told struct {
	Seq int64     `json:"seq"`
	At  time.Time `json:"at"`
}

// look opens the stream behind a seq and reads until each says that it is enough, or ctx ends. opened is told when there is a stream.
func (v *viewer) look(ctx context.Context, c *caller, on *wall, after int64, opened func(), each func(told) bool) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s%s?after=%d", c.base, on.path("/events"), after), http.NoBody)
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "text/event-stream")
	if err := c.authorize(request.Header); err != nil {
		return err
	}
	response, err := c.client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("a stream of events: %s", response.Status)
	}
	v.last = after
	opened()
	for lines := bufio.NewReaderSize(response.Body, 2048); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return err
		}
		data, is := bytes.CutPrefix(line, []byte("data: "))
		if !is {
			continue
		}
		var event told
		if err := json.Unmarshal(data, &event); err != nil {
			return err
		}
		if event.Seq != v.last+1 {
			return fmt.Errorf("after %d came %d", v.last, event.Seq)
		}
		v.last = event.Seq
		if !each(event) {
			return nil
		}
	}
}

// gallery is so many viewers of one board.
type gallery struct {
	all   []*viewer
	leave context.CancelFunc
	gone  sync.WaitGroup
	count sync.Mutex // over took
	wrong error
}

// seat has n viewers look on at a board, and returns when all do.
func seat(ctx context.Context, c *caller, on *wall, n int) (*gallery, error) {
	from, err := seqOf(ctx, c, on)
	if err != nil {
		return nil, err
	}
	within, leave := context.WithCancel(ctx)
	a := &gallery{leave: leave}
	var coming sync.WaitGroup
	few := make(chan struct{}, 64)
	for range n {
		v := &viewer{}
		a.all = append(a.all, v)
		coming.Add(1)
		few <- struct{}{}
		a.gone.Go(func() {
			seated := sync.OnceFunc(func() { <-few; coming.Done() })
			defer seated()
			err := v.look(within, c, on, from, seated, func(e told) bool { a.hear(v, e); return true })
			if within.Err() == nil {
				a.fail(err)
			}
		})
	}
	coming.Wait()
	return a, a.failed()
}

func (a *gallery) hear(v *viewer, e told) {
	took := time.Since(e.At)
	a.count.Lock()
	defer a.count.Unlock()
	v.took = append(v.took, took)
}

func (a *gallery) fail(err error) {
	a.count.Lock()
	defer a.count.Unlock()
	a.wrong = err
}

func (a *gallery) failed() error {
	a.count.Lock()
	defer a.count.Unlock()
	return a.wrong
}

// heard waits until every viewer has had so many events, and returns how long they took, sorted.
func (a *gallery) heard(ctx context.Context, events int) ([]time.Duration, error) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		a.count.Lock()
		wrong := a.wrong
		all := !slices.ContainsFunc(a.all, func(v *viewer) bool { return len(v.took) < events })
		a.count.Unlock()
		switch {
		case wrong != nil:
			return nil, wrong
		case all:
			var took []time.Duration
			for _, v := range a.all {
				took = append(took, v.took...)
			}
			slices.Sort(took)
			return took, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (a *gallery) close() {
	a.leave()
	a.gone.Wait()
}

func seqOf(ctx context.Context, c *caller, on *wall) (int64, error) {
	var board struct{ Seq int64 }
	return board.Seq, c.call(ctx, http.MethodGet, on.path(""), nil, http.StatusOK, &board)
}
