package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// Whoever knows the keys is faster than a page at times: what they hit and type is done all the same, and nothing that comes
// late takes it away.

// lately keeps back an event that the browser tells the page of, as a busy one does, until let is called.
func (v *visitor) lately(event string) (let func()) {
	v.t.Helper()
	v.page.MustEval(`(event) => {
		const late = []
		addEventListener(event, (told) => {
			if (!told.isTrusted) return
			told.stopImmediatePropagation()
			late.push(told)
		}, true)
		window.let = () => late.splice(0).forEach((told) => told.target.dispatchEvent(new told.constructor(told.type, told)))
	}`, event)
	return func() { v.t.Helper(); v.page.MustEval(`() => window.let()`) }
}

// That its box is open is told to a busy page when one types in the box already.
func TestADateIsTypedWhileItsBoxOpens(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.card("a").MustElement("a").MustFocus()
	v.hit(input.Enter)
	v.wantFocus("dialog h1")
	let := v.lately("toggle")
	v.hit('d')
	v.wantFocus("#due")
	v.hit('1', '0', '1', '0', '2', '0')
	let()
	v.hit('3', '6', input.Enter)
	v.find("dialog [data-key=d]", "10 Oct 2036")
}

// A card that is still sliding is walked on from where it stands.
func TestWalkingOnFromACardThatSlides(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c", "d")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => {
		const animate = Element.prototype.animate
		Element.prototype.animate = function (...how) {
			const slide = animate.apply(this, how)
			slide.pause()
			return slide
		}
	}`)
	v.card("c").MustElement("a").MustFocus()
	v.hit('>')
	v.wantSaid("Moved to Doing, 1 of 1")
	v.hit(input.ArrowLeft)
	v.wantOn("a")
	v.hit(input.ArrowDown, input.Space, input.ArrowRight, input.Space)
	v.wantSaid("Moved to Doing, 2 of 2")
}
