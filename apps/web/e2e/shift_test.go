package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// What is told of drafts comes when the page is drawn already, and moves nothing of it.
func TestDraftsMoveNothingWhenAPageLoads(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnopqrst", "")...)
	ada.edited(t, w, "1", "Stored")
	card := w.page() + "/cards/1"
	v := s.at(t, ada, card)
	v.click("#edit-description > summary")
	v.fill("#description", "Mine")
	v.open(w.page() + "/cards/2")
	v.click("#edit-title > summary")
	v.fill("#title", "mine")
	ada.edited(t, w, "2", "Theirs")
	v.open(w.page())
	v.press(v.column(0).MustElement(".adds"))
	v.fill(".adder textarea", "half a card")
	v.scriptsLate()
	for _, width := range []int{1280, 390} {
		v.resize(width, 800)
		for path, told := range map[string]string{card: "[data-offer]", w.page() + "/cards/2": "[data-offer]", w.page(): ".adds"} {
			v.open(path)
			v.find(told, "You were writing|half a card")
			if moved := v.shifted(); moved != "" {
				t.Errorf("at %d px, on %s: %s", width, path, moved)
			}
		}
	}
	v.open(w.page())
	v.click(".adds", `Go on adding “half a card”\s+to To do`)
	v.wantFocus(".adder textarea")
	if got := v.find(".adder textarea").MustProperty("value").Str(); got != "half a card" {
		t.Errorf("the box holds %q", got)
	}
}

// scriptsLate has all scripts come when their page has been drawn.
func (v *visitor) scriptsLate() {
	v.t.Helper()
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkSetCacheDisabled{CacheDisabled: true}.Call(v.page))
	router := v.page.HijackRequests()
	v.do(router.Add("*/assets/*.js", proto.NetworkResourceTypeScript, func(script *rod.Hijack) {
		eventually(v.t, "the page is drawn", func() bool {
			drawn, err := v.page.Eval(`() => performance.getEntriesByName("first-contentful-paint").length`)
			return err == nil && drawn.Value.Int() > 0
		})
		goOn(script)
	}))
	go router.Run()
	v.t.Cleanup(func() { _ = router.Stop() })
}

// shifted names what has moved since the page was first drawn, by the browser's own measure (Layout Instability).
func (v *visitor) shifted() string {
	v.t.Helper()
	return v.page.MustEval(`() => new Promise((tell) => {
		const moved = []
		new PerformanceObserver((list) => moved.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true })
		const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ")
		const name = ({ node, previousRect, currentRect }) => [(node?.outerHTML ?? node?.data ?? "").slice(0, 60), "from", place(previousRect), "to", place(currentRect)].join(" ")
		requestAnimationFrame(() => requestAnimationFrame(() => tell(moved.map(({ value, sources }) => [value, ...sources.map(name)].join(", ")).join("\n"))))
	})`).Str()
}
