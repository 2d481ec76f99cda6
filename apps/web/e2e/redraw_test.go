package e2e_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
)

// renamedOverTheBoard changes the title of #1 to aa in its dialog and shuts that, with the page that the card is to be drawn anew
// from held back until let is called, which waits until that page has been looked at. The page is deaf: nothing else draws the card.
func (v *visitor) renamedOverTheBoard() (let func()) {
	v.t.Helper()
	v.deaf()
	v.reload()
	v.page.MustEval(`() => {
		const parse = DOMParser.prototype.parseFromString
		DOMParser.prototype.parseFromString = function (...text) {
			window.looked = (window.looked ?? 0) + 1
			return parse.apply(this, text)
		}
	}`)
	v.press(v.find("#card-1 .card-title a"))
	v.click("dialog h1")
	v.fill("#title", "aa")
	v.hit(input.Enter)
	v.find("dialog h1", "^aa$")
	looked := v.page.MustEval(`() => window.looked`).Int()
	answer := v.holdCards()
	v.hit(input.Escape)
	eventually(v.t, "the dialog is shut", func() bool { return !v.page.MustHas("dialog[open]") })
	return func() {
		v.t.Helper()
		answer()
		eventually(v.t, "the answer is there", func() bool { return v.page.MustEval(`() => window.looked`).Int() > looked })
	}
}

// What was changed over the board is drawn when its card has been dropped: until then it stays in the hand.
func TestACardThatIsDrawnAnewStaysInTheHand(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	t.Run("by_mouse", func(t *testing.T) {
		t.Parallel()
		w := ada.wall(t, "Garden", "a", "b")
		v := s.at(t, ada, w.page())
		let := v.renamedOverTheBoard()
		v.carry("a", v.column(1), 0, "To do: b", "Doing: a", "Done: ")
		let()
		to := middle(v.column(2))
		aside := 1.0
		eventually(t, "the card follows to Done", func() bool {
			aside = -aside
			v.do(v.page.Mouse.MoveTo(proto.Point{X: to.X + aside, Y: to.Y}))
			return slices.Equal(v.order(), []string{"To do: b", "Doing: ", "Done: a"})
		})
		if !v.page.MustHas("#card-1.is-slot") {
			t.Error("it isn't held any more")
		}
		v.answers("/move", 200, v.drop)
		v.becomes("To do: b", "Doing: ", "Done: aa")
		v.wantOn("aa")
		ada.wantStored(t, w, "b", "", "aa")
	})
	t.Run("by_keyboard", func(t *testing.T) {
		t.Parallel()
		w := ada.wall(t, "Shed", "a", "b")
		v := s.at(t, ada, w.page())
		let := v.renamedOverTheBoard()
		v.wantOn("a")
		v.hit(input.Space, input.ArrowRight)
		v.wantOrder("To do: b", "Doing: a", "Done: ")
		let()
		if !v.page.MustHas("#card-1.is-carried") {
			t.Error("it isn't held any more")
		}
		v.wantOn("a")
		v.hit(input.ArrowRight)
		v.answers("/move", 200, func() { v.hit(input.Space) })
		v.becomes("To do: b", "Doing: ", "Done: aa")
		v.wantOn("aa")
		ada.wantStored(t, w, "b", "", "aa")
	})
}

// What somebody else writes on a card that one carries comes to it when it is dropped.
func TestACardThatOthersChangeStaysInTheHand(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	// changed has Ada rename #1, and waits until Bob's page has what is to be drawn.
	changed := func(t *testing.T, w wall, v *visitor, held string) {
		t.Helper()
		must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("aa")}))(t)
		eventually(t, "what is on the card now is there", func() bool {
			return v.page.MustEval(`() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("/faces?") && responseEnd > 0)`).Bool()
		})
		must(ada.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
		v.becomes("To do: ", "Doing: a", "Done: b")
		if !v.page.MustHas(held) {
			t.Error("it isn't held any more")
		}
	}
	t.Run("by_mouse", func(t *testing.T) {
		t.Parallel()
		w := ada.wall(t, "Garden", "a", "b")
		s.joins(t, bob, w, "editor")
		v := s.at(t, bob, w.page())
		v.carry("a", v.column(1), 0, "To do: b", "Doing: a", "Done: ")
		changed(t, w, v, "#card-1.is-slot")
		v.answers("/move", 200, v.drop)
		v.becomes("To do: ", "Doing: aa", "Done: b")
		ada.wantStored(t, w, "", "aa", "b")
	})
	t.Run("by_keyboard", func(t *testing.T) {
		t.Parallel()
		w := ada.wall(t, "Shed", "a", "b")
		s.joins(t, bob, w, "editor")
		v := s.at(t, bob, w.page())
		v.card("a").MustElement("a").MustFocus()
		v.hit(input.Space, input.ArrowRight)
		v.wantOrder("To do: b", "Doing: a", "Done: ")
		changed(t, w, v, "#card-1.is-carried")
		v.wantOn("a")
		v.answers("/move", 200, func() { v.hit(input.Space) })
		v.becomes("To do: ", "Doing: aa", "Done: b")
		v.wantOn("aa")
		ada.wantStored(t, w, "", "aa", "b")
	})
}

// What is written on a card comes soon to those who look on; what is changed right behind it is gathered first.
func TestFacesComeSoonAndNotTooOften(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a")
	s.joins(t, bob, w, "editor")
	v := s.visitor(t)
	v.borrow(bob)
	v.page.MustEvalOnNewDocument(`
		window.waits = []
		const wait = setTimeout
		window.setTimeout = (act, time, ...rest) => (waits.push(time), wait(act, time, ...rest))
		Math.random = () => 0.5
		performance.now = () => 0 // all is done at once`)
	v.open(w.page())
	for version, day := range []int{1, 2} {
		due := time.Date(2031, time.March, day, 0, 0, 0, 0, time.UTC)
		must(ada.UpdateCard(t.Context(), w.ID, "1", version+1, kanbanapi.CardPatch{DueOn: nullable.NewNullableWithValue(openapi_types.Date{Time: due})}))(t)
		eventually(t, "the day is there", func() bool {
			return v.page.MustEval(`(day) => document.querySelector("#card-1 .due")?.dateTime === day`, due.Format(time.DateOnly)).Bool()
		})
	}
	if waits := v.page.MustEval(`() => waits.filter((time) => time < 130).map(Math.round).join(" ")`).Str(); !strings.Contains(waits, "24") || !strings.HasSuffix(waits, "124") {
		t.Errorf("both were waited for otherwise: %s ms", waits)
	}
}
