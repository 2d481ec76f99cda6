package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// Nothing is cut or moved that needn't be: what gives way in a bar is the line of the filter, before the board's name.
func TestNothingIsCutThatHasRoom(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	sample, garden := ada.sample(t), ada.furnish(t, few)
	v := s.at(t, ada, sample)
	isCut := func(selector string) bool {
		return v.find(selector).MustEval(`() => this.scrollWidth > this.clientWidth`).Bool()
	}

	for _, width := range []int{1280, 1024, 1001, 1000, 761, 760, 640} {
		v.resize(width, 700)
		if isCut(".switcher summary > span") {
			t.Errorf("a board's name is cut in a window of %d px", width)
		}
		if field := v.find("#filter-line"); field.MustVisible() && field.MustShape().Box().Width < 120 {
			t.Errorf("the filter's line has no room for its words in a window of %d px", width)
		}
	}

	v.resize(1280, 800)
	v.open(garden.page())
	v.press(v.column(0).MustElement(".adds"))
	v.fill(".adder[open] textarea", "Wheelbarrows, two of them")
	v.hit(input.Escape)
	v.reload()
	button := v.find(".adds", "Go on adding")
	if sign := button.MustEval(`() => parseFloat(getComputedStyle(this, "::before").width)`).Num(); sign != 20 {
		t.Errorf("the sign before a draft is %v px wide", sign)
	}

	v.open(garden.page() + "/cards/1")
	stood := v.find("h1").MustEval(`() => { const text = document.createRange(); text.selectNodeContents(this); return [text.getBoundingClientRect().x, getComputedStyle(this).fontSize].join() }`).Str()
	v.click(".detail-title summary")
	if stands := v.find("#title").MustEval(`() => { const { paddingLeft, borderLeftWidth, fontSize } = getComputedStyle(this); return [this.getBoundingClientRect().x + parseFloat(paddingLeft) + parseFloat(borderLeftWidth), fontSize].join() }`).Str(); stands != stood {
		t.Errorf("a card's title goes from %s to %s when it is edited", stood, stands)
	}
}
