package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

func TestCardsAreAddedInARowWithoutLeavingThePage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => { window.isTheSame = true }`)
	v.click(".adds")
	box := v.find(".adder[open] textarea")
	v.wantFocus(".adder textarea")
	typed := func() string { return box.MustProperty("value").Str() }
	enter := func(text string, then ...input.Key) {
		t.Helper()
		v.do(v.page.InsertText(text))
		v.hit(then...)
	}

	// On a slow network they are there at once, and stored in the order in which they were typed; a card can go beside
	// one that is on its way.
	v.slow(400)
	enter("b", input.Enter, input.Enter, input.Enter) // an empty box adds nothing
	enter("c", input.Enter)
	enter("half")
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")
	if v.wantFocus(".adder textarea"); typed() != "half" {
		t.Errorf("the box holds %q", typed())
	}
	v.card("a").MustElement("a").MustFocus()
	v.hit(input.Space, input.ArrowDown, input.ArrowDown, input.Space)
	ada.wantStored(t, w, "b c a", "", "")
	v.wantAdded("c")
	v.slow(0)
	v.wantOrder("To do: b c a", "Doing: ", "Done: ")
	if got := v.find(".column .count [data-count-text]").MustText(); got != "3" {
		t.Errorf("the column counts %s", got)
	}

	// What is refused comes back, before what was typed meanwhile, and says why in one sentence.
	tooLong := strings.Repeat("x", 501)
	box.MustFocus()
	v.do(v.page.KeyActions().Press(input.ControlLeft).Type('a').Do())
	v.slow(400)
	enter(tooLong, input.Enter)
	enter("meanwhile")
	v.find(".toast", "500 characters.*in the box again")
	v.slow(0)
	if typed() != tooLong+"\nmeanwhile" || !strings.Contains(v.drafts(), "meanwhile") {
		t.Errorf("the box holds %q, kept is %q", typed(), v.drafts())
	}
	v.wantOrder("To do: b c a", "Doing: ", "Done: ")

	// Shift+Enter opens the card, which is a card like any other.
	v.do(v.page.KeyActions().Press(input.ControlLeft).Type('a').Do())
	v.do(v.page.InsertText("d"))
	v.do(v.page.KeyActions().Press(input.ShiftLeft).Type(input.Enter).Do())
	v.find("dialog h1", "^d$")
	if v.path() != w.page()+"/cards/4" || !v.page.MustEval(`() => window.isTheSame`).Bool() {
		t.Errorf("the new card is at %s", v.path())
	}
	v.hit(input.Escape)
	v.openMenu("d")
	v.click(".card > .menu button", "Archive")
	ada.wantStored(t, w, "b c a", "", "")
}
