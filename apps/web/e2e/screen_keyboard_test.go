package e2e_test

import (
	"strings"
	"testing"
)

// The keyboard of a phone takes the lower part of the window: what is written, and the button under it, stay in sight.
func TestWhatIsWrittenStaysAboveAPhonesKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefgh", "")...)
	ada.edited(t, w, "1", strings.Repeat("A line\n", 12))
	v := s.visitor(t)
	v.borrow(ada)
	const wide, high, left = 390, 844, 480

	v.resize(wide, high)
	v.open(w.page())
	v.tap(v.find("[data-foot-add]"))
	v.wantFocus(".adder textarea")
	v.resize(wide, left)
	v.wantInSight(".adder [data-one]")
	v.do(v.page.InsertText("Rake\nHoe\nSpade\nFork"))
	v.find(".adder [data-each]", "^Add 4 cards$")
	v.wantInSight(".adder [data-one]")
	v.wantInSight(".adder textarea")

	v.resize(wide, high)
	v.tap(v.card("a").MustElement("a"))
	v.tap(v.find("dialog #edit-description > summary"))
	v.wantFocus("dialog #description")
	v.resize(wide, left)
	v.wantInSight("dialog #edit-description .btn.primary")
}

// wantInSight waits until all of a thing is in the window, and nothing lies over its middle.
func (v *visitor) wantInSight(selector string) {
	v.t.Helper()
	target := v.find(selector)
	eventually(v.t, selector+" is in sight", func() bool {
		return target.MustEval(`() => {
			const { left, right, top, bottom } = this.getBoundingClientRect()
			return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && this.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))
		}`).Bool()
	})
}
