package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
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

// Keys that are hit while a page over the board is on its way are for that page; Escape gives it up.
func TestKeysAreHitAheadOfADialog(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	on := func(t *testing.T) (*visitor, func()) {
		t.Helper()
		w := ada.wall(t, "Garden", "a", "b")
		v := s.at(t, ada, w.page())
		v.on("a")
		v.page.MustEval(`() => {
			const ask = fetch
			window.fetch = (...to) => to[1].method ? ask(...to) : new Promise((then) => { window.let = () => then(ask(...to)) })
		}`)
		return v, func() { t.Helper(); v.page.MustEval(`() => window.let()`) }
	}
	t.Run("it_comes", func(t *testing.T) {
		t.Parallel()
		v, let := on(t)
		v.hit(input.Enter, 'e', 'x', '<', 'c', input.Enter)
		v.wantOrder("To do: a b", "Doing: ", "Done: ")
		v.wantOn("a")
		let()
		v.find("dialog h1", "^ax<c$")
		v.hit(input.Escape)
		v.becomes("To do: ax<c b", "Doing: ", "Done: ")
	})
	t.Run("it_is_given_up", func(t *testing.T) {
		t.Parallel()
		v, let := on(t)
		v.hit('m', 'c', input.Escape, input.ArrowDown)
		v.wantOn("b")
		let()
		v.hit('c')
		v.becomes("To do: a", "Doing: ", "Done: ")
		v.wantOn("a")
	})
	t.Run("it_shuts", func(t *testing.T) {
		t.Parallel()
		v, let := on(t)
		v.hit(input.Enter)
		let()
		v.wantFocus("dialog h1")
		v.page.MustEval(`() => { history.go = (by) => { window.let = () => History.prototype.go.call(history, by) } }`)
		v.hit(input.Escape)
		v.hit(input.ArrowDown, 'c')
		v.find("dialog[open] h1", "^a$")
		v.page.MustEval(`() => window.let()`)
		v.becomes("To do: a", "Doing: ", "Done: ")
		v.gone("dialog[open]")
		v.wantOn("a")
	})
}

// What was changed over the board comes late; what one does with the card meanwhile stays, and so does the page.
func TestACardIsWorkedWithBeforeItIsDrawnAnew(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	same := func(t *testing.T, v *visitor) {
		t.Helper()
		if !v.page.MustEval(`() => window.isSame === true`).Bool() {
			t.Error("the page was loaded again")
		}
	}
	t.Run("it_is_sent_on", func(t *testing.T) {
		t.Parallel()
		w := ada.wall(t, "Garden", "a", "b")
		v := s.at(t, ada, w.page())
		let := v.renamedOverTheBoard()
		v.page.MustEval(`() => { window.isSame = true }`)
		v.wantOn("a")
		v.answers("/move", 200, func() { v.hit('>') })
		v.wantOn("a")
		let()
		v.becomes("To do: b", "Doing: aa", "Done: ")
		same(t, v)
		v.wantOn("aa")
	})
	t.Run("its_title_is_written", func(t *testing.T) {
		t.Parallel()
		w := ada.wall(t, "Shed", "a", "b")
		v := s.at(t, ada, w.page())
		let := v.renamedOverTheBoard()
		v.page.MustEval(`() => { window.isSame = true }`)
		v.hit('e')
		v.wantFocus(".rename textarea")
		v.hit('x', 'y')
		let()
		v.becomes("To do: aa b", "Doing: ", "Done: ")
		v.hit('z')
		same(t, v)
		if got := v.find(".rename textarea").MustProperty("value").Str(); got != "xyz" {
			t.Errorf("of what is typed, %q is there", got)
		}
	})
}

