package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// paletteWords are typed and taken away again, letter by letter: of cards, of an action, of nothing.
var paletteWords = []string{"card 12", "number of", "settings", "zzzz"}

const paletteOpenings = 10

// paletteSeen is what the palette took, the shortest first.
type paletteSeen struct {
	first, later, keys    []time.Duration
	bare                  []time.Duration // keys typed into a field on a page that has nothing else
	rows                  int             // drawn at most
	styles, layouts       float64         // of the page for a key
	script, style, layout []float64       // seconds of it for a key
}

// paletteProbes note how long it takes from the key's time until what it did is painted: until the palette is open, or the
// row that fits is marked.
const paletteProbes = `() => {
	window.bench = { times: [], rows: 0 }
	addEventListener("keydown", ({ timeStamp, ctrlKey }) => {
		const shut = !document.querySelector(".palette[open]")
		const look = () => requestAnimationFrame(() => {
			if (ctrlKey && shut && !document.querySelector(".palette[open]")) return look()
			bench.rows = Math.max(bench.rows, document.querySelectorAll(".palette [role=option]").length)
			const { port1, port2 } = new MessageChannel()
			port1.onmessage = () => bench.times.push(performance.now() - timeStamp)
			port2.postMessage(0)
		})
		look()
	}, true)
}`

// palettes measures how soon the palette is there on a board of 5,000 cards, with its script still to come and with it, and
// how soon it answers a key.
func (b *bench) palettes(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	on, err := putSized(ctx, s.pool, s.bare.person, large)
	if err != nil {
		return nil, err
	}
	browser, end, err := openChromium(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var all paletteSeen
	for round := range b.rounds {
		b.say("the palette on a board of %s, %d of %d", large, round+1, b.rounds)
		if err := all.round(ctx, browser, s, on); err != nil {
			return nil, err
		}
		if err := all.bareRound(ctx, browser); err != nil {
			return nil, err
		}
	}
	for _, times := range [][]time.Duration{all.first, all.later, all.keys, all.bare} {
		slices.Sort(times)
	}
	return []table{all.table()}, nil
}

// round opens the board in a profile of its own.
func (p *paletteSeen) round(ctx context.Context, browser *rod.Browser, s *site, on *wall) error {
	return show(ctx, browser, cookieOf(s.chain, s.origin), s.origin+on.path(""), func(page *rod.Page, weight *scale) {
		ctx := page.GetContext()
		must(proto.PerformanceEnable{}.Call(page))
		page.MustEval(paletteProbes)
		p.first = append(p.first, openedIn(page))
		for range paletteOpenings {
			must(page.Keyboard.Type(input.Escape))
			page.MustWait(`() => !document.querySelector(".palette")`)
			p.later = append(p.later, openedIn(page))
		}
		weight.rest(ctx)
		p.typeAll(page)
		p.rows = max(p.rows, page.MustEval(`() => bench.rows`).Int())
	})
}

// bareRound types the same on a page that is nothing but a field: what the browser and the machine take at least.
func (p *paletteSeen) bareRound(ctx context.Context, browser *rod.Browser) error {
	ctx, cancel := context.WithTimeout(ctx, browserWait)
	defer cancel()
	return rod.Try(func() {
		page := browser.MustPage("data:text/html,<input autofocus>").Context(ctx)
		defer page.MustClose()
		page.MustElement("input").MustFocus()
		page.MustEval(paletteProbes)
		p.bare = append(p.bare, typed(page)...)
	})
}

func (p *paletteSeen) typeAll(page *rod.Page) {
	before := metrics(page)
	keys := typed(page)
	after := metrics(page)
	each := func(of string) float64 { return (after[of] - before[of]) / float64(len(keys)) }
	p.keys = append(p.keys, keys...)
	p.styles, p.layouts = each("RecalcStyleCount"), each("LayoutCount")
	p.script, p.style, p.layout = append(p.script, each("ScriptDuration")), append(p.style, each("RecalcStyleDuration")), append(p.layout, each("LayoutDuration"))
}

// typed is how long each key took of some words that are typed and taken away again.
func typed(page *rod.Page) []time.Duration {
	var keys []time.Duration
	for _, word := range paletteWords {
		for _, letter := range word {
			keys = append(keys, pressed(page, func() { must(page.Keyboard.Type(input.Key(letter))) }))
		}
		for range word {
			keys = append(keys, pressed(page, func() { must(page.Keyboard.Type(input.Backspace)) }))
		}
	}
	return keys
}

func openedIn(page *rod.Page) time.Duration {
	return pressed(page, func() { must(page.KeyActions().Press(input.ControlLeft).Type('k').Do()) })
}

// pressed is how long it took from the last key until what it did was painted.
func pressed(page *rod.Page, press func()) time.Duration {
	page.MustEval(`() => { bench.times = [] }`)
	press()
	page.MustWait(`() => bench.times.length > 0`)
	all := times(page, "times")
	return all[0] // of Ctrl and the letter, which comes later
}

func metrics(page *rod.Page) map[string]float64 {
	all := map[string]float64{}
	for _, metric := range got(proto.PerformanceGetMetrics{}.Call(page)).Metrics {
		all[metric.Name] = metric.Value
	}
	return all
}

// The targets: the second is what a frame takes at 60 a second.
const (
	paletteOpens   = 50 * time.Millisecond
	paletteAnswers = 16 * time.Millisecond
)

func (p *paletteSeen) table() table {
	row := func(what string, times []time.Duration, target time.Duration) []string {
		return []string{
			what, fmt.Sprintf("%s / %s / %s", millis(percentile(times, 50)), millis(percentile(times, 99)), millis(percentile(times, 100))),
			fmt.Sprintf("%.1f %% in %d ms", 100*share(times, target), target.Milliseconds()), fmt.Sprint(len(times)),
		}
	}
	return table{
		title: "The palette on a board of " + large.String() + " cards",
		head:  []string{"", "p50 / p99 / worst ms", "of them", "presses"},
		rows: [][]string{
			row("opened for the first time, its script still to come", p.first, paletteOpens),
			row("opened again", p.later, paletteOpens),
			row("a key typed into it", p.keys, paletteAnswers),
			row("a key typed into a field on a page that has nothing else", p.bare, paletteAnswers),
		},
		notes: []string{fmt.Sprintf("From the key's time until what it did was painted, frames of 16.7 ms and all, in a headless Chromium that shares the machine. "+
			"For a key: %.2f ms of script, %.2f of style in %.1f rounds, %.2f of layout in %.1f; %d rows were drawn at most.",
			1000*median(p.script), 1000*median(p.style), p.styles, 1000*median(p.layout), p.layouts, p.rows)},
	}
}
