package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

func TestTheSkipLinkComesFirst(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	for _, path := range []string{"/", "/boards", "/boards/archived", "/search?q=a", w.page() + "/settings", w.page(), w.page() + "/cards/1", w.page() + "/cards/1/move", "/nothing-here"} {
		v.open(path)
		v.hit(input.Tab)
		if got := v.focus(); !strings.HasPrefix(got, "A.skip") {
			t.Errorf("%s: the first Tab leads to %s", path, got)
		}
		v.wantFocusSeen(path)
		v.hit(input.Enter)
		if got := v.focus(); !strings.HasPrefix(got, "MAIN") {
			t.Errorf("%s: the skip link leads to %s", path, got)
		}
	}
}

func TestFocusIsSeenWhereverItGoes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnop", "")...)
	v := s.visitor(t)
	v.borrow(ada)
	for _, path := range []string{"/boards", "/search?q=a", w.page() + "/settings", w.page(), w.page() + "/cards/1", w.page() + "/cards/1/move"} {
		v.open(path)
		stops := 0
		for v.hit(input.Tab); v.focus() != ""; v.hit(input.Tab) {
			v.wantFocusSeen(path)
			if stops++; stops > 100 {
				t.Fatalf("%s: the focus doesn't come to an end", path)
			}
		}
		if stops < 4 {
			t.Errorf("%s: only %d stops", path, stops)
		}
	}
}

// The order in which Tab goes is the order in which things are read: the bar, then what the page is about.
func TestTheOrderOfTheTabKey(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	for path, want := range map[string][]string{
		"/boards":             {"Skip to content", "Cardwall", "Search all boards", "AYour menu", "Garden"},
		w.page():              {"Skip to content", "All boards", "Garden", "Star", "Board", "Settings", "Search all boards", "AYour menu", "To do", "Move To do", "Add card to To do", "Actions for To do", "a", "Actions for #1", "Add card to To do", "Doing"},
		w.page() + "/cards/1": {"Skip to content", "All boards", "Garden", "AYour menu", "Back to the board", "Copy link", "Edit the title", "To do , move", "Assign", "Assign me", "Choose labels", "Add a date", "Edit the description", "Move to", "Archive", "Delete"},
	} {
		v.open(path)
		at := 0
		var stops []string
		for v.hit(input.Tab); v.focus() != "" && at < len(want) && len(stops) < 60; v.hit(input.Tab) {
			name := v.focusName()
			if stops = append(stops, name); strings.HasPrefix(name, want[at]) {
				at++
			}
		}
		if at < len(want) {
			t.Errorf("%s: Tab goes %q, without %q in its turn", path, stops, want[at])
		}
	}
}

// focusName is what a screen reader calls that which has the focus.
func (v *visitor) focusName() string {
	return v.page.MustEval(`() => {
		const e = document.activeElement
		return (e.ariaLabel ?? e.textContent).trim().replace(/\s+/g, " ")
	}`).Str()
}

// At 400 % a window of 1280 × 800 shows what one of 320 × 200 does: all of it is reached, and nothing but the wall
// itself scrolls sideways.
func TestPagesAtFourHundredPercent(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.do(v.page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: 320, Height: 200, DeviceScaleFactor: 4}))
	for _, path := range []string{"/boards", "/search", "/search?q=b", w.page(), w.page() + "/cards/1", w.page() + "/cards/1/move", w.page() + "/settings"} {
		v.open(path)
		v.wantNoOverflow(path)
		hidden := v.page.MustEval(`() => [...document.querySelectorAll("main :is(a, button, input:not([type=hidden]), summary, textarea)")].filter((e) => {
			if (!e.checkVisibility()) return false
			e.scrollIntoView({ block: "center", inline: "center", behavior: "instant" })
			const { left, right, top, bottom } = e.getBoundingClientRect()
			return right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight
		}).map((e) => e.outerHTML.slice(0, 80)).join("\n")`).Str()
		if hidden != "" {
			t.Errorf("%s: out of reach are\n%s", path, hidden)
		}
	}
	v.open(w.page())
	v.card("a").MustElement("a").MustFocus()
	v.hit('>')
	ada.wantStored(t, w, "b", "a", "")
}

// focus names what has the keyboard's focus, "" for nothing.
func (v *visitor) focus() string {
	return v.page.MustEval(`() => {
		const e = document.activeElement
		return e === document.body ? "" : e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 30)
	}`).Str()
}

// wantFocusSeen checks that a ring is drawn around what has the focus, and that nothing lies over that.
func (v *visitor) wantFocusSeen(where string) {
	v.t.Helper()
	fault := v.page.MustEval(`() => {
		const focused = document.activeElement
		const style = (e) => getComputedStyle(e)
		const ringed = [focused, focused.closest(".card"), focused.closest(".tile")]
			.find((e) => e && style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) >= 2)
		if (!ringed) return "no ring around it"
		const box = ringed.getBoundingClientRect(), middle = (box.left + box.right) / 2
		if (box.width < 1 || box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) {
			return "it is out of the window: " + JSON.stringify(box)
		}
		const ring = parseFloat(style(ringed).outlineOffset) + 1
		for (const [part, y] of [["middle", (box.top + box.bottom) / 2], ["ring's upper side", box.top - ring], ["ring's lower side", box.bottom + ring]]) {
			const over = document.elementFromPoint(middle, y)?.closest(".column-head, .column-foot, .flash")
			if (over && !over.contains(ringed)) return "its " + part + " is under " + over.className
		}
		return ""
	}`).Str()
	if fault != "" {
		v.t.Errorf("%s, focus on %s: %s", where, v.focus(), fault)
	}
}
