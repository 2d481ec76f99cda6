package e2e_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// filterWall has five cards in "To do"; "Rain barrel" and "Umbrella for the rain" wear the label "wet", and so does
// "Boots" in "Doing".
func (p *person) filterWall(t *testing.T) wall {
	t.Helper()
	w := p.wall(t, "Garden", "Rain barrel", "Seeds", "Umbrella for the rain", "Spade", "Fork")
	boots := must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "Boots"}))(t)
	wet := must(p.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "wet", Hue: kanbanapi.Blue}))(t)
	for _, number := range []int{1, 3, boots.Number} {
		must(p.LabelCard(t.Context(), w.ID, strconv.Itoa(number), wet.Id))(t)
	}
	return w
}

func (v *visitor) wantCounted(sentence string) {
	v.t.Helper()
	v.find("[data-filter-count]", "^"+sentence+"$")
}

func TestFilteringByClicking(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with_JavaScript": true, "without_JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			ada := s.person(t, "Ada")
			w := ada.filterWall(t)
			v := s.at(t, ada, w.page())
			v.script(scripts)
			v.reload()
			v.fill("#filter-line", "label:wet rain")
			v.follow(".filter button", "Filter")
			v.wantOrder("To do: Rain barrel Umbrella for the rain", "Doing: ", "Done: ")
			v.wantCounted("Showing 2 of 6 cards")
			if counts := v.find(".column-head [data-count-text]").MustText(); counts != "2 of 5" {
				t.Errorf("To do counts %q", counts)
			}
			v.follow(".chip", "rain")
			v.wantOrder("To do: Rain barrel Umbrella for the rain", "Doing: Boots", "Done: ")

			// A card that doesn't match is there until the page is loaded again.
			v.addCard("Wheelbarrow")
			v.find(".card.is-odd", "Wheelbarrow")
			v.find(".toast", "It doesn’t match the filter, and is shown until the page is loaded again.")
			v.wantCounted("Showing 4 of 7 cards")

			// What is done with a card leaves the board filtered.
			if scripts {
				v.openMenu("Boots")
			} else {
				v.pressOpening(v.card("Boots").MustElement(".more"), ".card > .menu")
				v.wantOrder("To do: Rain barrel Umbrella for the rain", "Doing: Boots", "Done: ")
			}
			archive := v.find(".card > .menu button", "Archive")
			if scripts {
				v.answers("/archive", 200, func() { v.press(archive) })
				v.wantCounted("Showing 3 of 6 cards")
				v.reload()
			} else {
				v.leaving(func() { v.press(archive) })
			}
			v.wantOrder("To do: Rain barrel Umbrella for the rain", "Doing: ", "Done: ")
			if !scripts { // by way of other pages too
				v.moveByForm("Rain barrel", "Doing", "At the top")
				v.wantOrder("To do: Umbrella for the rain", "Doing: Rain barrel", "Done: ")
				v.follow(".flash button", "Undo")
				v.wantOrder("To do: Rain barrel Umbrella for the rain", "Doing: ", "Done: ")
			}

			v.click(".filter summary")
			v.follow(".filter-help a", "In the archive")
			v.wantOrder("To do: ", "Doing: Boots", "Done: ")
			v.fill("#filter-line", "rain labl:wet")
			v.follow(".filter button", "Filter")
			if word := v.find(".filter-state mark").MustText(); word != "labl:" || !v.says("Did you mean label:?") || v.status() != 400 {
				t.Errorf("the error points at %q: %s", word, v.find(".filter-state").MustText())
			}
			v.wantOrder("To do: Rain barrel Seeds Umbrella for the rain Spade Fork Wheelbarrow", "Doing: ", "Done: ")
			v.follow("a", "Clear the filter")
			if v.page.MustHas(".filter-state") || strings.Contains(v.page.MustInfo().URL, "?") {
				t.Errorf("the board is filtered still: %s", v.page.MustInfo().URL)
			}
		})
	}
}

func TestFilteringByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.filterWall(t)
	v := s.at(t, ada, w.page())
	v.card("Seeds").MustElement("a").MustFocus()
	v.hit('f')
	v.wantFocus("#filter-line")
	v.do(v.page.InsertText("nothing yet"))
	v.hit(input.Escape)
	v.wantOn("Seeds")
	if left := v.find("#filter-line").MustProperty("value").Str(); left != "" {
		t.Errorf("left, the line holds %q", left)
	}
	v.hit('f')
	v.do(v.page.InsertText("rain wet:"))
	v.leaving(func() { v.hit(input.Enter) })
	v.wantFocus("#filter-line[aria-invalid]")
	if chosen := v.page.MustEval(`() => getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)`).Str(); chosen != "wet:" {
		t.Errorf("of the line is selected %q", chosen)
	}
	v.do(v.page.InsertText("label:we"))
	offers := v.page.MustEval(`() => [...document.querySelectorAll("#filter-offers option")].map((o) => o.value).join("|")`).Str()
	if offers != `rain label:wet|rain col:"To do"|rain col:Doing|rain col:Done` {
		t.Errorf("offered are %s", offers)
	}
	v.do(v.page.InsertText("t"))
	v.leaving(func() { v.hit(input.Enter) })
	v.wantSaid("Showing 2 of 6 cards")
	v.hit(input.ArrowDown)
	v.wantOn("Rain barrel")
	v.hit(input.ArrowDown, '>')
	v.wantSaid("Moved to Doing, 1 of 1 shown")
	v.wantOrder("To do: Rain barrel", "Doing: Umbrella for the rain", "Done: ")
	v.wantCounted("Showing 2 of 6 cards")
	ada.wantStored(t, w, "Rain barrel Seeds Spade Fork", "Boots Umbrella for the rain", "")
	v.leaving(func() { v.hit('x') })
	v.wantOn("Umbrella for the rain")
	v.wantSaid("All cards are shown")
	v.wantOrder("To do: Rain barrel Seeds Spade Fork", "Doing: Boots Umbrella for the rain", "Done: ")
}

