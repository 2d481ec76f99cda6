package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// putAway has two cards and a column of a board in the archive, and two cards in the trash.
func (p *person) putAway(t *testing.T) wall {
	t.Helper()
	w := p.wall(t, "Garden", "Dig the beds", "Buy seeds", "Sow", "Water", "Weed")
	for _, number := range []string{"1", "2"} {
		must(p.ArchiveCard(t.Context(), w.ID, number))(t)
	}
	for _, number := range []string{"3", "4"} {
		if _, err := p.DeleteCard(t.Context(), w.ID, number, 1); err != nil {
			t.Fatal(err)
		}
	}
	must(p.ArchiveColumn(t.Context(), w.ID, w.Columns[1]))(t)
	return w
}

func TestArchiveAndTrashByClicking(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with_JavaScript": true, "without_JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			ada := s.person(t, "Ada")
			w := ada.putAway(t)
			v := s.at(t, ada, w.page())
			v.script(scripts)
			v.reload()
			v.click(".switcher summary")
			v.follow(".switcher a", "Archive and trash")
			v.wantRows("Doing", "Buy seeds", "Dig the beds")
			v.fill("#shelf-words", "SEE buy")
			v.follow("button", "^\\s*Search\\s*$")
			v.wantRows("Buy seeds")
			v.follow("main button", "Restore")
			if !v.says("Brought “Buy seeds” back to “To do”.") || !v.says("Nothing here begins with “SEE buy”.") {
				t.Errorf("after restoring: %s", v.text())
			}
			v.follow("a", "Show all")
			v.follow("main button", `Restore\s*Doing`)
			if !v.says("Brought the column “Doing” back.") {
				t.Errorf("after restoring: %s", v.text())
			}
			v.follow(".flash button", "Undo")
			v.find(".flash p", "^Undone: brought the column “Doing” back.$")
			v.wantRows("Doing", "Dig the beds")
			v.follow(".flash button", "Redo")
			v.deleteColumn(w)
			v.wantRows("Water", "Sow")
			v.click(".asks summary", "Water")
			v.follow(".asks[open] button", "Delete for good")
			v.find(".flash p", "^Deleted a card for good, which can’t be undone.$")
			v.wantRows("Sow")
			v.follow("main button", `Restore\s*Sow`)
			v.follow(".flash a", "Show it")
			v.wantOrder("To do: Buy seeds Sow Weed", "Doing: ")
			v.deleteBoard(w)
		})
	}
}

func TestArchiveAndTrashByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.putAway(t)
	v := s.at(t, ada, w.page()+"/archive")
	v.find("#shelf-words").MustFocus()
	v.leaving(func() { v.do(v.page.InsertText("seeds")); v.hit(input.Enter) })
	v.wantRows("Buy seeds")
	v.tabTo("BUTTON.btn mini Restore")
	v.leaving(func() { v.hit(input.Enter) })
	v.find(".flash", "Brought “Buy seeds” back to “To do”.")
	v.wantFocus("main") // not the bar's first link
}

// deleteColumn puts Done into the trash from the board, brings it back, puts it there from the archive, and deletes it for good.
// It ends in the trash.
func (v *visitor) deleteColumn(w wall) {
	v.t.Helper()
	v.open(w.page())
	v.inColumnMenu("Done", "button", "Delete column")
	v.find(".toast p", "^Deleted the column “Done”.$")
	v.wantColumns("To do, Doing")
	v.follow(".toast button", "Undo")
	v.find(".toast p", "^Undone: deleted the column “Done”.$")
	v.wantColumns("To do, Doing, Done")
	v.inColumnMenu("Done", "button", "Archive column")
	v.open(w.page() + "/archive")
	v.follow("main button", `Delete\s*Done`)
	v.find(".flash p", "^Deleted the column “Done”.$")
	v.wantRows("Dig the beds")
	v.follow(".tabs a", "^Trash$")
	v.wantRows("Done", "Water", "Sow")
	v.follow("main button", `Restore\s*Done`)
	v.find(".flash p", "^Brought the column “Done” back.$")
	v.follow(".flash button", "Undo")
	v.find(".flash p", "^Undone: brought the column “Done” back.$")
	v.open(w.page() + "/trash")
	v.fill("#shelf-words", "don")
	v.follow("button", `^\s*Search\s*$`)
	v.wantRows("Done")
	v.click(".asks summary", "Done")
	v.follow(".asks[open] button", "Delete for good")
	v.find(".flash p", "^Deleted a column for good, which can’t be undone.$")
	v.follow("a", "Show all")
}

