package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// Each page is looked at in three ways, and a picture of each lands under .data/screenshots. What a machine can
// say of it fails the test: what axe finds, a page wider than its window, a layout that shifts.
var looks = []struct {
	name          string
	scheme        string
	width, height int
}{
	{"light", "light", 1280, 800},
	{"dark", "dark", 1280, 800},
	{"phone", "light", 390, 844},
}

// view is a page, or a state of one that is reached by a few steps.
type view struct {
	name string
	path string
	then func(v *visitor)
}

func TestHowItLooks(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	fresh := s.person(t, "Grace")
	furnished := ada.furnish(t)
	first, wrong := furnished.page()+"/cards/1", func(v *visitor) {
		v.fill("#email", "ada@example.org")
		v.fill("#password", "something else")
		v.follow("form button", "Sign in")
	}
	empty := must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Nothing on it yet"}))(t)

	for who, views := range map[*person][]view{
		s.guest(t): {
			{"landing", "/", nil}, {"sign-in", "/sign-in", nil}, {"sign-up", "/sign-up", nil}, {"sign-in-refused", "/sign-in", wrong},
		},
		fresh: {{"boards-empty", "/boards", nil}, {"landing-signed-in", "/", nil}},
		ada: {
			{"boards", "/boards", nil},
			{"board", furnished.page(), nil},
			{"board-empty", "/boards/" + empty.Id.String(), nil},
			{"board-column-menu", furnished.page(), func(v *visitor) { v.press(v.column(1).MustElement(".column-tools summary")) }},
			{"board-card-menu", furnished.page(), func(v *visitor) { v.openMenu("Ask the neighbours about the fence") }},
			{"board-account-menu", furnished.page(), func(v *visitor) { v.click(".app-bar > details:last-child > summary") }},
			{"board-rename", furnished.page(), func(v *visitor) { v.click(".switcher > summary") }},
			{"board-quick-add", furnished.page(), func(v *visitor) { v.press(v.column(0).MustElement(".adder > summary")) }},
			{"board-archived", furnished.page() + "?archived=60", nil},
			{"board-focus", furnished.page(), func(v *visitor) { v.hit(input.Tab, input.Tab, input.Tab, input.Tab, input.Tab, input.Tab, input.Tab) }},
			{"column", furnished.page() + "/columns/" + furnished.Columns[3].String(), nil},
			{"card", first, nil},
			{"card-editing", first, func(v *visitor) { v.click(".block summary") }},
			{"card-bare", furnished.page() + "/cards/2", nil},
			{"card-long", furnished.page() + "/cards/3", nil},
			{"card-archived", furnished.page() + "/cards/60", nil},
			{"conflict", first, func(v *visitor) { v.saveStale(ada, furnished) }},
			{"move", first + "/move", nil},
			{"error", "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01", nil},
		},
	} {
		t.Run(views[0].name, func(t *testing.T) {
			t.Parallel()
			lookAt(t, s, who, views)
		})
	}
}

// lookAt goes through the views in one browser, signed in as somebody.
func lookAt(t *testing.T, s *stack, who *person, views []view) {
	t.Helper()
	v := s.visitor(t)
	v.borrow(who)
	for _, look := range looks {
		v.resize(look.width, look.height)
		v.prefer(look.scheme)
		for _, view := range views {
			v.open(view.path)
			if view.then != nil {
				view.then(v)
			}
			name := view.name + "-" + look.name
			v.picture(name)
			v.wantNoViolations(name)
			v.wantNoOverflow(name)
			if view.then == nil {
				v.wantNoShift(name)
			}
		}
	}
}

// borrow takes over somebody's session cookie.
func (v *visitor) borrow(p *person) {
	v.t.Helper()
	for pair := range strings.SplitSeq(p.cookies(v.t), "; ") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			v.do(v.page.SetCookies([]*proto.NetworkCookieParam{{Name: name, Value: value, URL: v.url, HTTPOnly: true}}))
		}
	}
}

func (v *visitor) picture(name string) {
	v.t.Helper()
	dir := filepath.Join(root(v.t), ".data", "screenshots")
	v.do(os.MkdirAll(dir, 0o755))
	v.do(os.WriteFile(filepath.Join(dir, name+".png"), must(v.page.Screenshot(true, nil))(v.t), 0o644))
}

// axe finds what keeps people out of a page (Deque's axe-core).
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile(filepath.Join("..", "assets", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core isn't installed: run `npm ci` in apps/web/assets: %w", err)
	}
	return string(script), nil
})

func (v *visitor) wantNoViolations(name string) {
	v.t.Helper()
	must(v.page.Eval("() => {" + must(axe())(v.t) + "}"))(v.t)
	found := v.page.MustEval(`() => axe.run(document, { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] })
		.then((result) => result.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + " at " + node.target.join(" ") + ": " + node.failureSummary)).join("\n"))`).Str()
	if found != "" {
		v.t.Errorf("%s: axe finds\n%s", name, found)
	}
}

func (v *visitor) wantNoOverflow(name string) {
	v.t.Helper()
	wide := v.page.MustEval(`() => {
		const room = document.documentElement.clientWidth
		if (document.documentElement.scrollWidth <= room) return ""
		return room + " px hold " + document.documentElement.scrollWidth + ": " + [...document.querySelectorAll("body *")]
			.filter((e) => e.getBoundingClientRect().right > room + 0.5).slice(0, 5).map((e) => e.tagName + "." + e.className).join(", ")
	}`).Str()
	if wide != "" {
		v.t.Errorf("%s is wider than its window: %s", name, wide)
	}
}

// wantNoShift asks the browser how much of the page jumped while it was loading.
func (v *visitor) wantNoShift(name string) {
	v.t.Helper()
	moved := v.page.MustEval(`() => new Promise((done) => {
		let sum = 0
		new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.hadRecentInput ? 0 : shift.value })
			.observe({ type: "layout-shift", buffered: true })
		requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
	})`).Num()
	if moved > 0.001 {
		v.t.Errorf("%s: the layout shifts by %.3f", name, moved)
	}
}
