package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// What a thumb does on a phone's screen.
func TestAPhonesWall(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	v.open(w.page())
	v.wantThumbsFit("the wall")

	// A swipe goes to the next column and lifts nothing, wherever it begins. The button at the foot adds there.
	from := middle(v.card("a"))
	v.swipe(proto.Point{X: 320, Y: from.Y}, -300, 0)
	v.find(".column-nav [aria-current]", "^Doing 0$")
	v.tap(v.find("[data-foot-add]"))
	v.wantFocus(".adder textarea")
	v.fill(".adder textarea", "c")
	v.tap(v.find(".adder button", "^Add card$"))
	v.wantAdded("c")
	v.wantOrder("To do: a b", "Doing: c", "Done: ")
	v.tap(v.find(".adder summary"))

	// A long press takes a column, and the wall's edge scrolls.
	v.tap(v.find(".column-nav a", "^To do"))
	v.find(".column-nav [aria-current]", "^To do 2$")
	head := v.find("h2", "^To do$")
	v.rests(head)
	v.finger("touchStart", middle(head))
	v.find(".column.is-lifted")
	v.answers("/move", 200, func() {
		aside := 1.0
		eventually(t, "the column to make way", func() bool {
			aside = -aside
			v.finger("touchMove", proto.Point{X: 380 + aside, Y: 120})
			return strings.HasPrefix(v.columns(), "Doing, To do")
		})
		v.finger("touchEnd")
	})

	// The foot leads from each of the board's pages to the others.
	for _, page := range []string{"Settings", "Archive", "Board"} {
		v.leaving(func() { v.tap(v.find(".pages a", page)) })
		v.find(".pages [aria-current]", page)
		v.wantNoOverflow(page)
		v.wantThumbsFit(page)
	}
	for _, page := range []string{"/columns/" + w.Columns[0].String(), "/cards/1"} {
		v.open(w.page() + page)
		v.wantThumbsFit(page)
		v.leaving(func() { v.tap(v.find(".pages a", "Settings")) })
	}
	v.leaving(func() { v.tap(v.find(".pages a", "Board")) })
	v.wantOnServer(ada, w, v.columns())
}

// A pill leads to its column and is no step of the way back, however many are tapped; without JavaScript it is a link.
func TestBackLeavesAPhonesWall(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.manyColumns(t, 5)
	column := func(week int) string { return "#column-" + w.Columns[week-1].String() }
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	is := func(address string) {
		t.Helper()
		eventually(t, "the page is "+address, func() bool { return v.page.MustInfo().URL == v.url+address })
	}
	tap := func(weeks ...int) {
		t.Helper()
		press := v.tap
		if v.plain {
			press = v.press // a tap waits for a promise
		}
		for _, week := range weeks {
			press(v.find(fmt.Sprintf(".column-nav a:nth-child(%d)", week)))
			v.wantInSight(column(week) + " h2")
			is(w.page() + column(week))
		}
	}

	v.open("/boards")
	v.open(w.page())
	tap(2, 3, 5, 4, 1, 4)
	v.find(".column-nav [aria-current]", "^Week 4")
	v.page.MustNavigateBack()
	is("/boards")
	v.page.MustNavigateForward()
	is(w.page() + column(4))
	v.wantInSight(column(4) + " h2")

	v.open("/keys")
	v.open(w.page() + column(3))
	v.wantInSight(column(3) + " h2")
	v.find(".column-nav [aria-current]", "^Week 3")
	tap(5)
	v.page.MustNavigateBack()
	is("/keys")

	v.script(false)
	v.open(w.page())
	tap(3, 2)
	v.page.MustNavigateBack()
	is(w.page() + column(3))
}

// What passes and what opens leaves the bar of the selected cards free.
func TestThePhonesBarOfSelectedCards(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c", "d", "e", "f", "g", "h", "i")
	for _, name := range []string{"Urgent", "Planting", "Waiting", "Needs dry weather"} {
		must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: name, Hue: kanbanapi.Red}))(t)
	}
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	v.open(w.page())
	inMenu := func(card, item string) {
		t.Helper()
		v.tap(v.card(card).MustElement(".more"))
		v.tap(v.find(".card > .menu :is(a, button)", item))
	}
	v.messagesStay()
	inMenu("i", "Archive")
	v.find("[data-toasts] .toast", "Archived “i”")
	inMenu("b", "Select")
	v.tap(v.card("a"))
	v.find(".selection p", "2 cards selected")
	for _, part := range []string{"p", "[data-unselect]", "[name=archive]", "details:first-child > summary"} {
		v.wantInSight(".selection " + part)
	}
	if high := v.find("[data-toasts] .toast").MustShape().Box().Height; high > 100 {
		t.Errorf("the message is %.0f px high", high)
	}
	for _, menu := range []string{"Move to", "Label"} {
		v.tap(v.find(".selection summary", menu))
		v.wantInSight(".selection details[open] .menu button:last-child")
		v.wantInSight(".selection [data-unselect]")
	}
	v.tap(v.find(".selection .menu button", "Urgent"))
	v.find("#card-1 .label", "Urgent")
	v.find("#card-2 .label", "Urgent")
}

// A message stands at the window's foot, also while the focus is on the wall itself: at its head it would lie over columns' buttons.
func TestAMessageLeavesTheHeadsOfColumnsFree(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.messagesStay()
	v.addCard("c")
	v.hit(input.Escape)
	v.click("[data-toasts] .toast button", "Undo")
	v.find("[data-toasts] .toast", "^Undone")
	v.wantFocus("main")
	if top := v.find("[data-toasts] .toast").MustShape().Box().Y; top < 400 {
		t.Errorf("it stands %.0f px below the window's head", top)
	}
}

// messagesStay has them never pass.
func (v *visitor) messagesStay() {
	v.t.Helper()
	v.page.MustEval(`() => {
		const real = window.setTimeout
		window.setTimeout = (act, time, ...rest) => time === 8000 ? 0 : real(act, time, ...rest)
	}`)
}

// wantThumbsFit checks that a thumb hits each button.
func (v *visitor) wantThumbsFit(where string) {
	v.t.Helper()
	small := v.page.MustEval(`() => [...document.querySelectorAll(".app-bar :is(a, button, summary), .column-nav a, .tool, .btn")].filter((e) => {
		const { width, height } = e.getBoundingClientRect()
		return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && Math.min(width, height) < 28
			|| e.parentElement.matches(".card") && e.offsetTop > 8 // in the card's corner
	}).map((e) => e.outerHTML.slice(0, 80)).join("\n")`).Str()
	if small != "" {
		v.t.Errorf("%s: too small for a thumb, or out of place, are\n%s", where, small)
	}
}