// deleteBoard puts a board into the trash, brings it back, and deletes it for good.
func (v *visitor) deleteBoard(w wall) {
	v.t.Helper()
	v.open(w.page() + "/settings")
	v.click("#danger .asks summary")
	v.follow("#danger .asks[open] button", "Delete board")
	if v.path() != "/boards" || !v.says("Deleted “Garden”.") {
		v.t.Errorf("after deleting the board at %s: %s", v.path(), v.text())
	}
	v.follow(".notice button", "Undo")
	if v.path() != w.page() || !v.says("Undone: deleted the board.") {
		v.t.Errorf("undoing that leads to %s: %s", v.path(), v.text())
	}
	v.open(w.page() + "/settings")
	v.click("#danger .asks summary")
	v.follow("#danger .asks[open] button", "Delete board")
	v.open(w.page())
	if v.status() != 404 {
		v.t.Errorf("a deleted board answers %d", v.status())
	}
	v.open("/boards")
	v.follow("a", "Archive and trash")
	v.follow(".tabs a", "Trash")
	v.wantRows("Garden")
	v.click(".asks summary", "Delete for good")
	v.follow(".asks[open] button", "Delete for good")
	if !v.says("The board is gone for good.") || !v.says("There is no board in the trash.") {
		v.t.Errorf("after deleting it for good: %s", v.text())
	}
}

// A card whose column was archived while somebody looked at the archive is not restored, and the page says why.
func TestRestoringIntoAColumnThatIsArchivedMeanwhile(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.putAway(t)
	v := s.at(t, ada, w.page()+"/trash")
	must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[0]))(t)
	v.follow("main button", `Restore\s*Sow`)
	v.find("[role=alert]", "Restore the column first")
	v.follow("main li a", "Find the column")
	v.wantRows("To do")
	v.follow("main button", "Restore")
	v.follow(".tabs a", "^Trash$")
	v.follow("main button", `Restore\s*Sow`)
	v.find(".flash", "Brought “Sow” back to “To do”.")
}

// wantRows reads the titles on the shelf.
func (v *visitor) wantRows(want ...string) {
	v.t.Helper()
	got := v.page.MustEval(`() => [...document.querySelectorAll("main .rows .grow > p:first-child")].map((title) => title.textContent.replace(/#\d+/, "").trim()).join()`).Str()
	if got != strings.Join(want, ",") {
		v.t.Errorf("on the shelf are %s, want %s", got, want)
	}
}

func shelfViews(t *testing.T, ada *person) []view {
	t.Helper()
	w, bare, gone := ada.putAway(t), ada.wall(t, "Bare"), ada.wall(t, "Last year's garden")
	if _, err := ada.DeleteBoard(t.Context(), gone.ID, 1); err != nil {
		t.Fatal(err)
	}
	must(ada.DeleteColumn(t.Context(), w.ID, w.Columns[2], 1))(t)
	return []view{
		{name: "archive", path: w.page() + "/archive"},
		{name: "archive-searched", path: w.page() + "/archive?q=nothing+of+the+kind"},
		{name: "archive-empty", path: bare.page() + "/archive"},
		{name: "trash", path: w.page() + "/trash"},
		{name: "trash-asking", path: w.page() + "/trash", then: func(v *visitor) { v.click(".asks summary", "Water") }},
		{name: "boards-trash", path: "/boards/trash"},
		{name: "boards-trash-asking", path: "/boards/trash", then: func(v *visitor) { v.click(".asks summary", "Delete for good") }},
		{name: "settings-delete-board", path: w.page() + "/settings", then: func(v *visitor) { v.click("#danger .asks summary") }},
		{name: "trash-empty", path: bare.page() + "/trash"},
	}
}
