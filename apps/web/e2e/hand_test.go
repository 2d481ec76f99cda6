package e2e_test

import (
	"slices"
	"strings"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// What a hand does. Rod has gestures of its own, but they wait for promises of the page, which never come where
// JavaScript is off.

// click presses an element with the mouse.
func (v *visitor) click(selector string, text ...string) {
	v.t.Helper()
	v.press(v.find(selector, text...))
}

// follow presses a link or a button that leads to a page, and waits for that.
func (v *visitor) follow(selector string, text ...string) {
	v.t.Helper()
	target := v.find(selector, text...)
	v.leaving(func() { v.press(target) })
}

func (v *visitor) press(target *rod.Element) {
	v.t.Helper()
	v.hover(target)
	v.do(v.page.Mouse.Click(proto.InputMouseButtonLeft, 1))
}

// pressOpening presses what opens a thing: at once, or without JavaScript on the page that it leads to.
func (v *visitor) pressOpening(button *rod.Element, opened string) {
	v.t.Helper()
	if v.page.MustHas(".is-draggable") {
		v.press(button)
	} else {
		v.leaving(func() { v.press(button) })
	}
	v.find(opened)
}

// frames are as long as what has just been drawn or written in may take to move what is beside it.
const frames = 40 * time.Millisecond

// hover moves the mouse to an element, once it has come to rest and nothing covers it.
func (v *visitor) hover(target *rod.Element) {
	v.t.Helper()
	v.do(proto.DOMScrollIntoViewIfNeeded{ObjectID: target.Object.ObjectID}.Call(v.page))
	var at proto.Point
	var since time.Time
	eventually(v.t, target.String()+" can be pressed", func() bool {
		shape, err := target.Shape()
		if err != nil || len(shape.Quads) == 0 {
			return false
		}
		if now := middle(target); now != at {
			at, since = now, time.Now()
		}
		return time.Since(since) >= frames && target.MustEval(`(x, y) => {
			const top = document.elementFromPoint(x, y)
			if (!top) this.scrollIntoView({ block: "nearest" }) // what came above it has moved it out of sight
			return this.contains(top) && !document.getAnimations().some((slide) => slide.effect.target.contains(this))
		}`, at.X, at.Y).Bool()
	})
	v.do(v.page.Mouse.MoveTo(at))
}

// fill replaces what a field holds.
func (v *visitor) fill(selector, text string) {
	v.t.Helper()
	v.write(v.find(selector), text)
}

func (v *visitor) write(field *rod.Element, text string) {
	v.t.Helper()
	v.press(field)
	v.do(v.page.KeyActions().Press(input.ControlLeft).Type('a').Do())
	v.do(v.page.InsertText(text))
}

// choose takes an option of a select by its text. The list that a browser drops down is no part of the page, so
// no mouse gets there.
func (v *visitor) choose(selector, option string) {
	v.t.Helper()
	v.find(selector).MustEval(`(text) => { this.value = [...this.options].find((o) => o.text === text).value }`, option)
}

// hit types keys one after another.
func (v *visitor) hit(keys ...input.Key) {
	v.t.Helper()
	v.do(v.page.Keyboard.Type(keys...))
}

// drag moves a card with the mouse to where the wall shows the wanted order, lets go there, and waits for the
// server's word. It is dropped on the middle of what is named, or so many pixels below that.
func (v *visitor) drag(card string, onto *rod.Element, below float64, want ...string) {
	v.t.Helper()
	v.answers("/move", 200, func() {
		v.carry(card, onto, below, want...)
		v.drop()
	})
	v.wantOrder(want...)
}

// carry is the drag without its end. A card that is still sliding out of the way takes no other, and a hand moves
// on until it does. Where any order will do, a slot for the card is enough.
func (v *visitor) carry(card string, onto *rod.Element, below float64, want ...string) {
	v.t.Helper()
	const steps = 12
	v.hover(v.card(card))
	to := middle(onto)
	to.Y += below
	v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
	v.do(v.page.Mouse.MoveLinear(to, steps))
	aside := 1.0
	eventually(v.t, "the wall shows "+strings.Join(want, ", "), func() bool {
		aside = -aside
		v.do(v.page.Mouse.MoveTo(proto.Point{X: to.X + aside, Y: to.Y}))
		return slices.Equal(v.order(), want) || len(want) == 0 && v.page.MustHas(".is-slot")
	})
}

func (v *visitor) drop() {
	v.t.Helper()
	v.do(v.page.Mouse.Up(proto.InputMouseButtonLeft, 1))
}

// answers does something and waits for the server's word on a request: one of that method, or whose address ends so.
func (v *visitor) answers(to string, want int, act func()) {
	v.t.Helper()
	method, status := map[proto.NetworkRequestID]string{}, 0
	answered := v.page.Timeout(patience).EachEvent(
		func(e *proto.NetworkRequestWillBeSent) { method[e.RequestID] = e.Request.Method },
		func(e *proto.NetworkResponseReceived) bool {
			status = e.Response.Status
			return strings.Contains(e.Response.URL, "/api/v1/") && (method[e.RequestID] == to || strings.HasSuffix(e.Response.URL, to))
		},
	)
	act()
	answered()
	if status != want {
		v.t.Fatalf("%s was answered with %d, want %d", to, status, want)
	}
}

// slid waits until nothing slides or fades any more.
func (v *visitor) slid() {
	v.t.Helper()
	eventually(v.t, "all has slid to its place", func() bool { return v.page.MustEval(`() => document.getAnimations().length === 0`).Bool() })
}

func middle(element *rod.Element) proto.Point {
	box := element.MustShape().Box()
	return proto.Point{X: box.X + box.Width/2, Y: box.Y + box.Height/2}
}
