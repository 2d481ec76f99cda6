package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// heap puts up a wall whose first column holds a thousand cards, t0001 … in their order.
func (p *person) heap(t *testing.T) wall {
	t.Helper()
	w := p.wall(t, "Garden", "t0001")
	const hands = 8
	var all sync.WaitGroup
	for hand := range hands { // each below the card above, so that all are in their order
		all.Go(func() {
			for i := 2 + hand; i <= 1000; i += hands {
				must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: fmt.Sprintf("t%04d", i)}))(t)
			}
		})
	}
	all.Wait()
	return w
}

// ends are a column's first and last cards on the server, and how many it has.
func (p *person) ends(t *testing.T, w wall, column int) (first, last string, count int) {
	t.Helper()
	for cursor := ""; ; {
		page := must(p.Cards(t.Context(), w.ID, w.Columns[column], cursor, 400))(t)
		for _, card := range page.Items {
			if count++; count == 1 {
				first = card.Title
			}
			last = card.Title
		}
		next, err := page.NextCursor.Get()
		if err != nil || next == "" {
			return first, last, count
		}
		cursor = next
	}
}

func TestAThousandCardsInAColumn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.heap(t)
	v := s.at(t, ada, w.page())
	top := func() string { first, _, _ := ada.ends(t, w, 0); return first }
	foot := func() string { _, last, _ := ada.ends(t, w, 0); return last }

	// By keyboard: to the last card and back, and with a card to the foot.
	first, last := top(), foot()
	v.on(first)
	v.hit(input.End)
	eventually(t, "the focus is on the last card", func() bool { return v.focus() == "A. "+last })
	v.wantDrawn(1000)
	v.hit(input.Home)
	v.wantOn(first)
	v.hit(input.Space, input.End)
	v.wantSaid("To do, 1000 of 1000")
	v.answers("/move", 200, func() { v.hit(input.Space) })
	v.wantOn(first)
	eventually(t, "it is the last on the server", func() bool { return foot() == first })
	v.hit('z')
	eventually(t, "it is the first again", func() bool { return top() == first })

	// By mouse: from the top to the foot, along the window's edge.
	v.reload()
	v.find("section.column").MustEval(`() => this.scrollTo(0, 0)`)
	v.hover(v.card(first))
	from := middle(v.card(first))
	v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
	v.do(v.page.Mouse.MoveLinear(proto.Point{X: from.X, Y: 796}, 8))
	for _, passed := range []int{300, 600, 999} {
		eventually(t, fmt.Sprintf("%d cards are passed", passed), func() bool {
			return v.page.MustEval(`() => { const slot = document.querySelector(".is-slot"); return [...slot.parentElement.children].indexOf(slot) }`).Int() >= passed
		})
	}
	v.answers("/move", 200, v.drop)
	eventually(t, "it is the last on the server", func() bool { return foot() == first })
	v.hit('z')
	eventually(t, "it is the first once more", func() bool { return top() == first })

	// What is added comes behind all.
	v.reload()
	v.press(v.column(0).MustElement(".adds"))
	v.fill(".adder[open] textarea", "new")
	v.hit(input.Enter)
	eventually(t, "it is behind all", func() bool { return foot() == "new" })
	v.hit(input.Escape)

	// Two hundred chosen, moved and brought back.
	titles := v.drawn()
	v.on(titles[0])
	v.hit('s')
	for len(v.drawn()) < 300 {
		v.column(0).MustEval(`() => this.scrollTo(0, this.scrollHeight)`)
		v.find(".more-cards a:not(.is-loading)")
	}
	titles = v.drawn()
	v.do(v.page.Keyboard.Press(input.ShiftLeft))
	v.press(v.card(titles[199]).MustElement("a"))
	v.do(v.page.Keyboard.Release(input.ShiftLeft))
	v.find("[data-selected]", "^200 cards selected$")
	v.click(".selection summary", "Move")
	v.answers("/batch", 200, func() { v.click(".selection button", "^Doing$") })
	moved, _, count := ada.ends(t, w, 1)
	if count != 200 || moved != titles[0] {
		t.Errorf("%d cards came to Doing, the first is %s", count, moved)
	}
	v.follow(".toast button", "Undo") // so many are shown by the wall anew
	eventually(t, "they are where they were", func() bool {
		_, _, left := ada.ends(t, w, 1)
		return left == 0 && slices.Equal(ada.stored(t, w)[:200], titles[:200])
	})

	// Filtered, few are left.
	v.open(w.page() + "?q=" + titles[500%len(titles)])
	if got := v.drawn(); len(got) != 1 || !strings.HasPrefix(got[0], "t") {
		t.Errorf("the filter leaves %q", got)
	}
}
