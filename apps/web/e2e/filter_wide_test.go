package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// seedWall is a wall of twenty columns with a card each: "seeds" in Week 4, "seed box" in Week 17, the others are called "n" and the
// number of their week.
func (p *person) seedWall(t *testing.T) wall {
	t.Helper()
	w := p.wideWall(t, 20, 0)
	for number, title := range map[string]string{"4": "seeds", "17": "seed box"} {
		must(p.UpdateCard(t.Context(), w.ID, number, 1, kanbanapi.CardPatch{Title: &title}))(t)
	}
	return w
}

// wantShown waits until these columns are to be seen, each with its cards, and no others.
func (v *visitor) wantShown(want ...string) {
	v.t.Helper()
	var got []string
	eventually(v.t, fmt.Sprintf("the columns that one sees are %q", want), func() bool {
		got = strings.Split(v.page.MustEval(`() => [...document.querySelectorAll("main .column")].filter((column) => column.checkVisibility()).map((column) =>
			column.dataset.title + ": " + [...column.querySelectorAll(".card h3")].map((title) => title.textContent).join(" "),
		).join("\n")`).Str(), "\n")
		return slices.Equal(got, want)
	})
}

// wantBeside waits until the server has these columns beside each other.
func (p *person) wantBeside(t *testing.T, w wall, columns string) {
	t.Helper()
	eventually(t, columns+" stand beside each other", func() bool {
		var all []string
		for _, c := range must(p.Board(t.Context(), w.ID))(t).Columns {
			all = append(all, c.Title)
		}
		return strings.Contains(strings.Join(all, ", ")+",", columns+",")
	})
}

func TestWhatMatchesOnAWideWallStandsSideBySide(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with_JavaScript": true, "without_JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			ada := s.person(t, "Ada")
			w := ada.seedWall(t)
			v := s.at(t, ada, w.page())
			v.script(scripts)
			v.reload()
			v.fill("#filter-line", "seed")
			v.follow(".filter button", "Filter")
			v.wantShown("Week 4: seeds", "Week 17: seed box")
			v.wantCounted("Showing 2 of 20 cards, in 2 of 20 columns")
			v.wantInSight("#card-4")
			v.wantInSight("#card-17")

			// The others are a press away, and stay while the line changes.
			v.follow(".filter-state a", "Show empty columns")
			if shown := v.page.MustElements(".column:not([hidden])"); len(shown) != 20 {
				t.Errorf("%d columns are shown", len(shown))
			}
			v.fill("#filter-line", "seed box")
			v.follow(".filter button", "Filter")
			v.find(".filter-state a", "Hide empty columns")
			v.follow(".chip", "box")
			v.follow(".filter-state a", "Hide empty columns")
			v.wantShown("Week 4: seeds", "Week 17: seed box")

			// A card that is moved to a column out of sight brings that along.
			if scripts {
				v.openMenu("seeds")
				v.click(".card > .menu a", "Move to…")
				v.click("dialog .choices a", "^\\s*Week 10\\s*$")
				v.find("dialog label", "Where in Week 10")
				v.answers("/move", 200, func() { v.click("dialog button", "Move the card") })
				v.wantShown("Week 4: ", "Week 10: seeds", "Week 17: seed box")
				v.wantCounted("Showing 2 of 20 cards, in 2 of 20 columns")
				v.reload()
			} else {
				v.moveByForm("seeds", "^\\s*Week 10\\s*$", "At the bottom")
			}
			v.wantShown("Week 10: seeds", "Week 17: seed box")

			// An address may name a column that is out of sight.
			v.open("/boards")
			v.open(w.page() + "?q=seed#column-" + w.Columns[12].String())
			v.wantShown("Week 10: seeds", "Week 13: ", "Week 17: seed box")
			if scripts {
				v.on("seeds")
				v.hit('>')
				v.wantShown("Week 10: ", "Week 13: seeds", "Week 17: seed box")
			}
			v.follow("a", "Clear the filter")
			if shown := v.page.MustElements(".column:not([hidden])"); len(shown) != 20 {
				t.Errorf("without a filter %d columns are shown", len(shown))
			}
		})
	}
}

