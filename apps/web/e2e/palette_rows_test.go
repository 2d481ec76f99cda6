package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// What a window shows is drawn at once, the rest when nobody types or when somebody goes there.
func TestThePaletteDrawsWhatIsSeenFirst(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	var titles []string
	for range 40 {
		titles = append(titles, "Water the roses")
	}
	w := ada.wall(t, "Garden", titles...)
	v := s.at(t, ada, w.page())
	v.palette("")
	v.offered()
	typed := func(then string) (rows, of int) {
		seen := v.page.MustEval(`(then) => {
			const field = document.querySelector(".palette input")
			field.value = "water"
			field.dispatchEvent(new InputEvent("input"))
			if (then) field.dispatchEvent(new KeyboardEvent("keydown", { key: then, cancelable: true }))
			const rows = [...document.querySelectorAll(".palette [role=option]")]
			return [rows.length, Number(rows[0].ariaSetSize), rows.findIndex((row) => row.ariaSelected === "true"), Number(rows.at(-1).ariaPosInSet)]
		}`, then).Arr()
		if seen[3].Int() != seen[0].Int() || then == "End" && seen[2].Int() != seen[1].Int()-1 {
			t.Errorf("after %q there are %v", then, seen)
		}
		return seen[0].Int(), seen[1].Int()
	}
	if rows, of := typed(""); rows != 14 || of < 31 {
		t.Errorf("%d rows of %d are drawn at once", rows, of)
	}
	if rows, of := typed("End"); rows != of {
		t.Errorf("%d rows of %d are drawn for whoever goes to the last", rows, of)
	}
	typed("")
	if all := v.offered(); len(all) < 31 || !strings.HasPrefix(all[0], "> ") {
		t.Errorf("it offers %d: %q", len(all), all)
	}
}

// A key costs the browser least where rows stay the elements that they are, and nothing scrolls behind them. But the row that somebody
// presses is no other's meanwhile.
func TestThePaletteKeepsItsRows(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", slices.Concat([]string{"Fence"}, slices.Repeat([]string{"Water the roses"}, 9), []string{"Wade in ponds"})...)
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(1280, 500)
	v.open(w.page())
	v.page.MustEval(`() => { document.querySelector("[data-column]").scrollTop = 100 }`)
	v.palette("wate")
	v.wantOffer("#2 Water the roses | To do")
	v.page.MustEval(`() => {
		window.changes = []
		new MutationObserver((all) => changes.push(...all)).observe(document.querySelector(".palette"), { childList: true, subtree: true })
	}`)
	v.do(v.page.InsertText("r"))
	v.find(".palette [aria-selected=true] mark", "^Water$")
	if parts := v.page.MustEval(`() => changes.filter(({ target }) => !target.closest("[aria-labelledby=palette-Search]")).length`).Int(); parts > 0 {
		t.Errorf("a letter more had %d parts come or go", parts)
	}
	stands := func(overflow string) bool {
		return v.page.MustEval(`(overflow) => { const column = document.querySelector("[data-column]"); return column.scrollTop === 100 && getComputedStyle(column).overflowY === overflow }`, overflow).Bool()
	}
	eventually(t, "nothing scrolls behind it", func() bool { return stands("hidden") })

	v.write(v.find(".palette input"), "wa")
	v.wantOffer("#2 Water the roses | To do")
	v.page.MustEval(`() => {
		window.pressed = document.querySelector(".palette [aria-selected=true]")
		pressed.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))
	}`)
	v.do(v.page.InsertText("d"))
	v.wantOffer("#11 Wade in ponds | To do")
	if is := v.page.MustEval(`() => pressed.textContent`).Str(); !strings.HasPrefix(is, "#2 Water") {
		t.Errorf("what somebody presses has become %q", is)
	}
	v.page.MustEval(`() => { pressed = document.querySelector(".palette [aria-selected=true]"); dispatchEvent(new PointerEvent("pointerup")) }`)
	v.write(v.find(".palette input"), "wat")
	v.wantOffer("#2 Water the roses | To do")
	if is := v.page.MustEval(`() => pressed.textContent`).Str(); !strings.HasPrefix(is, "#2 Water") {
		t.Errorf("the row isn't taken again: it is %q", is)
	}

	// Another thing's mark is marked anew, where it is the same as one before.
	for _, word := range []string{"Wa", "Fe"} {
		v.write(v.find(".palette input"), word[:1])
		v.do(v.page.InsertText(word[1:]))
		v.find(".palette [aria-selected=true] mark", "^"+word+"$")
	}
	v.hit(input.Escape)
	v.gone(".palette")
	if !stands("auto") {
		t.Error("the column isn't as it was")
	}
}
