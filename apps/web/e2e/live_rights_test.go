package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// Whoever is given another role while they look on finds the controls gone or there; what they carry goes back, and what they
// write stays.
func TestAnotherRoleTurnsTheWallsControls(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b")
	s.joins(t, bob, w, "editor")
	becomes := func(role kanbanapi.Role) {
		t.Helper()
		must(ada.ChangeRole(t.Context(), w.ID, must(bob.Me(t.Context()))(t).Id, role))(t)
	}
	v := s.at(t, bob, w.page())
	offered := func(want bool) {
		t.Helper()
		eventually(t, "the controls are as they should be", func() bool {
			return v.page.MustElement(".card .more").MustVisible() == want && v.page.MustElement(".add-column").MustVisible() == want && v.page.MustHas("[data-rights]") != want
		})
	}

	v.press(v.column(0).MustElement(".adds"))
	v.fill(".adder[open] textarea", "half a card")
	v.carry("a", v.column(1), 0, "To do: b", "Doing: a", "Done: ")
	becomes(kanbanapi.Viewer)
	v.find(".toast", "Ada made you a viewer of this board\\. What you carried is back where it was\\.")
	v.becomes("To do: a b", "Doing: ", "Done: ")
	v.find("[data-rights]", "You can look at this board now, but not change it\\.")
	v.drop()
	offered(false)
	v.on("b")
	v.hit('>', input.Space, input.ArrowRight)
	v.hover(v.card("a"))
	v.do(v.page.Mouse.Down("left", 1))
	v.do(v.page.Mouse.MoveLinear(middle(v.column(1)), 12))
	v.drop()
	v.wantOrder("To do: a b", "Doing: ", "Done: ")
	if v.page.MustHas(".is-slot, .is-carried") {
		t.Error("something is in a hand that may hold nothing")
	}
	if got := v.find(".adder[open] textarea").MustProperty("value").Str(); got != "half a card" {
		t.Errorf("what was written is %q", got)
	}

	becomes(kanbanapi.Editor)
	offered(true)
	v.drag("a", v.column(1), 0, "To do: b", "Doing: a", "Done: ")
	ada.wantStored(t, w, "b", "a", "")
	if got := v.find(".adder[open] textarea").MustProperty("value").Str(); got != "half a card" {
		t.Errorf("what was written is %q", got)
	}

	becomes(kanbanapi.Viewer)
	offered(false)
	v.reload()
	becomes(kanbanapi.Editor)
	v.find("[data-rights]", "You can change this board now\\.")
	v.wantNoViolations("a wall whose reader may do more", true)
	v.follow("[data-rights] button", "Reload")
	offered(true)
}

// What came to a wall while its reader might only look, by scrolling or from others, can be changed like all else once they may again.
func TestWhatCameWhileOneMightOnlyLookHasItsControlsAfterwards(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.long(t, 120)
	s.joins(t, bob, w, "editor")
	becomes := func(role kanbanapi.Role) {
		t.Helper()
		must(ada.ChangeRole(t.Context(), w.ID, must(bob.Me(t.Context()))(t).Id, role))(t)
	}
	v := s.at(t, bob, w.page())
	becomes(kanbanapi.Viewer)
	v.find("[data-rights]")
	v.wheel(middle(v.card("n2")), 3000)
	v.wantDrawn(100)
	must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Later"}))(t)
	v.find("h2", "^Later$")
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "y"}))(t)
	v.find("#card-122")

	becomes(kanbanapi.Editor)
	eventually(t, "every card and column has its controls", func() bool {
		return v.page.MustEval(`() => {
			const all = (what, has) => [...document.querySelectorAll(what)].every((each) => each.querySelectorAll(has).length === 1)
			return document.querySelector("[data-editable=true]") && all(".card", ":scope > [name=menu]") && all(".column", ".column-foot .adds") && all(".column", "h2 [data-retitle]")
		}`).Bool()
	})
	v.press(v.card("n90").MustElement(".more"))
	v.click(".card > .menu a", "Rename")
	v.write(v.find("#card-90 .rename textarea"), "n90!")
	v.answers("PATCH", 200, func() { v.hit(input.Enter) })
	v.click("h2 a", "^Later$")
	v.write(v.find(".retitle [name=title]"), "Soon")
	v.answers("PATCH", 200, func() { v.hit(input.Enter) })
	v.press(v.column(3).MustElement(".adds"))
	v.fill(".adder[open] textarea", "z")
	v.hit(input.Enter)
	eventually(t, "what was added is there", func() bool {
		cards := must(ada.Board(t.Context(), w.ID))(t).Columns[3].Cards
		return len(cards) == 1 && cards[0].Title == "z"
	})
}

// A board that somebody archives can't be changed any more, and can be once it is back.
func TestABoardThatOthersArchiveTurnsItsControls(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b")
	s.joins(t, bob, w, "editor")
	v := s.at(t, bob, w.page())
	v.on("a")
	v.hit(input.Space, input.ArrowRight)
	v.wantOrder("To do: b", "Doing: a", "Done: ")
	must(ada.ArchiveBoard(t.Context(), w.ID))(t)
	v.find(".toast", "Ada archived this board\\. What you carried is back where it was\\.")
	v.becomes("To do: a b", "Doing: ", "Done: ")
	v.find(".archived-banner", "it can be read, not changed")
	if v.page.MustElement(".card .more").MustVisible() || v.page.MustHas("[data-rights]") {
		t.Error("the wall offers what can't be done")
	}
	must(ada.RestoreBoard(t.Context(), w.ID))(t)
	eventually(t, "the controls are back", func() bool {
		return !v.page.MustHas(".archived-banner") && v.page.MustElement(".card .more").MustVisible()
	})
	v.on("a")
	v.hit('>')
	v.becomes("To do: b", "Doing: a", "Done: ")
	ada.wantStored(t, w, "b", "a", "")
}