func TestMovingAmongWhatMatchesOnAWideWall(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.seedWall(t)
	v := s.at(t, ada, w.page()+"?q=seed")

	// A hand carries a card to the match beside it.
	v.answers("/move", 200, func() {
		v.carry("seeds", v.card("seed box"), 60)
		eventually(t, "the card is over there", func() bool { return len(v.page.MustElements("#column-"+w.Columns[16].String()+" .card")) == 2 })
		v.drop()
	})
	v.wantShown("Week 4: ", "Week 17: seed box seeds")
	v.click(".toast button", "Undo")
	v.wantShown("Week 4: seeds", "Week 17: seed box")

	// And a column: right of one it stands directly behind that, left of the first directly before it.
	v.answers("/move", 200, func() {
		v.carryColumn("Week 4", 400)
		v.drop()
	})
	ada.wantBeside(t, w, "Week 17, Week 4, Week 18")
	v.wantShown("Week 17: seed box", "Week 4: seeds")
	v.openColumnMenu("Week 4")
	v.answers("/move", 200, func() { v.click(".column-tools .menu button", "Move left") })
	ada.wantBeside(t, w, "Week 16, Week 4, Week 17")
	v.wantSaid("Moved Week 4, 1 of 2")
	v.openColumnMenu("Week 4")
	if !v.find(".column-tools .menu button", "Move left").MustProperty("disabled").Bool() {
		t.Error("the first of those in sight can be moved left")
	}
	v.hit(input.Escape)

	// Several cards at once go where nothing matches yet.
	v.on("seeds")
	v.hit('s', 'm')
	v.wantFocus(".selection [data-filter]")
	v.answers("/batch", 200, func() { v.types("week 9", input.Enter) })
	v.wantSaid("Moved 1 card to Week 9")
	v.wantShown("Week 9: seeds", "Week 4: ", "Week 17: seed box")
	v.wantCounted("Showing 2 of 20 cards, in 2 of 20 columns")

	// Where the column that a card brings along stands out of sight, one keeps one's place.
	v.open(w.page() + "?q=n")
	v.on("n1")
	v.hit('m')
	v.wantFocus("dialog h1")
	v.tabTo("INPUT.input when-scripted")
	v.types("week 4", input.Enter)
	v.wantFocus("dialog #place")
	v.tabTo("BUTTON.btn primary Move the card")
	v.hit(input.Enter)
	v.find("#column-" + w.Columns[3].String() + ":not([hidden]) #card-1")
	v.wantFocus("#column-" + w.Columns[0].String() + " .adds")
}

func TestAWideWallsMatchesByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.seedWall(t)
	v := s.at(t, ada, w.page())
	v.hit('f')
	v.types("seed", input.Enter)
	v.wantSaid("Showing 2 of 20 cards, in 2 of 20 columns")
	v.whole()
	v.hit('j')
	v.wantOn("seeds")
	v.hit(input.ArrowRight)
	v.wantOn("seed box")
	v.hit(input.Space, input.ArrowLeft, input.Space)
	v.wantSaid("Moved to Week 4, 1 of 2 shown")
	v.hit('>')
	v.wantShown("Week 4: seeds", "Week 17: seed box")
	v.wantOn("seed box")

	// A column is carried past the next in sight, and back.
	v.tabTo("A. Week 17")
	v.hit(input.Tab, input.Space)
	v.wantSaid("Lifted Week 17, 2 of 2")
	v.hit(input.ArrowLeft)
	v.wantSaid("Week 17, 1 of 2")
	v.answers("/move", 200, func() { v.hit(input.Space) })
	ada.wantBeside(t, w, "Week 3, Week 17, Week 4")
	v.hit(input.Space, input.End)
	v.answers("/move", 200, func() { v.hit(input.Space) })
	ada.wantBeside(t, w, "Week 4, Week 17, Week 5")

	// The palette leads to a column out of sight, which comes with all that belongs to it.
	v.palette("week 12")
	v.wantOffer("Week 12 | 0 of 1")
	v.hit(input.Enter)
	v.wantFocus("#column-" + w.Columns[11].String() + " h2 a")
	v.wantFocusSeen("a column that was out of sight")
	v.find("#column-" + w.Columns[11].String() + " .adds")
	v.hit('n')
	v.types("seedling", input.Enter)
	v.wantAdded("seedling")
	v.wantCounted("Showing 3 of 21 cards, in 3 of 20 columns")
}

