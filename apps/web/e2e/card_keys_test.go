package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// wantStored waits until the server has the cards in that order.
func (p *person) wantStored(t *testing.T, w wall, want ...string) {
	t.Helper()
	var got []string
	eventually(t, "the server has "+strings.Join(want, ", "), func() bool {
		got = p.order(t, w.ID)
		return slices.Equal(got, want)
	})
}

// wantSaid waits for what a screen reader is to say.
func (v *visitor) wantSaid(want string) {
	v.t.Helper()
	eventually(v.t, "a screen reader says "+want, func() bool {
		return v.page.MustEval(`(want) => [...document.querySelectorAll("[data-said], [data-toasts] .toast p")].some((said) => said.textContent === want)`, want).Bool()
	})
}

// wantOn checks which card has the keyboard's focus.
func (v *visitor) wantOn(card string) {
	v.t.Helper()
	eventually(v.t, "the focus is on the card "+card, func() bool { return v.focus() == "A. "+card })
}

func TestTheWallByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c", "d")
	must(ada.MoveCard(t.Context(), w.ID, "4", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	v := s.at(t, ada, w.page())

	v.hit('j') // where nothing has the focus, to the first card
	v.wantOn("a")
	v.hit(input.ArrowDown, 'j', 'j')
	v.wantOn("c")
	v.hit('k')
	v.wantOn("b")
	v.hit(input.ArrowRight) // Doing is empty
	v.wantOn("d")
	v.hit(input.ArrowLeft)
	v.wantOn("a")

	v.hit(input.Space)
	v.wantSaid("Lifted a. Arrows carry it, Space drops it, Escape puts it back.")
	v.hit(input.ArrowDown, input.ArrowRight)
	v.wantSaid("Doing, 1 of 1")
	v.hit(input.Escape)
	v.wantSaid("Put back")
	v.wantOrder("To do: a b c", "Doing: ", "Done: d")
	v.wantOn("a")

	v.hit(input.Space, input.ArrowRight, input.ArrowRight, input.ArrowDown, input.Space)
	v.wantSaid("Moved to Done, 2 of 2")
	v.wantOn("a")
	v.hit('<')
	v.wantSaid("Moved to Doing, 1 of 1")
	ada.wantStored(t, w, "b c", "a", "d")
	v.wantOrder("To do: b c", "Doing: a", "Done: d")

	v.hit('c')
	v.find(".toast", "Archived “a”")
	ada.wantStored(t, w, "b c", "", "d")
	v.click(".toast button", "Undo")
	ada.wantStored(t, w, "b c", "a", "d")
	v.find(".toast", "Undone: archived “a”") // what is said later would be said over what follows
	v.wantOn("a")
	v.hit('e')
	v.hit('a', 'b', input.Enter)
	v.wantSaid("Renamed to ab")
	v.wantOn("ab")
	ada.wantStored(t, w, "b c", "ab", "d")
	v.hit('n')
	if got := v.focus(); !strings.HasPrefix(got, "TEXTAREA") {
		t.Errorf("n leads to %s", got)
	}
	v.hit(input.Escape, input.ArrowUp) // from the foot to the card above
	v.wantOn("ab")
	v.hit('m')
	v.find("dialog h1", "Move “ab”")
	v.hit(input.Escape)
	v.gone("dialog[open]")
	v.column(0).MustElement("h2 a").MustFocus()
	v.hit(input.ArrowDown) // and from the head to the one below
	v.wantOn("b")
}

func TestAColumnIsOneStopOfTheTabKey(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	v.card("b").MustElement("a").MustFocus()
	v.hit(input.Tab, input.Tab)
	if got := v.focus(); !strings.Contains(got, "Add card") {
		t.Errorf("two steps behind the card is %s", got)
	}
	v.do(v.page.KeyActions().Press(input.ShiftLeft).Type(input.Tab, input.Tab).Do())
	v.wantOn("b")
}
