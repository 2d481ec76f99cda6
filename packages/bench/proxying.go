package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// crossing is a row of the table: how large the answers are, and how many cross at once.
type crossing struct {
	name  string
	bytes int
	c     int
}

var crossings = []crossing{
	{"2 KB", 2 << 10, 1}, {"2 KB", 2 << 10, 64},
	{"64 KB", 64 << 10, 1}, {"64 KB", 64 << 10, 64},
}

// The lanes of the track, in the order they run.
const (
	laneDirect = iota
	laneBare
	laneEdDSA
	laneSecret
	lanes
)

// proxies measures web's proxy, with either kind of token, beside a bare one and the way past both.
func (b *bench) proxies(ctx context.Context) ([]table, error) {
	t, err := openTrack(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer t.close()
	rates, err := b.proxyRates(ctx, t)
	if err != nil {
		return nil, err
	}
	objects, err := b.allocations(ctx, t)
	if err != nil {
		return nil, err
	}
	idle, err := b.idleStreams(ctx, t)
	if err != nil {
		return nil, err
	}
	floods, err := b.floods(ctx, t)
	return []table{rates, objects, idle, floods}, err
}

// proxyRates lets the lanes take turns within each row, so that a ratio compares what was measured within seconds.
func (b *bench) proxyRates(ctx context.Context, t *track) (table, error) {
	running, err := t.line(ctx)
	if err != nil {
		return table{}, err
	}
	defer func() {
		for _, r := range running[laneBare:] {
			r.stop()
		}
	}()
	took := make([]crossed, len(crossings)*lanes)
	for round := range b.rounds {
		b.say("proxy %d of %d", round+1, b.rounds)
		for i, row := range crossings {
			for lane, r := range running {
				if err := took[i*lanes+lane].measure(ctx, r, row, b.cell); err != nil {
					return table{}, err
				}
			}
		}
	}
	return b.proxyTable(took), nil
}

// crossed is what one cell of the table came to.
type crossed struct {
	outcomes
	processor []time.Duration // what the program itself took for a request
}

func (x *crossed) measure(ctx context.Context, r runner, row crossing, lasting time.Duration) error {
	path := "/answers/" + strconv.Itoa(row.bytes)
	var done atomic.Int64
	before := r.processor()
	one, err := cell(ctx, repeat(row.c, func(ctx context.Context) error {
		done.Add(1)
		return r.way.call(ctx, http.MethodGet, path, nil, http.StatusOK, nil)
	}), lasting)
	if err != nil {
		return err
	}
	x.outcomes = append(x.outcomes, one)
	x.processor = append(x.processor, (r.processor()-before)/time.Duration(done.Load()))
	return nil
}

// line starts all lanes.
func (t *track) line(ctx context.Context) (running []runner, err error) {
	running = []runner{t.direct()}
	for _, start := range []func() (runner, error){
		func() (runner, error) { return t.startBare(ctx, fullBuffer) },
		func() (runner, error) { return t.startWeb(ctx, t.eddsa, 1) },
		func() (runner, error) { return t.startWeb(ctx, t.secret, 1) },
	} {
		r, err := start()
		if err != nil {
			for _, started := range running[laneBare:] {
				started.stop()
			}
			return nil, err
		}
		running = append(running, r)
	}
	return running, nil
}

func (b *bench) proxyTable(took []crossed) table {
	t := table{
		title: "The proxy beside a bare one",
		head: []string{"answer", "c", "direct /s", "p50 / p99 ms", "bare /s", "p50 / p99 ms", "EdDSA /s", "p50 / p99 ms", "HS512 /s", "p50 / p99 ms",
			"EdDSA : bare (≥ 0.7)", "HS512 : bare (≥ 0.85)", "added p50 µs (< 150)", "processor µs, bare / EdDSA / HS512"},
		notes: []string{
			"A stand-in for the api that answers at once, asked directly, through a bare `httputil.ReverseProxy` with web's transport and pool of buffers, " +
				"and through web, each time with the header that a browser sends with a fetch. Web does: host and path checks, session, token, header rules, access log. Each in a process of its own. " +
				"Added: web's p50 with EdDSA over the bare proxy's, median of each round's difference. " +
				"Processor: what the proxy's own process took for a request, whatever else the machine did.",
			fmt.Sprintf("The load's client (net/http, kept-alive connections) and all processes share this machine's cores. "+
				"Medians of %d rounds of %s a cell; the ways take turns, and the ratios are medians of each round's.", b.rounds, b.cell),
		},
	}
	for i, row := range crossings {
		of := took[i*lanes : (i+1)*lanes]
		line := []string{row.name, fmt.Sprint(row.c)}
		for _, o := range of {
			line = append(line, fmt.Sprintf("%.0f", o.rate()), millis(o.p50())+" / "+millis(o.p99()))
		}
		t.rows = append(t.rows, append(line,
			fmt.Sprintf("%.2f", of[laneEdDSA].ratioTo(of[laneBare].outcomes)), fmt.Sprintf("%.2f", of[laneSecret].ratioTo(of[laneBare].outcomes)),
			micros(of[laneEdDSA].over(of[laneBare].outcomes)),
			micros(median(of[laneBare].processor))+" / "+micros(median(of[laneEdDSA].processor))+" / "+micros(median(of[laneSecret].processor))))
	}
	return t
}

// over is how much longer the median took, round by round.
func (o outcomes) over(other outcomes) time.Duration {
	added := make([]time.Duration, len(o))
	for i := range o {
		added[i] = o[i].p50 - other[i].p50
	}
	return median(added)
}
