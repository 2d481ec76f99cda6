package e2e_test

import (
	"fmt"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// wideWall puts up a wall of so many columns with a card each, and more cards in the first.
func (p *person) wideWall(t *testing.T, columns, more int) wall {
	t.Helper()
	w := p.manyColumns(t, columns)
	for i, column := range w.Columns {
		must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: column, Title: fmt.Sprintf("n%d", i+1)}))(t)
	}
	for i := range more {
		must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: fmt.Sprintf("m%d", i+1)}))(t)
	}
	return w
}

// What is far off isn't drawn whole, and what is out of sight isn't laid out: neither is noticed.
func TestTheFarColumnsOfAWideWall(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wideWall(t, 44, 30)
	v := s.at(t, ada, w.page())
	shift := v.page.MustEval(`() => new Promise((tell) => {
		window.shifts = []
		new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true })
		requestAnimationFrame(() => requestAnimationFrame(() => tell(shifts.length)))
	})`).Int()
	last := v.column(43)
	if bare := last.MustEval(`() => "bare" in this.dataset && !this.querySelector("button, .card")`).Bool(); !bare || shift != 0 {
		t.Errorf("the last column is drawn whole, or %d things have shifted", shift)
	}

	scrolled := func() int { return v.column(0).MustProperty("scrollTop").Int() }
	v.wheel(middle(v.card("m1")), 400)
	eventually(t, "the first column is scrolled", func() bool { return scrolled() == 400 })
	v.card("n7").MustElement("a").MustEval(`() => this.focus()`)
	last.MustElement("h2 a").MustEval(`() => this.focus()`)
	v.find("#"+*last.MustAttribute("id")+" .card", "n44")
	v.openColumnMenu("Week 44")
	v.hit(input.Escape)
	v.wantFocus("#" + *last.MustAttribute("id") + " .more")
	v.press(last.MustElement(".adds"))
	v.hit('x', input.Enter)
	v.wantAdded("x")

	v.find("main").MustEval(`() => this.scrollTo({ left: 0, behavior: "instant" })`)
	if at := v.column(0).MustEval(`() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() => tell(this.scrollTop))))`).Int(); at != 400 {
		t.Errorf("out of sight, the first column went to %d", at)
	}
	named := w.page() + "#column-" + w.Columns[43].String()
	v.open("/boards")
	v.open(named)
	eventually(t, "the column that the address names is in view", func() bool {
		return v.column(43).MustEval(`() => this.getBoundingClientRect().right <= innerWidth`).Bool()
	})
	if pills := len(v.page.MustElements(".column-nav a")); pills != 40 {
		t.Errorf("%d pills come with the page", pills)
	}
	v.open("/boards")
	v.resize(390, 844)
	v.open(named)
	v.find(".column-nav a:nth-child(44)[aria-current]", "Week 44 2")
	v.click("[data-foot-add]")
	v.types("y", input.Enter)
	v.find(".column-nav a:nth-child(44)[aria-current]", "Week 44 3")
}

func TestTheFarColumnsOfAWideWallWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wideWall(t, 14, 0)
	v := s.visitor(t)
	v.borrow(ada)
	v.script(false)
	rest := "#column-" + w.Columns[13].String() + " [data-more]"
	v.open(w.page())
	v.follow(rest)
	v.find(".card", "n14")
	v.follow("a", "Add card")
	v.fill(".adder[open] textarea", "x")
	v.follow(".adder button", "Add card")
	v.open(w.page())
	v.follow(rest)
	v.find(".card", "x")
	v.follow("a", "Actions")
	v.follow(".column-tools .menu button", "Move left")
	if got := v.page.MustElements("section.column h2")[12].MustText(); got != "Week 14" {
		t.Errorf("the 13th column is %s", got)
	}
}