// Carried next to a card that is shown, a card stands next to it, whatever the filter leaves out between.
// On a phone one column is in sight: what fits may be in another.
func TestAPhoneShowsTheFirstColumnWithWhatFits(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.filterWall(t)
	v := s.visitor(t)
	v.borrow(ada)
	v.resize(390, 844)
	v.open(w.page())
	filterBy := func(line string) {
		t.Helper()
		v.click("[data-filter-sign]")
		v.fill("#filter-line", line)
		v.leaving(func() { v.hit(input.Enter) })
	}
	filterBy("boots")
	v.find(".column-nav [aria-current]", "^Doing 1 of 1$")
	v.wantInSight(".card")
	filterBy("label:wet") // fits there too: the wall stays where it is
	v.find(".column-nav [aria-current]", "^Doing 1 of 1$")
	filterBy("spade")
	v.find(".column-nav [aria-current]", "^To do 1 of 5$")
	v.open(w.page() + "?q=boots") // as somebody was sent it
	v.wantInSight("#column-" + w.Columns[1].String() + " .card")
}

func TestALongFilteredColumnGoesOn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 120)
	v := s.at(t, ada, w.page()+"?q=-n10")
	if counted := v.find("[data-filter-count]").MustText(); counted != "Showing 110 of 121 cards" {
		t.Errorf("it says %q", counted)
	}
	v.column(0).MustEval(`() => this.scrollTo(0, this.scrollHeight)`)
	v.wantDrawn(100)
	v.column(0).MustEval(`() => this.scrollTo(0, this.scrollHeight)`)
	v.wantDrawn(109)
	if drawn := v.drawn(); slices.Contains(drawn, "n10") || slices.Contains(drawn, "n105") || drawn[108] != "n120" {
		t.Errorf("on the wall are %q", drawn)
	}
	v.card("n9").MustElement("a").MustFocus()
	v.hit(input.Space, input.ArrowDown, input.Space)
	v.wantSaid("Moved to To do, 10 of 109 shown")
	eventually(t, "n9 stands behind n11", func() bool {
		all := ada.stored(t, w)
		return slices.Index(all, "n9") == slices.Index(all, "n11")+1 && slices.Index(all, "n10") < slices.Index(all, "n11")
	})
}

// Lines that nobody should type do no harm.
func TestLinesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.filterWall(t)
	for line, want := range map[string]int{
		strings.Repeat("rain%20", 1500): 400, "%00": 400, "rain%00": 400, "%E2%80%AEniar": 400, "%FF": 400, "%25%20_%20%5C": 200, "%F0%9F%8C%B1%20%D7%92%D7%99%D7%A0%D7%94": 200, "%3Cscript%3E": 200, "%22": 400, "due:none%3Bx": 400,
	} {
		if got := ada.get(t, w.page()+"?q="+line); got.Status != want || !strings.Contains(got.Body, "</html>") {
			t.Errorf("%.40s: %d, want %d", line, got.Status, want)
		}
	}
}

func filterViews(t *testing.T, ada *person) []view {
	t.Helper()
	w, odd, wide := ada.furnish(t, few), ada.oddColumns(t), ada.seedWall(t)
	page := func(w wall, line string) string { return w.page() + "?q=" + line }
	return []view{
		{name: "filter", path: page(w, "label:Urgent+-due:none")},
		{name: "filter-empty", path: page(w, "rhubarb")},
		{name: "filter-wrong", path: page(w, "seeds+labl:Urgent+due:week")},
		{name: "filter-archive", path: page(w, "is:archived")},
		{name: "filter-wide", path: page(wide, "seed")},
		{name: "filter-wide-all", path: page(wide, "seed&empty=shown")},
		{name: "filter-odd", path: page(odd, fmt.Sprintf("-%s+-%%D7%%92%%D7%%99%%D7%%A0%%D7%%94+-%%F0%%9F%%8C%%B1+part", strings.Repeat("unbreakable", 20)))},
		{name: "filter-help", path: w.page(), then: func(v *visitor) {
			v.openFilter()
			v.click(".filter summary")
			v.find(".filter-help a", "In the archive")
		}},
	}
}

// openFilter presses the sign of the line where a phone has no room for the line.
func (v *visitor) openFilter() {
	v.t.Helper()
	if sign := v.find(".filter-sign"); sign.MustVisible() {
		v.press(sign)
	}
	v.find("#filter-line")
}
