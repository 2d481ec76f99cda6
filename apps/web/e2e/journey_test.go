package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// What somebody new does on their first day, with keys alone: nothing is pressed, and nothing focused, by other means.
func TestANewcomersWayByKeyboardAlone(t *testing.T) {
	t.Parallel()
	s := setup(t)
	v := s.visitor(t)
	v.open("/")
	v.tabTo("A.btn primary Create an account")
	v.leaving(func() { v.hit(input.Enter) })
	v.types("Ada", input.Tab)
	v.types("ada@example.org", input.Tab)
	v.leaving(func() { v.types(password, input.Enter) })
	v.find("h1", "Welcome to Cardwall")

	// A board from a template.
	v.tabTo("A.mark")
	v.leaving(func() { v.hit(input.Enter) })
	v.tabTo("A.btn primary New board")
	v.hit(input.Enter)
	v.wantFocus("#new-board")
	v.withShift(input.Tab)
	v.hit(input.ArrowRight, input.ArrowRight, input.ArrowRight, input.Tab)
	v.leaving(func() { v.types("Letters", input.Enter) })
	v.wantOrder("Ideas: ", "Drafting: ", "Edit: ", "Published: ")

	// Cards in a row; the way back from the box is to the last of them.
	v.tabTo("BUTTON.tool plus")
	v.hit(input.Enter)
	v.wantFocus(".adder textarea")
	for _, title := range []string{"a", "b", "c"} {
		v.types(title, input.Enter)
	}
	v.wantAdded("c")
	v.hit(input.Escape)
	v.withShift(input.Tab)
	v.wantFocus("#card-3 [name=menu]")

	// The keys of a card work on its button as on its title. A name, a date and a label.
	v.hit(input.ArrowUp, 'e')
	v.wantFocus(".rename textarea")
	v.types("b b", input.Enter)
	v.wantSaid("Renamed to b b")
	v.wantFocusSeen("a card that was renamed")
	v.hit(input.Enter)
	v.wantFocus("dialog h1")
	v.hit('d')
	v.wantFocus("#due")
	v.hit('1', '0', '1', '0', '2', '0', '3', '6', input.Enter)
	v.find("dialog [data-key=d]", "10 Oct 2036")
	v.hit('l')
	v.wantFocus("#label-name")
	v.types("Urgent", input.Enter)
	v.find("dialog .meta .labels > .label", "Urgent")

	v.tabTo("SUMMARY.btn ghost mini Edit")
	v.hit(input.Escape)
	v.wantFocus("#card-2 a")

	// Moved within the column and across, carried, and sent.
	v.hit(input.Space, input.ArrowUp, input.Space)
	v.wantSaid("Moved to Ideas, 1 of 3")
	v.hit(input.Space, input.ArrowRight, input.ArrowRight, input.Space)
	v.wantSaid("Moved to Edit, 1 of 1")
	v.hit('>')
	v.wantSaid("Moved to Published, 1 of 1")
	v.hit('<')
	v.wantFocus("#card-2 a")
	v.slid()
	v.wantFocusSeen("a card that was sent back")
	v.hit('m')
	v.wantFocus("dialog h1")
	v.tabTo("A. Drafting")
	v.hit(input.Enter)
	v.wantFocus("dialog .choices [aria-current]")
	v.tabTo("BUTTON.btn primary Move the card")
	v.hit(input.Enter)
	v.wantSaid("Moved to Drafting, 1 of 1")
	v.wantOrder("Ideas: a c", "Drafting: b b", "Edit: ", "Published: ")

	// Several at once: the bar is a key away, and so is each box.
	v.hit(input.ArrowLeft, 's')
	v.withShift(input.ArrowDown)
	v.find(".selection p", "2 cards selected")
	v.hit(input.Tab)
	v.wantFocus("#card-3 .pick")
	v.hit(input.Space)
	v.find(".selection p", "1 card selected")
	v.hit(input.Space)
	v.withShift(input.Tab)
	v.hit('l')
	v.wantFocus(".selection [name=label]")
	v.hit(input.Enter)
	v.find("#card-3 .label", "Urgent")
	v.hit('s')
	v.withShift(input.ArrowUp)
	v.hit('m')
	v.wantFocus(".selection [name=to]")
	v.tabTo("BUTTON.menu-item Published")
	v.hit(input.Enter)
	v.wantOrder("Ideas: ", "Drafting: b b", "Edit: ", "Published: a c")
	v.wantSaid("Moved 2 cards to Published")

	// Away, the star, a column's settings, and out.
	v.hit('c')
	v.find(".toast", "Archived “a”")
	v.wantFocus("#card-3 a")
	v.tabTo("SUMMARY.btn Add column")
	v.hit(input.Enter)
	v.wantFocus("#new-column")
	v.leaving(func() { v.types("Later", input.Enter) })
	v.wantColumns("Ideas, Drafting, Edit, Published, Later")
	v.wantFocus("#new-column")
	v.hit(input.Escape)
	v.tabTo("BUTTON.btn ghost square star")
	v.hit(input.Enter)
	v.find(".star[aria-pressed=true]")
	v.tabTo("BUTTON.tool more")
	v.hit(input.Enter)
	v.tabTo("A.menu-item Name")
	v.hit(input.Enter)
	v.find("dialog h1", "Edit “Ideas”")
	v.wantFocus("dialog h1")
	v.tabTo("INPUT.input")
	v.types("Plans", input.Enter)
	v.find("h2", "^Plans$")
	v.wantFocus(".column-tools [name=menu]")
	v.tabTo("A. Settings")
	v.leaving(func() { v.hit(input.Enter) })
	v.tabTo("SUMMARY.btn ghost square A")
	v.hit(input.Enter)
	v.tabTo("BUTTON.menu-item Sign out")
	v.leaving(func() { v.hit(input.Enter) })
	v.find("a", "Create an account")
}

// types replaces what the field that has the focus holds, and hits a key.
func (v *visitor) types(text string, then input.Key) {
	v.t.Helper()
	v.do(v.page.KeyActions().Press(input.ControlLeft).Type('a').Do())
	v.do(v.page.InsertText(text))
	v.hit(then)
}

func (v *visitor) withShift(key input.Key) {
	v.t.Helper()
	v.do(v.page.KeyActions().Press(input.ShiftLeft).Type(key).Do())
}
