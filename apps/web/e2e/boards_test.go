package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

func TestBoardsByClicking(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with_JavaScript": true, "without_JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := setup(t).visitor(t)
			v.script(scripts)
			v.signUp("Ada", "ada@example.org")
			if !v.says("Drag me to Doing") {
				t.Fatalf("somebody new lands at %s: %s", v.path(), v.text())
			}
			v.starByClicking(scripts)
			v.createFrom("Release", "Fernway 2.4")
			v.wantOrder("Next up: ", "In progress: ", "Review: ", "Ready to ship: ", "Shipped: ")
			board := v.path()
			v.open(board + "/settings")
			v.labelByClicking()
			v.arrangeByClicking(scripts)
			v.putAwayByClicking(board)
		})
	}
}

// starByClicking stars the only board, and finds it among the starred ones.
func (v *visitor) starByClicking(scripts bool) {
	v.t.Helper()
	v.open("/boards")
	if scripts {
		v.click(".tile .star")
		v.find(`.tile .star[aria-pressed="true"]`)
		v.find(`.boards .star[aria-pressed="true"]`)
		eventually(v.t, "the star is kept", func() bool { v.reload(); return v.page.MustHas(`[aria-label="Starred"]`) })
	} else {
		v.leaving(func() { v.click(".boards .star") })
	}
	v.find(`[aria-label="Starred"] h3`, "Welcome to Cardwall")
	if v.page.MustHas(`[aria-label="Recent"]`) {
		v.t.Error("a starred board is among the recent ones too")
	}
}

// createFrom puts up a board from a template.
func (v *visitor) createFrom(template, title string) {
	v.t.Helper()
	if v.page.MustHas(".page-head") {
		v.click(".page-head .btn", "New board")
		v.wantFocus("#new-board") // one types at once
	}
	v.click(".template", template)
	v.fill("#new-board", title)
	v.follow("button", "Create board")
}

// labelByClicking adds two labels, gives one another name and hue, and deletes the other.
func (v *visitor) labelByClicking() {
	v.t.Helper()
	for _, name := range []string{"Maps", "Bug"} {
		v.fill("#new-label", name)
		v.click("#labels > form .swatch.hue-pink")
		v.follow("button", "Add label")
	}
	v.click("#labels summary", "Maps")
	v.write(v.find("#labels details[open] input[name=name]"), "Tiles")
	v.click("#labels details[open] .swatch.hue-teal")
	v.follow("#labels details[open] button", "Save")
	v.find(".label.hue-teal", "^Tiles$")
	v.click("#labels summary", "Bug")
	v.click("#labels .asks summary", "Delete")
	if !v.says("No card carries “Bug”.") {
		v.t.Error("it isn't told what is lost with a label")
	}
	v.follow("#labels .asks[open] button", "Delete label")
	if v.page.MustHas(".label.hue-pink") {
		v.t.Error("the label is there still")
	}
}

// arrangeByClicking changes a column, moves it, and puts it away and back.
func (v *visitor) arrangeByClicking(scripts bool) {
	v.t.Helper()
	edit := func(column string) {
		v.t.Helper()
		if scripts {
			v.click("#columns li a", column)
			v.find("dialog[open] h1", "Edit “"+column)
		} else {
			v.follow("#columns li a", column)
		}
	}
	edit("Review")
	v.fill("#column-title", "Proofs")
	v.fill("#column-limit", "7")
	v.click(".choice", "Done")
	v.click(".choice", "Teal")
	v.follow("button", "Save column")
	v.find("#columns li", `Proofs\s+0 cards\s+WIP limit 7\s+Done`)
	v.wantFocus("#columns li:nth-child(3) a")
	v.follow(`button[aria-label="Move Proofs up"]`)
	v.wantListed("Next up", "Proofs", "In progress", "Ready to ship", "Shipped")
	edit("Proofs")
	v.follow("button", "Archive column")
	v.wantListed("Next up", "In progress", "Ready to ship", "Shipped")
	v.follow("#columns a", "Archived columns and cards")
	v.follow("button", "Restore")
	v.follow(".tabs a", "Settings")
	v.wantListed("Next up", "Proofs", "In progress", "Ready to ship", "Shipped")
	v.fill("#new-column", "Later")
	v.follow("button", "Add column")
	v.wantListed("Next up", "Proofs", "In progress", "Ready to ship", "Shipped", "Later")
}

