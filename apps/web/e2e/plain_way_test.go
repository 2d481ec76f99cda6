package e2e_test

import "testing"

// What somebody new does on their first day without JavaScript: each thing is found from the page they are on, and from each
// page there is a way back.
func TestANewcomersWayWithoutJavaScript(t *testing.T) {
	t.Parallel()
	v := setup(t).visitor(t)
	v.script(false)
	v.signUp("Ada", "ada@example.org")
	v.find("h1", "Welcome to Cardwall")
	v.follow(".card a", "^Open me$")
	v.follow("a", "Back to the board")

	// A board from a template, and a blank one.
	v.follow("a.mark")
	v.createFrom("Editorial", "Letters")
	letters := v.path()
	v.follow("a.mark")
	v.createFrom("Blank", "Garden")
	v.wantOrder("To do: ", "Doing: ", "Done: ")
	v.open(letters)

	// Columns: each page about one leads back.
	v.follow("h2 a", "^Ideas$")
	v.follow(".switcher a", "Letters")
	v.inColumnMenu("Ideas", "a", "Move all cards")
	v.follow(".pages a", "Board")
	v.addColumn("Later")
	v.inColumnMenu("Later", "button", "Archive column")
	v.follow(".pages a", "Archive")
	v.follow("button", "Restore")
	v.follow(".pages a", "Board")
	v.wantColumns("Ideas, Drafting, Edit, Published, Later")

	// Cards: one for each line, and another title by its menu, where the field is open at once.
	v.pressOpening(v.find(".adds"), ".adder textarea")
	v.fill(".adder textarea", "a\nb\nc")
	v.follow(".adder button", "each line")
	v.openMenu("b")
	v.follow(".card > .menu a", "Rename")
	v.fill("#title", "bb")
	v.follow("button", "Save title")
	v.follow("a", "History")
	v.follow("a", "Back to the card")
	v.follow("a", "Delete")
	v.follow("a", "Cancel")
	v.follow("a", "Delete")
	v.follow("button", "Delete the card")
	v.follow("a", "board's trash")
	v.follow("button", "Restore")
	v.follow(".pages a", "Board")
	v.wantOrder("Ideas: a bb c", "Drafting: ", "Edit: ", "Published: ", "Later: ")

	v.fill("#filter-line", "bb")
	v.follow("button", "^Filter$")
	v.wantOrder("Ideas: bb", "Drafting: ", "Edit: ", "Published: ", "Later: ")
	v.follow("a", "Clear the filter")
	v.openMenu("a")
	v.follow(".card > .menu a", "Select")
	v.follow("a", "Cancel")
	v.follow(".pages a", "Settings")
	v.follow(".switcher a", "Letters")
	v.signOut()
	v.find("a", "Create an account")
}
