package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

func TestSeveralCardsAtOnce(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c", "d", "e")
	must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Urgent", Hue: kanbanapi.Red}))(t)
	v := s.at(t, ada, w.page())

	v.do(v.page.Keyboard.Press(input.ControlLeft))
	v.press(v.card("c"))
	v.press(v.card("a"))
	v.do(v.page.Keyboard.Release(input.ControlLeft))
	v.find(".selection p", "2 cards selected")
	v.find(".selection [name=assign]") // comes last, and its button moves the others
	v.click(".selection summary", "Label")
	v.click(".selection button", "Urgent")
	v.wantSaid("Put Urgent on 2 cards")
	if got := v.card("c").MustElement(".label").MustText(); got != "Urgent" {
		t.Errorf("the label on the card is %q", got)
	}

	v.card("a").MustElement("a").MustFocus()
	v.hit('s', 'j', 's', 'a')
	v.wantFocus(".selection [name=assign]")
	v.click(".selection [name=assign]", "Ada")
	v.find("#card-1 .who")
	v.find("#card-2 .who")
	v.find(".toast p", "^Put themselves on 2 cards") // who looks on is shown the faces before that
	v.click(".toast button", "Undo")
	v.gone(".card .who")
	v.card("a").MustElement("a").MustFocus()
	v.hit('s', 'j', 's', 'i')
	v.find("#card-2 .who")
	v.hit('i') // one of them alone
	v.gone("#card-2 .who")
	v.find("#card-1 .who")

	v.card("a").MustElement("a").MustFocus()
	v.hit('s')
	v.do(v.page.KeyActions().Press(input.ShiftLeft).Type(input.ArrowDown).Do())
	v.find(".selection p", "2 cards selected")
	v.hit(input.Escape)
	eventually(t, "Escape clears", func() bool { return !v.page.MustHas(".pick") })
	v.hit('k', 's')
	v.do(v.page.KeyActions().Press(input.ShiftLeft).Type(input.ArrowDown).Do())
	v.click(".selection summary", "Move to")
	v.click(".selection button", "Doing")
	v.wantOrder("To do: c d e", "Doing: a b", "Done: ")
	ada.wantStored(t, w, "c d e", "a b", "")

	v.do(v.page.Keyboard.Press(input.ShiftLeft))
	v.press(v.card("c"))
	v.press(v.card("e"))
	v.do(v.page.Keyboard.Release(input.ShiftLeft))
	v.click(".selection button", "Archive")
	ada.wantStored(t, w, "", "a b", "")
	v.click(".toast button", "Undo")
	ada.wantStored(t, w, "c d e", "a b", "")
	v.wantOrder("To do: c d e", "Doing: a b", "Done: ")
	v.wantSaid("Undone: archived 3 cards.")

	v.deaf()
	v.reload()
	must(ada.DeleteCard(t.Context(), w.ID, "4", 1))(t) // d, by somebody else
	v.do(v.page.Keyboard.Press(input.ControlLeft))
	v.press(v.card("c"))
	v.press(v.card("d"))
	v.do(v.page.Keyboard.Release(input.ControlLeft))
	v.click(".selection summary", "Move to")
	v.click(".selection button", "Done")
	v.find(".toast", "The cards are back as they were.")
	v.wantOrder("To do: c d e", "Doing: a b", "Done: ")
}

func TestSeveralCardsAtOnceWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.visitor(t)
	v.script(false)
	v.borrow(ada)
	v.open(w.page())
	v.openMenu("a")
	v.follow(".card > .menu a", "Select cards")
	v.press(v.card("c").MustElement(".pick"))
	v.click(".selection summary", "Move to")
	v.follow(".selection button", "Done")
	v.wantOrder("To do: b", "Doing: ", "Done: a c")

	v.open(w.page() + "?select=2")
	v.click(".selection summary", "Assign")
	v.follow(".selection [name=assign]", "Ada")
	v.find("#card-2 .who")

	v.open(w.page() + "?select=2")
	v.press(v.card("b").MustElement(".pick"))
	v.follow(".selection button", "Archive")
	if !v.says("Tick the cards first") || v.status() != 400 {
		t.Errorf("nothing ticked: %d %s", v.status(), v.text())
	}
}

func TestAListBecomesACardForEachLine(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => {
		window.told = []
		new MutationObserver((changes) => told.push(...changes.flatMap(({ addedNodes }) => [...addedNodes].map((node) => node.textContent))))
			.observe(document.querySelector("[data-toasts]"), { childList: true })
	}`)
	v.press(v.column(0).MustElement(".adds"))
	v.fill(".adder[open] textarea", "- b\n\n  * [ ] c\nd")
	v.hit(input.Enter)
	v.wantOrder("To do: a b c d", "Doing: ", "Done: ")
	ada.wantStored(t, w, "a b c d", "", "")
	v.wantSaid("3 cards added to To do")
	if told := v.page.MustEval(`() => told.join("\n")`).Str(); strings.Count(told, "added") != 1 || strings.Contains(told, "Added") {
		t.Errorf("it is told line by line: %s", told)
	}

	// What one paste added goes as one and comes back as one, by the message and by the key.
	v.click(".toast button", "Undo")
	v.wantSaid("Undone: added 3 cards to “To do”.")
	v.wantOrder("To do: a", "Doing: ", "Done: ")
	v.click(".toast button", "Redo")
	v.wantSaid("Redone: added 3 cards to “To do”.")
	v.wantOrder("To do: a b c d", "Doing: ", "Done: ")
	v.on("b")
	v.hit('z')
	v.wantSaid("Undone: added 3 cards to “To do”.")
	v.wantOrder("To do: a", "Doing: ", "Done: ")
	ada.wantStored(t, w, "a", "", "")
	v.chord('Z', input.ShiftLeft)
	v.wantSaid("Redone: added 3 cards to “To do”.")
	v.wantOrder("To do: a b c d", "Doing: ", "Done: ")
	v.open(w.page() + "/activity")
	if lines := v.lines(); len(lines) < 5 || lines[0]-lines[4] != 12 {
		t.Errorf("the story tells of %v", lines)
	}
	v.find(".story li", "added 3 cards")
	v.open(w.page())
	v.press(v.column(0).MustElement(".adds"))
	v.fill(".adder[open] textarea", "e\nf")
	v.find("[data-each]", "Add 2 cards")
	v.click("[data-one]", "Add as one")
	v.wantAdded("e f")
	if got := ada.order(t, w.ID)[0]; got != "a b c d e f" || len(v.page.MustElements(".card")) != 5 {
		t.Errorf("as one: %q", got)
	}
	if v.drafts() != "" {
		t.Errorf("a draft is left: %q", v.drafts())
	}
}

// A finger scrolls, unless it rests first; then it carries.
func TestALongPressCarriesACard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	v.open(w.page())
	at := middle(v.card("a"))
	below := middle(v.card("c"))
	below.Y += 20

	v.swipe(at, 0, below.Y-at.Y)
	v.wantOrder("To do: a b c", "Doing: ", "Done: ")

	v.finger("touchStart", at)
	v.find(".card.is-slot")
	for step := 1.0; step <= 4; step++ {
		v.finger("touchMove", proto.Point{X: at.X, Y: at.Y + (below.Y-at.Y)*step/4})
	}
	eventually(t, "the wall shows b c a", func() bool { return v.order()[0] == "To do: b c a" })
	v.finger("touchEnd")
	ada.wantStored(t, w, "b c a", "", "")
	if v.path() != w.page() {
		t.Errorf("letting go opened %s", v.path())
	}
}
