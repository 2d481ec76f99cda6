package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// floodBytes is a body that no proxy can want to hold.
const floodBytes = 1 << 30

// floods measures what a body of 1 GiB makes web hold, up and down.
func (b *bench) floods(ctx context.Context, t *track) (table, error) {
	out := table{
		title: "A body of 1 GiB through web",
		head:  []string{"", "took", "GB/s", "held before", "at most during", "grew by (≤ 10 MiB)"},
		notes: []string{fmt.Sprintf("Web starts anew for each, and has carried 64 MiB the same way before; held: VmRSS and VmHWM. Medians of %d.", b.rounds)},
	}
	for _, kind := range []struct {
		name string
		send func(*caller, context.Context, int64) error
	}{{"upload", (*caller).upload}, {"download", (*caller).download}} {
		var all []flood
		for round := range b.rounds {
			b.say("%s of 1 GiB, %d of %d", kind.name, round+1, b.rounds)
			one, err := t.flood(ctx, kind.send)
			if err != nil {
				return table{}, fmt.Errorf("%s: %w", kind.name, err)
			}
			all = append(all, one)
		}
		took := median(each(all, func(f flood) time.Duration { return f.took }))
		before, peak := median(each(all, func(f flood) float64 { return f.before })), median(each(all, func(f flood) float64 { return f.peak }))
		grew := median(each(all, func(f flood) float64 { return f.peak - f.before }))
		out.rows = append(out.rows, []string{kind.name, seconds(took), fmt.Sprintf("%.1f", floodBytes/1e9/took.Seconds()),
			megabytes(before), megabytes(peak), fmt.Sprintf("%.1f MiB", grew/(1<<20))})
	}
	return out, nil
}

// flood is what one came to.
type flood struct {
	took         time.Duration
	before, peak float64
}

func (t *track) flood(ctx context.Context, send func(*caller, context.Context, int64) error) (flood, error) {
	web, err := t.startWeb(ctx, t.eddsa, 1)
	if err != nil {
		return flood{}, err
	}
	defer web.stop()
	if err := send(web.way, ctx, 64<<20); err != nil {
		return flood{}, err
	}
	if err := leaveAlone(ctx); err != nil {
		return flood{}, err
	}
	f := flood{before: web.peak()}
	began := time.Now()
	err = send(web.way, ctx, floodBytes)
	f.took, f.peak = time.Since(began), web.peak()
	return f, err
}

// upload sends a chunked body of zeros.
func (c *caller) upload(ctx context.Context, bytes int64) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/uploads", io.LimitReader(zeros{}, bytes))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.drain(request, int64(len(fmt.Sprintf(`{"read": %d}`, bytes))))
}

func (c *caller) download(ctx context.Context, bytes int64) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/downloads/"+strconv.FormatInt(bytes, 10), nil)
	if err != nil {
		return err
	}
	return c.drain(request, bytes)
}

// drain wants an answer of so many bytes.
func (c *caller) drain(request *http.Request, want int64) error {
	if err := c.authorize(request.Header); err != nil {
		return err
	}
	response, err := c.client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	got, err := io.Copy(io.Discard, response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || got != want) {
		err = fmt.Errorf("%s %s: %s with %d bytes, not %d", request.Method, request.URL.Path, response.Status, got, want)
	}
	return err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
