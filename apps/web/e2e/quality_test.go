package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// What a machine can say of a page: what axe finds, whether it is wider than its window, whether it jumps.

// picture is taken when somebody asked for pictures: they take as long as all else that is done to a page.
func (v *visitor) picture(name string) {
	v.t.Helper()
	if !takesPictures() {
		return
	}
	dir := filepath.Join(root(v.t), ".data", "screenshots")
	v.do(os.MkdirAll(dir, 0o755))
	v.do(os.WriteFile(filepath.Join(dir, name+".png"), must(v.page.Screenshot(true, nil))(v.t), 0o644))
}

func takesPictures() bool { return os.Getenv("PICTURES") != "" }

// axe finds what keeps people out of a page (Deque's axe-core).
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile(filepath.Join("..", "assets", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core isn't installed: run `npm ci` in apps/web/assets: %w", err)
	}
	return string(script), nil
})

// wantNoViolations asks axe. The size of targets is judged on a page at rest: an open menu may cover some.
func (v *visitor) wantNoViolations(name string, atRest bool) {
	v.t.Helper()
	v.askAxe(name, map[string]any{"rules": map[string]any{"target-size": map[string]any{"enabled": atRest}}})
}

// wantColoursFit asks axe by the rules that look at colours. The others can't tell the dark from the light as long as the
// same things stand in the same places.
func (v *visitor) wantColoursFit(name string) {
	v.t.Helper()
	v.askAxe(name, map[string]any{"runOnly": []string{"color-contrast", "link-in-text-block"}})
}

func (v *visitor) askAxe(name string, options map[string]any) {
	v.t.Helper()
	v.slid() // what fades in has no contrast yet
	options["resultTypes"] = []string{"violations"}
	if !v.page.MustEval(`() => "axe" in window`).Bool() {
		must(v.page.Eval("() => {" + must(axe())(v.t) + "}"))(v.t)
	}
	found := v.page.MustEval(`(options) => axe.run(document, options)
		.then((result) => result.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + " at " + node.target.join(" ") + ": " + node.failureSummary)).join("\n"))`, options).Str()
	if found != "" {
		v.t.Errorf("%s: axe finds\n%s", name, found)
	}
}

// stands is what of the page is to be seen, and where.
func (v *visitor) stands() string {
	v.t.Helper()
	return v.page.MustEval(`() => [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => {
		const box = e.getBoundingClientRect(), style = getComputedStyle(e)
		return [e.tagName, box.x, box.y, box.width, box.height, style.fontSize, style.fontWeight].join(" ")
	}).join("\n")`).Str()
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
	// Its columns scroll down, each by itself; the wall scrolls sideways alone.
	if wall, err := v.page.Eval(`() => { const wall = document.querySelector(".board"); return wall ? wall.scrollHeight - wall.clientHeight : 0 }`); err != nil || wall.Value.Int() > 0 {
		v.t.Errorf("%s: the wall scrolls down by %v px (%v)", name, wall.Value, err)
	}
}

// wantNoShift compares where everything stands with how it was drawn before a script had its turn.
func (v *visitor) wantNoShift(name, path string) {
	v.t.Helper()
	scripted := v.places()
	v.script(false)
	v.open(path)
	v.drawWhole()
	plain := v.places()
	v.script(true)
	for i := range min(len(plain), len(scripted)) {
		if plain[i] != scripted[i] {
			v.t.Errorf("%s: a script shifts %s to %s", name, plain[i], scripted[i])
			return
		}
	}
}

// drawWhole has the browser draw the cards out of sight too, which it spares itself otherwise.
func (v *visitor) drawWhole() {
	v.t.Helper()
	v.page.MustEval(`() => { for (const part of document.querySelectorAll(".column, .card")) part.style.contentVisibility = "visible" }`)
}

// places lists what is on the page with the line that each thing begins on.
func (v *visitor) places() []string {
	v.t.Helper()
	return strings.Split(v.page.MustEval(`() => [...document.querySelectorAll("main, main :not(time, svg, svg *)")]
		.filter((e) => e.checkVisibility())
		.map((e) => e.tagName + (e.id && "#" + e.id) + " at y " + Math.round(e.getBoundingClientRect().top)).join("\n")`).Str(), "\n")
}
