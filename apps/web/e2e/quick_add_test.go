package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
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

func TestTheOpenBoxLeavesTheCardsInReach(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnopqrst", "")...)
	v := s.at(t, ada, w.page())
	v.click(".adds")
	v.wantFocus(".adder textarea")
	v.do(v.page.InsertText("new"))
	v.hit(input.Enter)
	v.wantAdded("new")
	if fault := v.page.MustEval(`() => {
		const side = (selector, name) => document.querySelector(selector).getBoundingClientRect()[name]
		const [top, bottom] = [side(".card:nth-child(21)", "top"), side(".card:nth-child(21)", "bottom")]
		return top >= side(".column-head", "bottom") && bottom <= side(".quick-add", "top") ? "" : top + " to " + bottom + ", the box begins at " + side(".quick-add", "top")
	}`).Str(); fault != "" {
		t.Errorf("the new card isn't seen over the box: %s", fault)
	}

	// At 400 % the window is low: the box scrolls with the cards.
	v.do(v.page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: 320, Height: 200, DeviceScaleFactor: 4}))
	if covered := v.page.MustEval(`() => [...document.querySelectorAll(".column:first-of-type :is(.card, .quick-add textarea, [data-one])")].filter((e) => {
		e.scrollIntoView({ block: "center", behavior: "instant" })
		const { left, top, width, height } = e.getBoundingClientRect()
		return !e.contains(document.elementFromPoint(left + width / 2, top + height / 2))
	}).map((e) => e.textContent.trim()).join(", ")`).Str(); covered != "" {
		t.Errorf("out of reach with the box open: %s", covered)
	}
	v.card("a").MustElement("a").MustFocus()
	v.wantFocusSeen("a card beside the open box")
}

func TestTheBoxHasOnePrimaryButtonWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.visitor(t)
	v.script(false)
	v.borrow(ada)
	v.open(w.page())
	v.follow(".adds")
	v.find(".adder[open] button", "Add card")
	if filled := v.page.MustEval(`() => {
		const colour = (e) => getComputedStyle(e).backgroundColor
		return [...document.querySelectorAll(".adder[open] button")].filter((e) => colour(e) !== colour(document.querySelector(".add-column .input"))).map((e) => e.textContent).join(", ")
	}`).Str(); filled != "Add card" {
		t.Errorf("the buttons that stand out are %q", filled)
	}
}

// What the address says was just done is said once: a reload is the board as it is.
func TestTheAddressForgetsWhatItSaid(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	archived := must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	v := s.at(t, ada, w.page())
	v.addColumn("Later")
	v.wantFocus(".add-column[open] #new-column")
	search := func() string { return v.page.MustEval(`() => location.search`).Str() }
	if search() != "" {
		t.Errorf("the address keeps %s", search())
	}
	v.reload()
	v.find(".add-column:not([open])")
	v.open(fmt.Sprintf("%s?did=%d", w.page(), archived.Seq))
	v.find(".toast", "Archived “a”")
	v.wantFocus("main")
	if v.reload(); search() != "" || v.page.MustHas(".toast") {
		t.Errorf("it is said again at %s", search())
	}
}
