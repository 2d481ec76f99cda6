package e2e_test

import (
	"slices"
	"strings"

	"github.com/go-rod/rod"
)

// order reads the titles on the page: a line for each column, as "To do: a b c".
func (v *visitor) order() []string {
	v.t.Helper()
	return strings.Split(v.page.MustEval(`() => [...document.querySelectorAll("section.column")].map((column) =>
		column.querySelector("h2").textContent + ": " + [...column.querySelectorAll(".card h3")].map((title) => title.textContent).join(" "),
	).join("\n")`).Str(), "\n")
}

func (v *visitor) wantOrder(want ...string) {
	v.t.Helper()
	if got := v.order(); !slices.Equal(got, want) {
		v.t.Fatalf("on the wall %q, want %q", got, want)
	}
}

// createBoard names a board, and leaves the visitor on its page.
func (v *visitor) createBoard(title string) {
	v.t.Helper()
	v.open("/boards")
	v.fill("#new-board", title)
	v.follow("button", "Create board")
}

// addColumn uses the form at the wall's right end; on an empty wall, the one in its middle.
func (v *visitor) addColumn(title string) {
	v.t.Helper()
	if v.page.MustHas(".add-column:not([open])") {
		v.click(".add-column > summary")
	}
	v.fill("#new-column", title)
	v.follow("button", "^\\s*Add column\\s*$")
}

// column is the one at a place from the left.
func (v *visitor) column(at int) *rod.Element {
	v.t.Helper()
	v.find("section.column")
	return v.page.MustElements("section.column")[at]
}

// addCard uses the box at the first column's foot, which stays open after each.
func (v *visitor) addCard(title string) {
	v.t.Helper()
	if adds := v.column(0).MustElements(".adds"); len(adds) > 0 {
		v.pressOpening(adds[0], ".adder[open]")
	}
	box := v.column(0).MustElement(".adder")
	v.write(box.MustElement("textarea"), title)
	add := func() { v.press(box.MustElementR("button", "Add card")) }
	if !v.page.MustHas(".is-draggable") { // without JavaScript, a page for each
		v.leaving(add)
		return
	}
	add()
	v.wantAdded(title)
}

// wantAdded waits until a card has its number.
func (v *visitor) wantAdded(title string) {
	v.t.Helper()
	v.find("section.column .card:not(.is-new)", `^\s*`+title+`\s`)
}

// card finds one on the wall by its title, whose text alone is there while the card is out of sight.
func (v *visitor) card(title string) *rod.Element {
	v.t.Helper()
	found, err := v.page.Timeout(patience).ElementByJS(rod.Eval(`(title) => [...document.querySelectorAll("section.column .card")]
		.find((card) => new RegExp("^\\s*" + title + "(\\s|$)").test(card.querySelector("h3").textContent))`, title))
	if err != nil {
		v.t.Fatalf("no card %q is on the wall: %v", title, err)
	}
	return found.CancelTimeout()
}
