package e2e_test

import (
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// A column scrolls until the whole of its last card stands over its foot, however many cards it has and
// however little is missing.
func TestAColumnShowsItsLastCard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for _, cards := range []int{8, 9, 10, 11, 20} {
		w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnopqrst"[:cards], "")...)
		v := s.at(t, ada, w.page())
		hidden := v.page.MustEval(`() => {
			const column = document.querySelector(".column")
			column.scrollTop = column.scrollHeight
			return [...column.querySelectorAll(".card")].pop().getBoundingClientRect().bottom - column.querySelector(".column-foot").getBoundingClientRect().top
		}`).Num()
		if hidden > 0 {
			t.Errorf("of %d cards, the last has %.0f pixels under the foot", cards, hidden)
		}
	}
}

func TestMoreThanFiftyCards(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden")
	for range 60 {
		must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "Weed"}))(t)
	}
	places := ada.get(t, w.page()+"/cards/60/move")
	if got := strings.Count(places.Body, "<option"); got != 61 {
		t.Errorf("the form that moves a card knows %d places: %d %.300s", got, places.Status, places.Body)
	}
	v := s.at(t, ada, w.page())
	if got := len(v.page.MustElements(".column .card")); got != 50 {
		t.Errorf("%d cards are drawn", got)
	}
	v.script(false)
	v.reload()
	v.follow("[data-more]", "10 more")
	if got := len(v.page.MustElements(".card")); got != 10 || !v.says("#60") {
		t.Errorf("the rest is %d cards: %s", got, v.text())
	}
	v.follow("a", "Back to the board")
	if v.path() != w.page() {
		t.Errorf("back leads to %s", v.path())
	}
}