// What the page before left behind is answered while one types on the next: that stays, or waits until one has done.
func TestTypingWhileWhatWasLeftBehindIsAnswered(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for _, c := range []struct {
		name, path, body string
		then             input.Key
		want             []string
	}{
		{"a_card_is_archived", "cards/%s/archive", `{}`, input.Enter, []string{"To do: b", "Doing: ", "Done: ", "Later: ", "Next: "}},
		{"several_are", "cards/batch", `{"card_ids":["%s"],"archive":true}`, input.Escape, []string{"To do: b", "Doing: ", "Done: ", "Later: "}}, // which is loaded for
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := ada.wall(t, "Garden", "a", "b")
			v := s.at(t, ada, w.page())
			kept := fmt.Sprintf(`{"changes":[{"id":%q,"at":%d,"path":%q,"body":%s}]}`, uuid.NewString(), time.Now().UnixMilli(), c.path, c.body)
			v.keep(strings.ReplaceAll(kept, "%s", w.Cards[0].Id.String()))
			v.click(".add-column > summary")
			v.wantFocus("#new-column")
			let := v.holdBack("*/"+c.path[strings.LastIndex(c.path, "/")+1:], goOn)
			v.leaving(func() { v.types("Later", input.Enter) })
			v.wantFocus("#new-column")
			v.page.MustEval(`() => { window.isSame = true }`)
			v.hit('N', 'e')
			let()
			v.sentAll()
			v.hit('x', 't')
			if got := v.find("#new-column").MustProperty("value").Str(); got != "Next" || !v.page.MustEval(`() => window.isSame === true`).Bool() {
				t.Errorf("of what is typed, %q is there", got)
			}
			v.hit(c.then)
			v.becomes(c.want...)
		})
	}
}

// A page that was read before one's own last change came through stays while one types, too.
func TestTypingOnAPageThatIsOlderThanWhatOneDid(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.click(".add-column > summary")
	v.wantFocus("#new-column")
	v.page.MustEval(`() => {
		const { person } = document.body.dataset
		const { board, seq } = document.querySelector("[data-board]").dataset
		addEventListener("pagehide", () => { sessionStorage["changes:" + person + ":" + board + ":" + sessionStorage.tab] = Number(seq) + 2 })
	}`)
	v.leaving(func() { v.types("Later", input.Enter) })
	v.wantFocus("#new-column")
	v.page.MustEval(`() => new Promise((then) => requestAnimationFrame(() => setTimeout(then)))`)
	v.hit('N')
	if got := v.find("#new-column").MustProperty("value").Str(); got != "N" {
		t.Errorf("of what is typed, %q is there", got)
	}
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "b"}))(t)
	v.leaving(func() { v.hit(input.Escape) })
	v.becomes("To do: a b", "Doing: ", "Done: ", "Later: ")
}

// One goes on with a card while what was saved of it has no answer yet: that draws the card around what one types.
func TestTypingOnACardWhileItIsSaved(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	renaming := func(t *testing.T) (*visitor, func()) {
		t.Helper()
		w := ada.wall(t, "Garden", "a")
		v := s.at(t, ada, w.page())
		v.on("a")
		v.hit(input.Enter)
		v.wantFocus("dialog h1")
		v.hit('e')
		v.wantFocus("#title")
		let := v.holdBack("*/cards/1", goOn)
		v.types("aa", input.Enter)
		v.hit(input.Escape)
		return v, let
	}
	t.Run("a_date_is_typed", func(t *testing.T) {
		t.Parallel()
		v, let := renaming(t)
		v.hit('d')
		v.wantFocus("#due")
		v.hit('1', '0', '1', '0', '2', '0')
		let()
		v.find("dialog h1", "^aa$")
		v.hit('3', '6', input.Enter)
		v.find("dialog [data-key=d]", "10 Oct 2036")
		v.wantFocus("dialog [data-key=d]")
	})
	t.Run("a_label_is_made", func(t *testing.T) {
		t.Parallel()
		v, let := renaming(t)
		v.hit('l')
		v.wantFocus("#label-name")
		v.types("Weeds", input.Enter)
		let()
		v.find("dialog .meta .labels > .label", "Weeds")
		v.find("dialog h1", "^aa$")
		v.types("Water", input.Enter)
		v.find("dialog .meta .labels > .label", "Water")
	})
}