func (v *visitor) wantListed(want ...string) {
	v.t.Helper()
	got := v.page.MustEval(`() => [...document.querySelectorAll("#columns ol .grow")].map((title) => title.textContent).join()`).Str()
	if got != strings.Join(want, ",") {
		v.t.Errorf("columns %s, want %s", got, want)
	}
}

// putAwayByClicking renames the board, archives it, and brings it back twice: at once, and from the archive's own page.
func (v *visitor) putAwayByClicking(board string) {
	v.t.Helper()
	v.fill("#board-title", "Fernway 2.5")
	v.follow("button", "Rename")
	v.follow("#danger button", "Archive")
	if v.path() != "/boards" || !v.says("Archived “Fernway 2.5”") || v.page.MustHas(".boards a[href='"+board+"']") {
		v.t.Errorf("after archiving at %s: %s", v.path(), v.text())
	}
	v.follow(".notice button", "Undo")
	if v.path() != board {
		v.t.Errorf("restoring leads to %s", v.path())
	}
	v.open(board + "/settings")
	v.follow("#danger button", "Archive")
	v.follow("a", "Archived, 1")
	v.follow(".boards button", "Restore")
	v.addColumn("Even later")
	v.wantOrder("Next up: ", "Proofs: ", "In progress: ", "Ready to ship: ", "Shipped: ", "Later: ", "Even later: ")
}

func TestBoardsByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	ada.wall(t, "Garden")
	v := s.at(t, ada, "/boards")
	v.focusOn(".boards .star")
	v.hit(input.Space)
	v.find(`.boards .star[aria-pressed="true"]`)
	v.focusOn("[name=template]:checked")
	v.hit(input.ArrowRight, input.ArrowRight, input.Tab)
	v.do(v.page.InsertText("Helpdesk"))
	v.leaving(func() { v.hit(input.Enter) })
	v.wantOrder("New: ", "Waiting: ", "In hand: ", "Solved: ")
	board := v.path()

	v.open(board + "/settings")
	v.focusOn("#new-label")
	v.do(v.page.InsertText("Urgent"))
	v.hit(input.Tab, input.ArrowRight)
	v.leaving(func() { v.hit(input.Enter) })
	v.find(".label.hue-orange", "^Urgent$")
	v.do(v.page.InsertText("Billing")) // the cursor is in the field still
	v.leaving(func() { v.hit(input.Enter) })
	v.focusOn("#labels summary")
	v.hit(input.Enter)
	v.find("#labels details[open] input:focus")
	v.do(v.page.InsertText("!"))
	v.leaving(func() { v.hit(input.Enter) })
	v.find(".label", "^Billing!$")

	v.focusOn(`button[aria-label="Move New down"]`)
	v.leaving(func() { v.hit(input.Enter) })
	v.leaving(func() { v.hit(input.Enter) }) // the button keeps the focus
	v.wantListed("Waiting", "In hand", "New", "Solved")
	v.leaving(func() { v.hit(input.Enter) })
	if got := v.page.MustEval(`() => document.activeElement.ariaLabel`).Str(); got != "Move New up" {
		t.Errorf("at the end the focus is on %q", got)
	}
	v.wantFocusSeen("settings")
}

// focusOn reaches an element with Tab.
func (v *visitor) focusOn(selector string) {
	v.t.Helper()
	v.find(selector)
	for range 100 {
		v.hit(input.Tab)
		if v.page.MustEval(`(selector) => document.activeElement === document.querySelector(selector)`, selector).Bool() {
			return
		}
	}
	v.t.Fatalf("%s can't be reached by keyboard", selector)
}

func TestAStarThatIsRefusedGoesBackAndSaysWhy(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	ada.wall(t, "Garden")
	v := s.at(t, ada, "/boards")
	s.api.stop(t)
	v.click(".boards .star")
	v.find(".toast", "can't be reached")
	v.find(`.boards .star[aria-pressed="false"]`)
}

func TestSomebodyNewLandsOnTheSampleBoardOnceTheAPIIsBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	s.api.stop(t)
	v := s.visitor(t)
	v.signUp("Ada", "ada@example.org")
	if v.path() != "/boards" || !v.says("Back in a moment") {
		t.Fatalf("without the api at %s: %s", v.path(), v.text())
	}
	s.api.launch(t)
	s.api.waitUntilReady(t)
	v.follow("a", "Try again")
	if !v.says("Drag me to Doing") {
		t.Errorf("at %s: %s", v.path(), v.text())
	}
	v.open("/boards")
	if got := len(v.page.MustElements(".boards > li")); got != 1 {
		t.Errorf("%d boards", got)
	}
}
