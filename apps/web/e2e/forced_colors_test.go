package e2e_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

// A contrast theme of the system's drops backgrounds: what is drawn with them is to be seen all the same.
func TestTheWallInTheSystemsOwnColours(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	ada.limit(t, w, 0, 3)
	v := s.visitor(t)
	v.borrow(ada)
	v.forceColours()
	v.open(w.page())
	unseen := v.page.MustEval(`() => {
		const drawn = (e, part) => getComputedStyle(e, part).backgroundImage !== "none"
		const ground = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor
		return Object.entries({
			"a column's tools": [...document.querySelectorAll(".column-tools .tool")].every((e) => drawn(e)),
			"a card's tool": drawn(document.querySelector(".card > .tool")),
			"the plus at a foot": drawn(document.querySelector(".adds"), "::before"),
			"the rail's slots": new Set([ground(".rail .on"), ground(".rail > i:not(.on)"), ground("body")]).size === 3,
			"the page one is on": (() => {
				const here = document.querySelector(".pages [aria-current]"), { color, backgroundColor } = getComputedStyle(here)
				here.style.cssText = "color: HighlightText; background: Highlight"
				return color === getComputedStyle(here).color && backgroundColor === getComputedStyle(here).backgroundColor
			})(),
		}).filter(([, seen]) => !seen).map(([what]) => what).join(", ")
	}`).Str()
	if unseen != "" {
		t.Errorf("not to be seen: %s", unseen)
	}
}

// Some of that is to be seen in a picture alone.
func TestWhatTheSystemsOwnColoursLeave(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[0], 1, kanbanapi.ColumnPatch{Hue: nullable.NewNullableWithValue(kanbanapi.Red)}))(t)
	ada.edited(t, w, "1", "- [x] Dig\n- [ ] Sow\n")
	v := s.visitor(t)
	v.borrow(ada)
	v.forceColours()
	v.open(w.page())
	v.wantApart("a column's colour, and the wall", v.find(".column-head .dot"), 0.5, 0.5, v.find("main"), 0.5, 0.9)
	for _, sign := range []string{".column-tools .more", ".column-tools .plus", ".adds"} {
		box := v.find(sign).MustShape().Box()
		if picture := v.shot(box.X+6, box.Y+8, 16, box.Height-16); len(coloursOf(picture)) < 2 {
			t.Errorf("nothing is drawn on %s", sign)
		}
	}
	v.on("b")
	v.hit('>')
	toast := v.find("[data-toasts] .toast")
	v.slid()
	v.wantApart("a message's border, and the message", toast, 0.5, 0.01, toast, 0.5, 0.1)
	v.open(w.page() + "/cards/1")
	done := v.find(".detail progress")
	v.wantApart("what is done of a list, and what isn't", done, 0.25, 0.5, done, 0.75, 0.5)
	v.open(w.page() + "/cards/1/move")
	v.wantApart("the column that is chosen, and another", v.find(".choices [aria-current]"), 0.8, 0.2, v.find(".choices a:not([aria-current])"), 0.8, 0.2)
	v.wantOneGround(v.find(".choices [aria-current]"))
	v.resize(390, 844)
	v.open(w.page())
	v.wantApart("the column in view, and another", v.find(".column-nav [aria-current]"), 0.5, 0.1, v.find(".column-nav a:not([aria-current])"), 0.5, 0.1)
	v.wantOneGround(v.find(".column-nav [aria-current]"))
}

func (v *visitor) forceColours() {
	v.t.Helper()
	v.do(proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "forced-colors", Value: "active"}}}.Call(v.page))
}

// wantApart compares the colours of two places, each a part of its element's width and height from its start.
func (v *visitor) wantApart(what string, one *rod.Element, right, down float64, other *rod.Element, right2, down2 float64) {
	v.t.Helper()
	if a, b := v.colour(one, right, down), v.colour(other, right2, down2); a == b {
		v.t.Errorf("%s are both %v", what, a)
	}
}

// wantOneGround checks that a browser doesn't lay another colour behind a thing's words, which theirs wasn't chosen for.
func (v *visitor) wantOneGround(of *rod.Element) {
	v.t.Helper()
	words := of.MustEval(`() => { const all = document.createRange(); all.selectNodeContents(this); const { x, y, width, height } = [...all.getClientRects()].find(({ width }) => width > 0); return { x, y, width, height } }`)
	picture := v.shot(words.Get("x").Num(), words.Get("y").Num(), words.Get("width").Num(), words.Get("height").Num())
	most := color.Color(nil)
	times := coloursOf(picture)
	for one, count := range times {
		if count > times[most] {
			most = one
		}
	}
	if around := v.colour(of, 0.5, 0.1); most != around {
		v.t.Errorf("behind %q is %v, around it %v", of.MustText(), most, around)
	}
}

// coloursOf counts how many points of a picture have which colour.
func coloursOf(picture image.Image) map[color.Color]int {
	times := map[color.Color]int{}
	for x := range picture.Bounds().Dx() {
		for y := range picture.Bounds().Dy() {
			times[picture.At(x, y)]++
		}
	}
	return times
}

func (v *visitor) colour(of *rod.Element, right, down float64) color.Color {
	v.t.Helper()
	box := of.MustShape().Box()
	return v.shot(box.X+right*box.Width, box.Y+down*box.Height, 1, 1).At(0, 0)
}

// shot is a picture of a part of the window.
func (v *visitor) shot(x, y, width, height float64) image.Image {
	v.t.Helper()
	part := &proto.PageCaptureScreenshot{Clip: &proto.PageViewport{X: x, Y: y, Width: width, Height: height, Scale: 1}}
	return must(png.Decode(bytes.NewReader(must(v.page.Screenshot(false, part))(v.t))))(v.t)
}
