package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

func TestACardThatIsStillSlidingIsLifted(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	v.hover(v.card("b"))
	v.card("a").MustElement("a").MustFocus()
	v.do(proto.AnimationEnable{}.Call(v.page))
	v.do(proto.AnimationSetPlaybackRate{PlaybackRate: 0.01}.Call(v.page))
	v.hit('>')
	v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
	v.do(v.page.Mouse.MoveLinear(middle(v.column(2)), 8))
	eventually(t, "the wall shows b in Done", func() bool { return slices.Equal(v.order(), []string{"To do: c", "Doing: a", "Done: b"}) })
	v.drop()
	ada.wantStored(t, w, "c", "a", "b")
	if v.path() != w.page() {
		t.Errorf("letting go opened %s", v.path())
	}
}

func TestAnEdgeScrollsOnlyWhileACardIsThere(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnopqrstuvwxyz", "")...)
	v := s.at(t, ada, w.page())
	column := v.column(0)
	scrolled := func() float64 {
		return column.MustEval(`() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() => tell(this.scrollTop))))`).Num()
	}
	v.hover(v.card("b"))
	at := middle(v.card("b"))
	v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
	v.do(v.page.Mouse.MoveLinear(proto.Point{X: at.X, Y: 795}, 8))
	eventually(t, "the column scrolls", func() bool { return scrolled() > 100 })
	v.do(v.page.Mouse.MoveTo(proto.Point{X: at.X, Y: 400}))
	eventually(t, "the card is in the middle", func() bool { return v.page.MustElement(".is-lifted").MustShape().Box().Y < 440 })
	there := scrolled()
	if again := scrolled(); again != there {
		t.Errorf("away from the edge it scrolls on, from %.0f to %.0f", there, again)
	}
	v.hit(input.Escape)
	v.drop()
	if got := ada.order(t, w.ID)[0]; !strings.HasPrefix(got, "a b c") {
		t.Errorf("Escape didn't put it back: %s", got)
	}
}

func TestAStaleRenameShowsBothTitles(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.openMenu("a")
	v.click(".card > .menu a", "Rename")
	v.fill(".rename textarea", "mine")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("theirs")}))(t) // what is written in waits
	v.follow(".rename button", "Save title")
	if !v.says("theirs") || !v.says("mine") || v.status() != 412 {
		t.Errorf("%d %s", v.status(), v.text())
	}
	v.follow("button", "Keep what I wrote here")
	if card := must(ada.Card(t.Context(), w.ID, "1"))(t); card.Title != "mine" {
		t.Errorf("the title is %q", card.Title)
	}
	v.open(w.page())
	v.card("b").MustElement("a").MustFocus()
	v.hit('e')
	v.do(v.page.InsertText("half"))
	v.hit(input.Escape)
	v.wantOn("b")
	v.hit('e')
	if got := v.find(".rename textarea").MustProperty("value").Str(); got != "half" {
		t.Errorf("the draft is %q", got)
	}
}

func TestAPenCarriesACardAtOnce(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	pen := func(does proto.InputDispatchMouseEventType, at proto.Point) {
		v.do(proto.InputDispatchMouseEvent{
			Type: does, X: at.X, Y: at.Y, Button: proto.InputMouseButtonLeft, Buttons: ref(1), ClickCount: 1,
			PointerType: proto.InputDispatchMouseEventPointerTypePen,
		}.Call(v.page))
	}
	v.page.MustEval(`() => addEventListener("pointerdown", ({ pointerType }) => { window.pointer = pointerType }, true)`)
	v.hover(v.card("a"))
	from, to := middle(v.card("a")), middle(v.column(1))
	pen(proto.InputDispatchMouseEventTypeMousePressed, from)
	for step := 1.0; step <= 6; step++ {
		pen(proto.InputDispatchMouseEventTypeMouseMoved, proto.Point{X: from.X + (to.X-from.X)*step/6, Y: from.Y + (to.Y-from.Y)*step/6})
	}
	eventually(t, "the wall shows a in Doing", func() bool { return slices.Equal(v.order(), []string{"To do: b", "Doing: a", "Done: "}) })
	pen(proto.InputDispatchMouseEventTypeMouseReleased, to)
	ada.wantStored(t, w, "b", "a", "")
	if got := v.page.MustEval(`() => window.pointer`).Str(); got != "pen" || v.path() != w.page() {
		t.Errorf("a %s led to %s", got, v.path())
	}
}
