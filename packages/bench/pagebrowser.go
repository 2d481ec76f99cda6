package main

import (
	"context"
	"fmt"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

const (
	drags   = 20
	farAway = 2000 // ms that the network takes while cards are dropped
)

// seen is what a board's page is in a browser.
type seen struct {
	name         string
	cold, after  int // bytes over the wire until all is quiet, and after a first drag too
	drops, moves []time.Duration
	events       []time.Duration
	heap         float64
	nodes        int
}

// probes note, from within the page, how long it takes from an event until what it did is painted.
const probes = `() => {
	window.bench = { drops: [], moves: [], events: [] }
	const painted = (event, times) => requestAnimationFrame(() => {
		const { port1, port2 } = new MessageChannel()
		port1.onmessage = () => times.push(performance.now() - event.timeStamp)
		port2.postMessage(0)
	})
	addEventListener("pointerup", (event) => painted(event, bench.drops), true)
	addEventListener("pointermove", (event) => painted(event, bench.moves), true)
	new PerformanceObserver((list) => bench.events.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "event", durationThreshold: 16 })
}`

func (b *bench) inBrowser(ctx context.Context, s *site, pages []*sized) ([]table, error) {
	browser, end, err := openChromium(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var all []seen
	for _, p := range pages {
		b.say("a board of %s in a browser", p.size)
		one, err := see(ctx, browser, s, p)
		if err != nil {
			return nil, fmt.Errorf("a board of %s in a browser: %w", p.size, err)
		}
		all = append(all, one)
	}
	return []table{seenTable(all)}, nil
}

// see opens a board's page, and drags cards on it.
func see(ctx context.Context, browser *rod.Browser, s *site, p *sized) (seen, error) {
	one := seen{name: p.size.String()}
	err := show(ctx, browser, cookieOf(s.chain, s.origin), s.origin+p.path(), func(page *rod.Page, weight *scale) {
		ctx := page.GetContext()
		one.cold = weight.rest(ctx)
		page.MustEval(probes)
		drag(page, 0)
		one.after = weight.rest(ctx)
		must(proto.NetworkEmulateNetworkConditions{Latency: farAway, DownloadThroughput: -1, UploadThroughput: -1}.Call(page))
		for i := range drags {
			drag(page, i+1)
		}
		one.drops, one.moves, one.events = times(page, "drops"), times(page, "moves"), times(page, "events")
		must(proto.HeapProfilerCollectGarbage{}.Call(page))
		one.heap = got(proto.RuntimeGetHeapUsage{}.Call(page)).UsedSize
		one.nodes = page.MustEval(`() => document.querySelectorAll("*").length`).Int()
		must(proto.NetworkEmulateNetworkConditions{DownloadThroughput: -1, UploadThroughput: -1}.Call(page))
		weight.rest(ctx)
	})
	return one, err
}

// drag carries the second card of the first or second column over to the other, up and down there, and drops it.
func drag(page *rod.Page, turn int) {
	from, to := turn%2, (turn+1)%2
	at := func(column, card int) proto.Point {
		box := page.MustEval(`(column, card) => {
			const box = document.querySelectorAll("[data-column]")[column].querySelectorAll(".card")[card].getBoundingClientRect()
			return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
		}`, column, card)
		return proto.Point{X: box.Get("x").Num(), Y: box.Get("y").Num()}
	}
	dropped := page.MustEval(`() => bench.drops.length`).Int()
	start, over := at(from, 1), at(to, 5)
	must(page.Mouse.MoveTo(start))
	must(page.Mouse.Down(proto.InputMouseButtonLeft, 1))
	must(page.Mouse.MoveLinear(over, 12))
	must(page.Mouse.MoveLinear(proto.Point{X: over.X, Y: over.Y - 240}, 12))
	must(page.Mouse.MoveLinear(over, 12))
	must(page.Mouse.Up(proto.InputMouseButtonLeft, 1))
	page.MustWait(`(before) => bench.drops.length > before && !document.querySelector(".is-lifted")`, dropped)
}

// times are what a probe noted, the shortest first.
func times(page *rod.Page, of string) []time.Duration {
	var all []time.Duration
	for _, ms := range page.MustEval(`(of) => bench[of].toSorted((a, b) => a - b)`, of).Arr() {
		all = append(all, time.Duration(ms.Num()*float64(time.Millisecond)))
	}
	return all
}

func seenTable(all []seen) table {
	t := table{
		title: "The page of a board in Chromium",
		head: []string{
			"columns × cards", "over the wire, cold (target: < 60 KB)", "after a first drag (< 60 KB)", "drop to painted, p50 / worst ms (< 50)",
			"a move of the pointer to painted, p50 / p99 ms", "slowest interaction, ms (< 100)", "JavaScript's heap (< 40 MB)", "elements",
		},
		notes: []string{fmt.Sprintf("A window of 1280 × 800, headless, a fresh profile. Over the wire: the browser's count of headers and compressed bodies, until nothing "+
			"was under way for 0.7 s. %d cards are dragged while the network takes %d ms each way, so that nothing painted in less waited for it. Interaction: the longest that "+
			"the browser's event timing saw, in steps of 8 ms; 0: none reached 16. Heap: after a collection.", drags, farAway)},
	}
	for _, one := range all {
		worst := time.Duration(0)
		if n := len(one.events); n > 0 {
			worst = one.events[n-1]
		}
		t.rows = append(t.rows, []string{
			one.name, kilobytes(one.cold), kilobytes(one.after),
			fmt.Sprintf("%s / %s", millis(percentile(one.drops, 50)), millis(percentile(one.drops, 100))),
			fmt.Sprintf("%s / %s", millis(percentile(one.moves, 50)), millis(percentile(one.moves, 99))),
			millis(worst), megabytes(one.heap), fmt.Sprint(one.nodes),
		})
	}
	return t
}
