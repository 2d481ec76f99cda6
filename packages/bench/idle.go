package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

const (
	streamsMany  = 1000
	streamPeople = 200 // who hold them
)

// idleStreams measures what a proxy keeps for an event stream on which nothing happens.
func (b *bench) idleStreams(ctx context.Context, t *track) (table, error) {
	kinds := []struct {
		name  string
		start func() (runner, error)
	}{
		{"bare, buffers of 32 KiB", func() (runner, error) { return t.startBare(ctx, fullBuffer) }},
		{"bare, buffers of 4 KiB", func() (runner, error) { return t.startBare(ctx, smallBuffer) }},
		{"web", func() (runner, error) { return t.startWeb(ctx, t.eddsa, streamPeople) }},
	}
	each := make([][]float64, len(kinds))
	for round := range b.rounds {
		b.say("idle streams %d of %d", round+1, b.rounds)
		for i, kind := range kinds {
			r, err := kind.start()
			if err != nil {
				return table{}, err
			}
			bytes, err := r.perStream(ctx)
			r.stop()
			if err != nil {
				return table{}, err
			}
			each[i] = append(each[i], bytes)
		}
	}
	return b.idleTable([]float64{median(each[0]), median(each[1]), median(each[2])}, kinds[0].name, kinds[1].name, kinds[2].name), nil
}

func (b *bench) idleTable(bytes []float64, names ...string) table {
	t := table{
		title: "A thousand idle event streams",
		head:  []string{"", "KiB a stream", "times the bare one with equal buffers (≤ 1.3)"},
		notes: []string{fmt.Sprintf("What VmRSS grew by, %s after the last of %d streams said its greeting, over their number. Each program starts anew; medians of %d. "+
			"Web's streams are of %d people, and it copies them with buffers of 4 KiB.", seconds(rest), streamsMany, b.rounds, streamPeople)},
	}
	for i, name := range names {
		t.rows = append(t.rows, []string{name, fmt.Sprintf("%.1f", bytes[i]/1024), ratioOf(bytes[i], bytes[min(i, 1)])})
	}
	return t
}

func ratioOf(value, to float64) string { return fmt.Sprintf("%.2f", value/to) }

// perStream opens the streams, the people taking turns, and tells what each took, in bytes.
func (r runner) perStream(ctx context.Context) (float64, error) {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	if err := leaveAlone(ctx); err != nil {
		return 0, err
	}
	before := r.resident()
	for n := range streamsMany {
		if err := r.ways[n%len(r.ways)].listen(ctx); err != nil {
			return 0, fmt.Errorf("stream %d: %w", n, err)
		}
	}
	if err := leaveAlone(ctx); err != nil {
		return 0, err
	}
	return (r.resident() - before) / streamsMany, nil
}

// listen opens an event stream and reads its greeting; it lasts as long as ctx.
func (c *caller) listen(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/events", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "text/event-stream")
	if err := c.authorize(request.Header); err != nil {
		return err
	}
	response, err := c.client.Do(request) //nolint:bodyclose // it stays open until ctx ends, which closes it
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return &refusal{request: "GET /events", status: response.StatusCode, want: http.StatusOK}
	}
	_, err = io.ReadFull(response.Body, make([]byte, 1))
	return err
}
