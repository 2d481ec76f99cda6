package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// viewer looks on at a board through web, and holds each event to its turn. It reads events as JSON, or, where it is one of many
// that share the processors with what is measured, finds there what it needs.
type viewer struct {
	cursory bool
	last    int64 // seq

	count sync.Mutex // over took
	took  []time.Duration
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
	for lines := bufio.NewReaderSize(response.Body, 4096); ; {
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return err
		}
		data, is := bytes.CutPrefix(line, []byte("data: "))
		if !is {
			continue
		}
		event, err := v.read(data)
		if err != nil {
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

func (v *viewer) read(data []byte) (event told, err error) {
	if !v.cursory {
		return event, json.Unmarshal(data, &event)
	}
	if event.Seq, err = strconv.ParseInt(string(behind(data, `"seq":`, ',')), 10, 64); err != nil {
		return event, err
	}
	event.At, err = time.Parse(time.RFC3339Nano, string(behind(data, `"at":"`, '"')))
	return event, err
}

// behind is what stands between a name and the next end.
func behind(data []byte, name string, end byte) []byte {
	_, value, _ := bytes.Cut(data, []byte(name))
	if at := bytes.IndexByte(value, end); at >= 0 {
		return value[:at]
	}
	return nil
}

// readAsJSON is how many viewers of a gallery do; the others are cursory.
const readAsJSON = 10

// gallery is so many viewers of one board.
type gallery struct {
	all   []*viewer
	leave context.CancelFunc
	gone  sync.WaitGroup
	count sync.Mutex // over wrong
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
	for i := range n {
		v := &viewer{cursory: i >= readAsJSON}
		a.all = append(a.all, v)
		coming.Add(1)
		few <- struct{}{}
		a.gone.Go(func() {
			seated := sync.OnceFunc(func() { <-few; coming.Done() })
			defer seated()
			err := v.look(within, c, on, from, seated, func(e told) bool { v.hear(e); return true })
			if within.Err() == nil {
				a.fail(err)
			}
		})
	}
	coming.Wait()
	return a, a.failed()
}

func (v *viewer) hear(e told) {
	took := time.Since(e.At)
	v.count.Lock()
	defer v.count.Unlock()
	v.took = append(v.took, took)
}

func (v *viewer) heard() []time.Duration {
	v.count.Lock()
	defer v.count.Unlock()
	return v.took
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
		wrong := a.failed()
		all := !slices.ContainsFunc(a.all, func(v *viewer) bool { return len(v.heard()) < events })
		switch {
		case wrong != nil:
			return nil, wrong
		case all:
			var took []time.Duration
			for _, v := range a.all {
				took = append(took, v.heard()...)
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
