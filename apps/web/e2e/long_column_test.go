package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// long puts up a wall whose first column holds n1, n2 … and whose second holds x.
func (p *person) long(t *testing.T, cards int) wall {
	t.Helper()
	titles := make([]string, cards)
	for i := range titles {
		titles[i] = fmt.Sprintf("n%d", i+1)
	}
	w := p.wall(t, "Garden", titles...)
	must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "x"}))(t)
	return w
}

// stored reads the first column's titles off the server, all of them.
func (p *person) stored(t *testing.T, w wall) []string {
	t.Helper()
	var titles []string
	for _, card := range must(p.Cards(t.Context(), w.ID, w.Columns[0], "", 400))(t).Items {
		titles = append(titles, card.Title)
	}
	return titles
}

// drawn reads the first column's titles off the page.
func (v *visitor) drawn() []string {
	v.t.Helper()
	return strings.Fields(v.page.MustEval(`() => [...document.querySelector("section.column").querySelectorAll(".card h3")].map((title) => title.textContent).join(" ")`).Str())
}

func (v *visitor) wantDrawn(cards int) {
	v.t.Helper()
	eventually(v.t, fmt.Sprintf("%d cards are drawn", cards), func() bool { return len(v.drawn()) == cards })
}

// holdCards has the pages of cards wait until let is called.
func (v *visitor) holdCards() (let func()) { return v.holdBack("*/columns/*", goOn) }

func (v *visitor) wheel(at proto.Point, down float64) {
	v.t.Helper()
	v.do(v.page.Mouse.MoveTo(at))
	v.do(v.page.Mouse.Scroll(0, down, 1))
}

func TestALongColumnComesAsOneScrolls(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 120)
	v := s.at(t, ada, w.page())
	v.card("n3").MustElement("a").MustFocus()
	v.hit('s')
	if got := len(v.drawn()); got != 50 {
		t.Errorf("%d cards are drawn at first", got)
	}
	at := middle(v.card("n2"))
	v.wheel(at, 3000)
	v.wantDrawn(100)
	column := v.column(0)
	if top := column.MustProperty("scrollTop").Int(); top != 3000 && top < 2500 {
		t.Errorf("what came has scrolled the column to %d", top)
	}
	v.wheel(at, 9000)
	v.wantDrawn(120)
	if got := v.drawn(); !slices.Equal(got, ada.stored(t, w)) {
		t.Errorf("on the wall %q", got)
	}
	v.wantOn("n3")
	if boxes, more := len(column.MustElements(".pick")), len(column.MustElements("[data-more]")); boxes != 120 || more != 0 {
		t.Errorf("%d boxes to tick, %d links to more", boxes, more)
	}
}

func TestTheKeyboardGoesPastTheLastCardThatIsDrawn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 60)
	v := s.at(t, ada, w.page())
	let := v.holdCards()
	v.card("n50").MustElement("a").MustFocus()
	v.hit(input.ArrowDown)
	v.wantSaid("Loading more of To do")
	v.find(".more-cards .is-loading", "Loading…")
	v.wantOn("n50")
	v.card("x").MustElement("a").MustFocus()
	v.hit('<')
	v.wantSaid("Moved to To do, 61 of 61")
	eventually(t, "x is the last card", func() bool { return slices.Index(ada.stored(t, w), "x") == 60 })
	v.card("n50").MustElement("a").MustFocus()
	let()
	v.wantDrawn(61)
	if got := v.drawn(); !slices.Equal(got, ada.stored(t, w)) {
		t.Errorf("on the wall %q", got)
	}
	eventually(t, "the focus is on n51", func() bool { return v.focus() == "A. n51" })
	v.wantSaid("61 of 61 cards of To do are here")
}

func TestCardsThatDontComeCanBeAskedForAgain(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 60)
	v := s.at(t, ada, w.page())
	fails := true
	v.holdBack("*/columns/*", func(h *rod.Hijack) {
		if fails {
			h.Response.Fail(proto.NetworkErrorReasonConnectionFailed)
			return
		}
		goOn(h)
	})()
	v.column(0).MustEval(`() => this.scrollTo(0, this.scrollHeight)`)
	v.find(".more-cards .is-failed", "Try again")
	v.wantSaid("Cardwall can't be reached. Check the connection and try again.")
	v.wantNoViolations("cards that didn't come", true)
	v.picture("board-more-failed")
	fails = false
	v.click("[data-more]", "Try again")
	v.wantDrawn(60)
	v.wantSaid("60 of 60 cards of To do are here")
}

func TestACardDroppedBelowTheLastOneThatIsDrawnStaysBeforeTheRest(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 60)
	v := s.at(t, ada, w.page())
	let := v.holdCards()
	v.column(0).MustEval(`() => this.scrollTo(0, this.scrollHeight)`)
	v.find(".more-cards .is-loading", "Loading…")
	v.carry("x", v.card("n50"), 30)
	eventually(t, "the slot is below n50", func() bool { return slices.Index(v.drawn(), "x") == 50 })
	v.drop()
	eventually(t, "x stands behind n50", func() bool { return slices.Index(ada.stored(t, w), "x") == 50 })
	let()
	v.wantDrawn(61)
	if got := v.drawn(); !slices.Equal(got, ada.stored(t, w)) {
		t.Errorf("on the wall %q", got)
	}
}

func TestALongColumnComesUnderAFinger(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 60)
	v := s.at(t, ada, w.page())
	v.resize(390, 844)
	v.card("n1")
	eventually(t, "60 cards are drawn", func() bool {
		v.swipe(proto.Point{X: 150, Y: 700}, 0, -500)
		return len(v.drawn()) == 60
	})
	if v.page.MustHas(".is-slot") || v.path() != w.page() {
		t.Error("the finger did something else than scroll")
	}
}
