package e2e_test

import (
	"context"
	"errors"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// finger touches the screen, moves there or, at no point, leaves it.
func (v *visitor) finger(does proto.InputDispatchTouchEventType, at ...proto.Point) {
	v.t.Helper()
	v.do(touch(does, at...).Call(v.page))
}

func touch(does proto.InputDispatchTouchEventType, at ...proto.Point) proto.InputDispatchTouchEvent {
	one := proto.InputDispatchTouchEvent{Type: does, TouchPoints: []*proto.InputTouchPoint{}}
	for _, point := range at {
		one.TouchPoints = append(one.TouchPoints, &proto.InputTouchPoint{X: point.X, Y: point.Y})
	}
	return one
}

// quickly has a finger do several things at once: where the browser's answer to each would be waited for, a slow machine would
// make a long press of it.
func (v *visitor) quickly(does ...proto.InputDispatchTouchEvent) {
	v.t.Helper()
	unheard, cancel := context.WithCancel(v.page.GetContext())
	cancel()
	for _, one := range does[:len(does)-1] {
		if err := one.Call(v.page.Context(unheard)); !errors.Is(err, context.Canceled) {
			v.do(err)
		}
	}
	v.do(does[len(does)-1].Call(v.page))
}

func (v *visitor) tap(target *rod.Element) {
	v.t.Helper()
	v.rests(target)
	v.quickly(touch("touchStart", middle(target)), touch("touchEnd"))
}

// rests waits until a thing in sight doesn't move any more, nor the wall, which on a phone comes to rest on a column: while
// something slides, a browser takes a tap for a finger that stops it.
func (v *visitor) rests(target *rod.Element) {
	v.t.Helper()
	v.do(proto.DOMScrollIntoViewIfNeeded{ObjectID: target.Object.ObjectID}.Call(v.page))
	eventually(v.t, target.String()+" rests", func() bool {
		return target.MustEval(`() => new Promise((tell) => {
			const wall = document.querySelector("[data-board]")
			const slides = wall && getComputedStyle(wall).scrollSnapType !== "none"
			const start = slides ? wall.getBoundingClientRect().left + parseFloat(getComputedStyle(wall).scrollPaddingInlineStart) : 0
			const isOff = (part) => Math.abs(part.getBoundingClientRect().left - start) > 1
			const place = () => JSON.stringify([this, ...(slides ? wall.children : [])].map((e) => e.getBoundingClientRect()))
			const before = place()
			requestAnimationFrame(() => requestAnimationFrame(() => tell(place() === before && !(slides && [...wall.children].every(isOff)))))
		})`).Bool()
	})
}

// swipe draws a finger over the screen that doesn't rest first, and checks that it lifts nothing, though it stays for as long
// as a long press takes. One that the browser saw moving only after that time has rested: it is put back, and swipes again.
func (v *visitor) swipe(from proto.Point, right, down float64) {
	v.t.Helper()
	eventually(v.t, "a swipe that begins before a long press ends", func() bool {
		v.page.MustEval(`() => {
			const swipe = window.swipe = { lifted: "", late: false }
			const heard = new AbortController()
			const on = (type, act) => addEventListener(type, act, { capture: true, signal: heard.signal })
			let began = NaN, moved = false
			on("pointerdown", () => { began = performance.now() })
			for (const type of ["pointermove", "pointercancel"]) on(type, () => { moved = true })
			const lifts = new MutationObserver(() => {
				if (!document.querySelector(".is-lifted")) return
				lifts.disconnect()
				const rested = performance.now() - began
				swipe.late = !moved && rested >= 250
				if (swipe.late) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))
				else swipe.lifted = Math.round(rested) + " ms after it was put down, moved: " + moved
			})
			lifts.observe(document.body, { childList: true })
			swipe.end = () => (lifts.disconnect(), heard.abort())
			swipe.stays = () => performance.now() - began < 300
		}`)
		moves := []proto.InputDispatchTouchEvent{touch("touchStart", from)}
		for part := 0.1; part <= 1; part += 0.1 {
			moves = append(moves, touch("touchMove", proto.Point{X: from.X + part*right, Y: from.Y + part*down}))
		}
		v.quickly(moves...)
		eventually(v.t, "the time of a long press is over", func() bool { return !v.page.MustEval(`() => swipe.stays()`).Bool() })
		v.finger("touchEnd")
		swiped := v.page.MustEval(`() => (swipe.end(), swipe)`)
		if lifted := swiped.Get("lifted").Str(); lifted != "" {
			v.t.Fatalf("a swipe lifted something, %s", lifted)
		}
		return !swiped.Get("late").Bool()
	})
}
