package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// What a thumb does on a phone's screen.
func TestAPhonesWall(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	v.open(w.page())
	v.wantThumbsFit("the wall")

	// A swipe goes to the next column and lifts nothing, wherever it begins. The button at the foot adds there.
	from := middle(v.card("a"))
	v.finger("touchStart", from)
	for x := from.X; x > 20; x -= 20 {
		v.finger("touchMove", proto.Point{X: x, Y: from.Y})
		if v.page.MustHas(".is-slot, .is-lifted") {
			t.Fatal("a swipe lifted a card")
		}
	}
	v.finger("touchEnd")
	v.find(".column-nav [aria-current]", "^Doing 0$")
	v.tap(v.find("[data-foot-add]"))
	v.wantFocus(".adder textarea")
	v.fill(".adder textarea", "c")
	v.tap(v.find(".adder button", "^Add card$"))
	v.wantAdded("c")
	v.wantOrder("To do: a b", "Doing: c", "Done: ")
	v.tap(v.find(".adder summary"))

	// A long press takes a column, and the wall's edge scrolls.
	v.tap(v.find(".column-nav a", "^To do"))
	v.find(".column-nav [aria-current]", "^To do 2$")
	head := v.find("h2", "^To do$")
	v.rests(head)
	v.finger("touchStart", middle(head))
	v.find(".column.is-lifted")
	v.answers("/move", 200, func() {
		aside := 1.0
		eventually(t, "the column to make way", func() bool {
			aside = -aside
			v.finger("touchMove", proto.Point{X: 380 + aside, Y: 120})
			return strings.HasPrefix(v.columns(), "Doing, To do")
		})
		v.finger("touchEnd")
	})

	// The foot leads from each of the board's pages to the others.
	for _, page := range []string{"Settings", "Archive", "Board"} {
		v.leaving(func() { v.tap(v.find(".pages a", page)) })
		v.find(".pages [aria-current]", page)
		v.wantNoOverflow(page)
		v.wantThumbsFit(page)
	}
	for _, page := range []string{"/columns/" + w.Columns[0].String(), "/cards/1"} {
		v.open(w.page() + page)
		v.wantThumbsFit(page)
		v.leaving(func() { v.tap(v.find(".pages a", "Settings")) })
	}
	v.leaving(func() { v.tap(v.find(".pages a", "Board")) })
	v.wantOnServer(ada, w, v.columns())
}

func (v *visitor) tap(target *rod.Element) {
	v.t.Helper()
	v.rests(target)
	v.finger("touchStart", middle(target))
	v.finger("touchEnd")
}

// rests waits until a thing in sight doesn't move any more.
func (v *visitor) rests(target *rod.Element) {
	v.t.Helper()
	v.do(proto.DOMScrollIntoViewIfNeeded{ObjectID: target.Object.ObjectID}.Call(v.page))
	var before proto.Point
	eventually(v.t, target.String()+" rests", func() bool {
		at := middle(target)
		rests := at == before
		before = at
		return rests
	})
}

// wantThumbsFit checks that a thumb hits each button.
func (v *visitor) wantThumbsFit(where string) {
	v.t.Helper()
	small := v.page.MustEval(`() => [...document.querySelectorAll(".app-bar :is(a, button, summary), .column-nav a, .tool, .btn")].filter((e) => {
		const { width, height } = e.getBoundingClientRect()
		return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && Math.min(width, height) < 28
			|| e.parentElement.matches(".card") && e.offsetTop > 8 // in the card's corner
	}).map((e) => e.outerHTML.slice(0, 80)).join("\n")`).Str()
	if small != "" {
		v.t.Errorf("%s: too small for a thumb, or out of place, are\n%s", where, small)
	}
}
