package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// A column of which only the first cards are drawn stays right while others work: what it counts, what it leads on to, and
// where its cards stand.
func TestALongColumnOfOthersStaysRight(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	for _, role := range []string{"viewer", "editor"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			w := ada.long(t, 120)
			s.joins(t, bob, w, role)
			v := s.visitor(t)
			v.borrow(bob)
			v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) }) // what is further down comes once somebody begins
			first, second := w.Columns[0], w.Columns[1]
			move := func(card int, to kanbanapi.CardMove) {
				t.Helper()
				must(ada.MoveCard(t.Context(), w.ID, fmt.Sprint(card), to))(t)
			}
			add := func(title string) {
				t.Helper()
				must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: first, Title: title}))(t)
			}
			archive := func(card string) { t.Helper(); must(ada.ArchiveCard(t.Context(), w.ID, card))(t) }
			stands := func(counts, top, foot string, cards int) {
				t.Helper()
				eventually(t, fmt.Sprintf("%d cards from %q to %q are drawn, counted %s", cards, top, foot, counts), func() bool {
					drawn := v.drawn()
					all := strings.Join(drawn, " ")
					return len(drawn) == cards && strings.HasPrefix(all, top+" ") && strings.HasSuffix(all, " "+foot) && strings.Join(v.counts(), " ") == counts
				})
			}
			leads := func(label string) { t.Helper(); v.find("[data-more]", "^"+label) }

			stands("120 1 0", "n1", "n50", 50)
			move(110, kanbanapi.CardMove{ColumnId: second, At: ref(kanbanapi.Start)})     // from where it isn't drawn
			move(111, kanbanapi.CardMove{ColumnId: first, Before: &w.Cards[0].Id})        // to where it is
			move(2, kanbanapi.CardMove{ColumnId: first, At: ref(kanbanapi.End)})          // and away from there
			move(112, kanbanapi.CardMove{ColumnId: first, After: &w.Cards[112].Id})       // unseen
			archive("113")                                                                // unseen
			add("last")                                                                   // unseen
			move(114, kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}) // into an empty one
			must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("seen")}))(t)
			stands("118 2 1", "n111 seen n3 n4", "n50 n2", 51)
			leads("67 more")
			eventually(t, "those that came out of it stand beside it", func() bool {
				return v.order()[1] == "Doing: n110 x" && v.order()[2] == "Done: n114"
			})

			// The last that is drawn goes, and another comes into its place.
			archive("50")
			move(115, kanbanapi.CardMove{ColumnId: first, After: &w.Cards[48].Id})
			add("later")
			stands("118 2 1", "n111 seen n3 n4", "n49 n2", 50)
			leads("68 more")

			v.whole()
			for before := len(v.drawn()); before < 118; before = len(v.drawn()) {
				v.column(0).MustEval(`() => this.scrollTo(0, this.scrollHeight)`)
				eventually(t, "more cards come", func() bool { return len(v.drawn()) > before })
			}
			eventually(t, "all cards stand as they are stored", func() bool {
				return strings.Join(v.drawn(), " ") == strings.Join(ada.stored(t, w), " ") && !v.page.MustHas("[data-more]")
			})
			move(60, kanbanapi.CardMove{ColumnId: first, Before: &w.Cards[89].Id}) // where all is drawn by now
			archive("70")
			add("at_the_end")
			eventually(t, "all cards stand as they are stored still", func() bool {
				return strings.Join(v.drawn(), " ") == strings.Join(ada.stored(t, w), " ") && strings.Join(v.counts(), " ") == "118 2 1"
			})
		})
	}
}

// counts reads the numbers in the columns' heads.
func (v *visitor) counts() []string {
	v.t.Helper()
	return strings.Fields(v.page.MustEval(`() => [...document.querySelectorAll(".column-head [data-count-text]")].map((count) => count.textContent).join(" ")`).Str())
}
