package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// On a wall of more columns than one goes through, one is found by its name wherever a column is asked for.
func TestAColumnAmongManyIsFoundByItsName(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wideWall(t, 44, 3)
	far := "#column-" + w.Columns[42].String()
	v := s.at(t, ada, w.page())

	// The palette leads to it, and what is added then is added there.
	v.on("n1")
	v.palette("week 43")
	v.wantOffer("Week 43 | 1")
	v.hit(input.Enter)
	v.wantFocus(far + " h2 a")
	v.wantFocusSeen("a column that was found")
	v.hit('n')
	v.types("x", input.Enter)
	v.wantAdded("x")
	v.hit(input.Escape)

	// Move to…: its name, its place, and the card has gone; one goes on with the next.
	v.on("m1")
	v.hit('m')
	v.wantFocus("dialog h1")
	v.tabTo("INPUT.input when-scripted")
	v.types("WEEK 4", input.Enter) // that is its own name, though others begin so
	v.find("dialog label", "Where in Week 4")
	v.wantFocus("dialog #place")
	v.withShift(input.Tab)
	v.wantFocusSeen("the last of the columns")
	v.tabTo("INPUT.input when-scripted")
	v.types("9999", input.Enter)
	v.find("dialog [data-none]:not([hidden])")
	v.types("43", input.Enter)
	v.find("dialog label", "Where in Week 43")
	v.tabTo("BUTTON.btn primary Move the card")
	v.wantFocusSeen("the button that moves")
	v.hit(input.Enter)
	v.wantSaid("Moved to Week 43, 3 of 3")
	v.wantOn("m2")
	v.slid()
	v.wantFocusSeen("the card below")
	v.hit('z')
	v.find(".toast p", "^Undone: moved “m1” to “Week 43”.$")
	v.wantOn("m1")

	// Several at once.
	v.hit('s')
	v.withShift(input.ArrowDown)
	v.hit('m')
	v.wantFocus(".selection [data-filter]")
	v.types("week 43", input.Enter)
	v.wantSaid("Moved 2 cards to Week 43")
	v.wantOn("m3")
	v.slid()
	v.wantFocusSeen("the card below two that went")
	v.on("n1")
	v.hit('s', 'm')
	v.wantFocus(".selection [data-filter]")
	v.types("week 2", input.Enter)
	v.wantSaid("Moved 1 card to Week 2")
	v.wantOn("n1") // where it can be seen
}

// What has the focus is in sight as soon as it has come to rest, however far it was carried.
func TestACarriedCardStaysInSight(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wideWall(t, 12, 20)
	v := s.at(t, ada, w.page())
	rests := func() {
		t.Helper()
		v.slid()
		v.wantFocus("#card-1 a")
		v.wantInSight("#card-1")
	}
	v.on("n1")
	v.hit(input.Space)
	for range 7 {
		v.hit(input.ArrowRight)
		rests()
	}
	v.hit(input.Escape)
	rests()
	v.hit(input.Space, input.End)
	rests()
	v.hit(input.Escape, '>', '>', '>', '>')
	rests()
	v.wantSaid("Moved to Week 5, 2 of 2")
	for _, week := range []string{"5", "4", "3", "2"} {
		v.hit('z')
		v.wantSaid("Undone: moved “n1” to “Week " + week + "”.")
		rests()
	}
}

// What takes the page anew leaves the wall where it was, and of what others do only that is drawn.
func TestAWideWallStaysWhereItIs(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.wideWall(t, 44, 0)
	s.joins(t, grace, w, "editor")
	v := s.at(t, ada, w.page())
	v.column(30).MustElement("h2 a").MustFocus()
	left := func() int { return v.find("main").MustProperty("scrollLeft").Int() }
	was := left()
	v.openColumnMenu("Week 31")
	v.follow(".column-tools .menu button", "Archive column")
	v.find(".toast", "Archived the column “Week 31”")
	eventually(t, "the wall is as far along as it was", func() bool { return left() == was })
	v.addColumn("Later")
	v.wantInSight(".add-column[open] #new-column")

	v.page.MustEval(`() => {
		window.drawn = new Set()
		new MutationObserver((changes) => changes.forEach(({ target }) => target.matches("[data-count-text]") && drawn.add(target.closest("[data-column]").id)))
			.observe(document.querySelector("main"), { childList: true, subtree: true })
	}`)
	must(grace.UpdateColumn(t.Context(), w.ID, w.Columns[1], 1, kanbanapi.ColumnPatch{Title: ref("Theirs")}))(t)
	v.find("h2", "^Theirs$")
	if drawn := v.page.MustEval(`() => [...drawn].join()`).Str(); drawn != "column-"+w.Columns[1].String() {
		t.Errorf("drawn anew are %s", drawn)
	}
}
