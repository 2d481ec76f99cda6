package e2e_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod"

	"cardwall/packages/kanbanapi"
)

// neverHas keeps the first request of a page, of a method and to an address, from ever being answered; the others go through. What the page
// waits for an answer, and until it asks again, is a moment to it from now on. What it returns tells how many there were.
func (v *visitor) neverHas(method, address string) (asked func() int) {
	v.t.Helper()
	v.page.MustEval(`() => {
		const { timeout } = AbortSignal, { setTimeout } = window
		AbortSignal.timeout = (time) => timeout(time === 10_000 ? 400 : time)
		window.setTimeout = (act, time, ...rest) => setTimeout(act, time === 3_000 ? 20 : time, ...rest)
	}`)
	var times atomic.Int32
	ends := make(chan struct{})
	router := v.page.HijackRequests()
	v.do(router.Add(address, "", func(asked *rod.Hijack) {
		if asked.Request.Method() == method && times.Add(1) == 1 {
			<-ends
		}
		goOn(asked)
	}))
	go router.Run()
	v.t.Cleanup(func() {
		close(ends)
		_ = router.Stop()
	})
	return func() int { return int(times.Load()) }
}

// A page that never comes stops nothing: an open card, a card's face, the wall and a story are asked for again, and drawn.
func TestAPageThatNeverComesIsAskedForAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		open, page string // what is pressed on the wall, and the page that never comes, below the board's
		change     func(w wall, grace *person) error
		seen, text string
	}{
		"an open card": {".card a", "/cards/1", func(w wall, grace *person) error {
			_, err := grace.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("apple")})
			return err
		}, ".detail h1", "^apple$"},
		"a face": {"", "/faces?*", func(w wall, grace *person) error {
			_, err := grace.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Description: ref("Sweet")})
			return err
		}, ".card .badge", "Has a description"},
		"the wall": {"", "", func(w wall, grace *person) error {
			_, err := grace.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Later"})
			return err
		}, ".column h2", "Later"},
		"a story": {".app-bar [data-key=ga]", "/activity", func(w wall, grace *person) error {
			_, err := grace.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("apple")})
			return err
		}, ".story li:first-child", "Grace renamed “a” to “apple”"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			ada := s.person(t, "Ada")
			w := ada.wall(t, "Garden", "a", "b")
			grace := s.joined(t, "Grace", w)
			v := s.at(t, ada, w.page())
			if c.open != "" {
				v.click(c.open)
				v.find("dialog[open] h1")
			}
			must(grace.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
			v.becomes("To do: a", "Doing: b", "Done: ") // it hears of others
			asked := v.neverHas("GET", "*"+w.page()+c.page)
			v.do(c.change(w, grace))
			v.find(c.seen, c.text)
			if n := asked(); n < 2 {
				t.Errorf("it was asked for %d times", n)
			}
		})
	}
}

// Nor does a form that is never answered hold up what is done behind it, or what others do.
func TestAFormThatIsNeverAnsweredHoldsUpNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	bob := s.joined(t, "Bob", w)
	v := s.at(t, ada, w.page())
	v.answers("/move", 200, func() { v.sends("a") })
	v.neverHas("POST", "*/assignees")
	v.click(".card a", "^b$")
	v.click("dialog button[data-key=i]", "^Assign me")
	v.page.MustEval(`() => history.back()`)
	v.gone("dialog[open]")
	v.click(".toast button", "Undo")
	v.sends("b")
	must(bob.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	v.becomes("To do: a", "Doing: b", "Done: c")
	ada.wantStored(t, w, "a", "b", "c")
}

// What stands before Cardwall may answer in its place, with a page that isn't one of ours: then the next press counts again.
func TestAFormThatSomebodyElseAnswersHoldsUpNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.click(".card a", "^b$")
	times := 0 // one after another
	router := v.page.HijackRequests()
	v.do(router.Add("*/assignees", "", func(asked *rod.Hijack) {
		if times++; times == 1 {
			asked.Response.SetBody("Bad gateway").Payload().ResponseCode = 502
			return
		}
		goOn(asked)
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	v.click("dialog button[data-key=i]", "^Assign me")
	v.find(".toast", "Cardwall can't be reached")
	v.click("dialog button[data-key=i]", "^Assign me")
	v.find("dialog button[data-key=i]", "^Unassign me")
	v.page.MustEval(`() => history.back()`)
	v.gone("dialog[open]")
	v.sends("a")
	ada.wantStored(t, w, "b", "a", "")
}
