package e2e_test

import (
	"math"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// Carried along the wall's edge, what is in sight takes a second or two to pass, on a desk as on a phone, and less only after three
// seconds; but nothing ever passes unseen. The frames come, and the time goes by, as the test says.
func TestHowFastTheWallsEdgeScrolls(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.manyColumns(t, 40)
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "a"}))(t)
	for name, width := range map[string]int{"desk": 1280, "phone": 390} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := s.visitor(t)
			v.borrow(ada)
			v.resize(width, 844)
			v.open(w.page())
			from, sight := middle(v.card("a")), float64(width)
			second := v.ownFrames()
			carry := func(x float64) { v.do(v.page.Mouse.MoveTo(proto.Point{X: x, Y: from.Y})) }
			if name == "phone" {
				carry = func(x float64) { v.finger("touchMove", proto.Point{X: x, Y: from.Y}) }
				v.finger("touchStart", from)
				v.find(".is-lifted")
			} else {
				carry(from.X)
				v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
			}
			away := func() {
				t.Helper()
				carry(sight / 2)
				if got := second(25); got != 0 {
					t.Errorf("away from the edge it scrolls by %.0f px", got)
				}
			}
			want := func(what string, got, want float64) {
				t.Helper()
				if math.Abs(got-want) > math.Abs(want)/10 {
					t.Errorf("%s: it scrolls by %.0f px, want about %.0f", what, got, want)
				}
			}

			carry(sight - 1)
			calm := second(25)
			if calm < sight/2 || calm > sight*1.05 { // a browser scrolls by whole pixels
				t.Errorf("in a second it scrolls by %.0f px of %.0f in sight", calm, sight)
			}
			want("the next second", second(25), calm)
			want("the third second", second(25), calm)
			want("the fourth second", second(25), 2*calm)
			want("the fifth second", second(25), 4*calm)

			away()
			carry(28)
			want("half way into the other edge", second(25), -calm/2)
			away()
			carry(0)
			want("at the other edge, after a while away", second(25), -calm)
			late := -second(1)
			want("a frame that comes late", late, calm/20)
			fastest := late
			for range 12 {
				fastest = -second(1)
				if fastest > sight {
					t.Errorf("%.0f px pass in a frame, of %.0f in sight", fastest, sight)
				}
			}
			if haste := fastest / late; haste < 8 || haste > 16 {
				t.Errorf("after fourteen seconds it scrolls %.1f times as fast as at first", haste)
			}
		})
	}
}

// ownFrames has the page's frames come when the test says so: second is one of the page's own seconds, in so many frames, and says
// by how much the wall scrolled sideways.
func (v *visitor) ownFrames() (second func(frames int) float64) {
	v.t.Helper()
	v.page.MustEval(`() => {
		let now = performance.now(), due = []
		performance.now = () => now
		window.requestAnimationFrame = (act) => due.push(act)
		window.second = (frames) => {
			const wall = document.querySelector("main"), from = wall.scrollLeft
			for (let left = frames; left > 0; left--) {
				now += 1000 / frames
				const acts = due
				due = []
				acts.forEach((act) => act(now))
			}
			return wall.scrollLeft - from
		}
	}`)
	return func(frames int) float64 {
		v.t.Helper()
		return v.page.MustEval(`(frames) => second(frames)`, frames).Num()
	}
}
