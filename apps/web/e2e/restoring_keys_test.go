package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// A column's limit, and what is in the archive, by keys alone: after each step the focus is where one goes on, and what was
// done is said.
func TestALimitAndTheArchiveByKeyboardAlone(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnopqrst", "")...)
	v := s.at(t, ada, w.page())
	first := "#column-" + w.Columns[0].String()

	v.tabTo("BUTTON.tool more Actions for To do")
	v.hit(input.Enter, input.Tab)
	v.wantFocus(".column-tools .menu a")
	v.hit(input.Enter)
	v.find("dialog h1", "Edit “To do”")
	v.tabTo("INPUT.input")
	v.hit(input.Tab)
	v.wantFocus("dialog #column-limit")
	v.types("3", input.Enter)
	v.wantSaid("Changed the WIP limit of the column “To do”.")
	v.wantFocus(first + " .column-tools [name=menu]")
	v.find(first+".is-over .count", "20 / 3 · 17 over")

	// A card goes and comes back: the focus goes to the next and comes back too, and so does that of a column's only card.
	v.on("c")
	v.hit('c')
	v.wantOn("d")
	v.hit('z')
	v.wantSaid("Undone: archived “c”.")
	v.wantFocus("#card-3 .card-title a")
	v.hit('>')
	v.wantSaid("Moved to Doing, 1 of 1")
	v.hit('c')
	v.wantFocus("section.column:nth-of-type(2) .adds")
	v.hit('z')
	v.wantSaid("Undone: archived “c”.")
	v.wantFocus("#card-3 .card-title a")
	v.hit('c')
	v.wantSaid("Archived “c”")
	v.hit('n')
	v.wantFocus(".adder textarea")
	v.hit(input.Escape)
	v.hit('z')
	v.wantSaid("Undone: archived “c”.")
	if got := v.focus(); !strings.HasPrefix(got, "SUMMARY") { // somebody went on meanwhile
		t.Errorf("the focus went to %s", got)
	}
	v.on("c")
	v.hit('c')
	ada.wantStored(t, w, "a b d e f g h i j k l m n o p q r s t", "", "")

	// The column goes, and both come back by the archive, which leads to where they are.
	v.on("a")
	v.withShift(input.Tab)
	v.hit(input.Enter)
	v.tabTo("BUTTON.menu-item Archive column")
	v.leaving(func() { v.hit(input.Enter) })
	v.wantSaid("Archived the column “To do” and its 19 cards.")
	v.wantFocus("main")
	v.tabTo("A. Archive")
	v.leaving(func() { v.hit(input.Enter) })
	for _, each := range []struct{ said, focus string }{
		{"Brought the column “To do” back.", first + " h2 a"},
		{"Brought “c” back to “Doing”.", "#card-3 .card-title a"},
	} {
		v.open(w.page() + "/archive")
		v.tabTo("BUTTON.btn mini Restore")
		v.leaving(func() { v.hit(input.Enter) })
		v.wantSaid(each.said)
		v.wantFocus("main")
		v.hit(input.Tab)
		v.wantFocus(".flash a")
		v.leaving(func() { v.hit(input.Enter) })
		v.wantFocus(each.focus)
		v.wantFocusSeen(each.said)
	}

	// Back from a card, although the address names a column that scrolls.
	v.open("/boards")
	v.open(w.page() + first)
	v.wantFocus(first + " h2 a")
	v.hit(input.ArrowDown, input.ArrowDown, input.Enter)
	v.find("dialog h1", "^b$")
	v.hit(input.Escape)
	v.gone("dialog[open]")
	v.wantFocus("#card-2 .card-title a")
}