func TestAPhoneSwipesFromMatchToMatch(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.seedWall(t)
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	v.open(w.page() + "?q=seed")
	v.wantNoOverflow("a filtered wall")
	pills := func() string {
		return v.page.MustEval(`() => [...document.querySelectorAll(".column-nav a")].filter((pill) => pill.checkVisibility()).map((pill) => pill.textContent.trim()).join(", ")`).Str()
	}
	if got := pills(); got != "Week 4 1 of 1, Week 17 1 of 1" {
		t.Errorf("the pills are %s", got)
	}
	if all := v.page.MustEval(`() => [...document.querySelectorAll(".column-nav [data-name]")].map((name) => name.textContent).join(", ")`).Str(); all != v.columns() {
		t.Errorf("with those out of sight they are %s", all)
	}
	v.find(".column-nav [aria-current]", "^Week 4 ")
	v.swipe(proto.Point{X: 320, Y: 500}, -300, 0)
	v.find(".column-nav [aria-current]", "^Week 17 ")
	v.wantInSight("#card-17")

	// What others do brings a column, and its pill in its place.
	must(ada.UpdateCard(t.Context(), w.ID, "9", 1, kanbanapi.CardPatch{Title: ref("seed tray")}))(t)
	v.wantShown("Week 4: seeds", "Week 9: seed tray", "Week 17: seed box")
	eventually(t, "it has a pill", func() bool { return pills() == "Week 4 1 of 1, Week 9 1 of 1, Week 17 1 of 1" })
	v.find(".column-nav [aria-current]", "^Week 17 ")
	v.tap(v.find("[data-foot-add]"))
	v.wantFocus("#column-" + w.Columns[16].String() + " .adder textarea")

	// Beyond the last column, the button at the foot adds to the first in sight.
	v.find("main").MustEval(`() => this.scrollTo({ left: this.scrollWidth, behavior: "instant" })`)
	v.gone(".column-nav [aria-current]")
	v.tap(v.find("[data-foot-add]"))
	v.wantFocus("#column-" + w.Columns[3].String() + " .adder textarea")
}

func TestWhatOthersDoOnAWideWallThatIsFiltered(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.seedWall(t)
	s.joins(t, grace, w, "editor")
	v := s.at(t, ada, w.page()+"?q=seed")
	v.on("seed box")

	// A column that gets what matches appears, whether that is moved, renamed or new.
	must(grace.MoveCard(t.Context(), w.ID, "4", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	v.wantShown("Week 2: seeds", "Week 4: ", "Week 17: seed box")
	must(grace.UpdateCard(t.Context(), w.ID, "6", 1, kanbanapi.CardPatch{Title: ref("seed tray")}))(t)
	v.wantShown("Week 2: seeds", "Week 4: ", "Week 6: seed tray", "Week 17: seed box")
	must(grace.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[18], Title: "seedlings"}))(t)
	v.wantShown("Week 2: seeds", "Week 4: ", "Week 6: seed tray", "Week 17: seed box", "Week 19: seedlings")
	v.wantCounted("Showing 4 of 21 cards, in 4 of 20 columns")
	v.wantOn("seed box")
	v.find("#column-" + w.Columns[18].String() + " .adds")

	// Another column doesn't, until something in it matches.
	must(grace.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Later"}))(t)
	v.wantCounted("Showing 4 of 21 cards, in 4 of 21 columns")
	v.wantShown("Week 2: seeds", "Week 4: ", "Week 6: seed tray", "Week 17: seed box", "Week 19: seedlings")

	// Whoever has all columns in sight keeps them.
	v.open(w.page() + "?empty=shown&q=seed")
	must(grace.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Much later"}))(t)
	eventually(t, "the new column is there", func() bool { return strings.HasSuffix(v.columns(), "Later, Much later") })
	if n := len(v.page.MustElements(".column[hidden]")); n != 0 {
		t.Errorf("%d columns are out of sight", n)
	}
}
