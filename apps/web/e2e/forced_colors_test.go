package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// A contrast theme of the system's drops backgrounds: what is drawn with them is to be seen all the same.
func TestTheWallInTheSystemsOwnColours(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	ada.limit(t, w, 0, 3)
	v := s.visitor(t)
	v.borrow(ada)
	v.do(proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "forced-colors", Value: "active"}}}.Call(v.page))
	v.open(w.page())
	unseen := v.page.MustEval(`() => {
		const drawn = (e, part) => getComputedStyle(e, part).backgroundImage !== "none"
		const ground = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor
		return Object.entries({
			"a column's tools": [...document.querySelectorAll(".column-tools .tool")].every((e) => drawn(e)),
			"a card's tool": drawn(document.querySelector(".card > .tool")),
			"the plus at a foot": drawn(document.querySelector(".adds"), "::before"),
			"the rail's slots": new Set([ground(".rail .on"), ground(".rail > i:not(.on)"), ground("body")]).size === 3,
			"the page one is on": (() => {
				const here = document.querySelector(".pages [aria-current]"), { color, backgroundColor } = getComputedStyle(here)
				here.style.cssText = "color: HighlightText; background: Highlight"
				return color === getComputedStyle(here).color && backgroundColor === getComputedStyle(here).backgroundColor
			})(),
		}).filter(([, seen]) => !seen).map(([what]) => what).join(", ")
	}`).Str()
	if unseen != "" {
		t.Errorf("not to be seen: %s", unseen)
	}
}
