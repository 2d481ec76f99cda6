package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

func TestAColumnIsEditedOverTheSettings(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden")
	settings := w.page() + "/settings"
	v := s.at(t, ada, settings)
	edit := func() {
		t.Helper()
		v.focusOn("#columns li:nth-child(2) a")
		v.hit(input.Enter)
		v.find("dialog[open] h1", "Edit")
		v.wantFocus("dialog h1")
	}

	// Escape, Back and Cancel lead to where one came from.
	edit()
	v.wantNoViolations("column-edit-over-settings", false)
	v.hit(input.Escape)
	v.wantShut(settings, "#columns li:nth-child(2) a")
	edit()
	v.page.MustEval(`() => history.back()`)
	v.wantShut(settings, "#columns li:nth-child(2) a")
	edit()
	v.click("dialog a", "Cancel")
	v.wantShut(settings, "#columns li:nth-child(2) a")

	// What is refused stays; what somebody else saved is in the list afterwards.
	edit()
	v.fill("dialog #column-limit", "1000")
	v.page.MustEval(`() => { document.querySelector("dialog form").noValidate = true }`)
	v.click("dialog button", "Save column")
	v.find("dialog #column-limit-fault", ".")
	v.fill("dialog #column-limit", "2")
	must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 1, kanbanapi.ColumnPatch{Title: ref("Theirs")}))(t)
	v.click("dialog button", "Save column")
	v.find("dialog form", "its name is “Theirs” now")
	v.leaving(func() { v.click("dialog a", "Leave it as it is now") })
	v.find("#columns li", "Theirs")

	edit()
	v.fill("dialog #column-title", "In hand")
	v.leaving(func() { v.hit(input.Enter) })
	v.wantListed("To do", "In hand", "Done")
	v.wantFocus("#columns li:nth-child(2) a")
	edit()
	v.leaving(func() { v.click("dialog button", "Archive column") })
	v.wantListed("To do", "Done")
	v.wantFocus(`#columns a[href$="/archive"]`)
}
