package e2e_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// Of a change to a hundred cards, an open one hears as of a change to it alone, over the board and by itself.
func TestAnOpenCardFollowsAChangeOfManyCards(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	ids := []uuid.UUID{l.Cards[0].Id}
	for i := range 99 {
		ids = append(ids, must(l.grace.CreateCard(t.Context(), l.ID, kanbanapi.NewCard{ColumnId: l.Columns[2], Title: fmt.Sprint("x", i)}))(t).Id)
	}
	must(l.grace.ChangeCards(t.Context(), l.ID, kanbanapi.CardBatch{CardIds: ids, Move: &kanbanapi.CardMove{ColumnId: l.Columns[1], At: ref(kanbanapi.End)}}))(t)
	l.find(".meta summary", "Doing")
	l.find("[data-lately] li:first-child", "Grace moved this card to “Doing”")
	l.edits(kanbanapi.CardPatch{Title: ref("apple")})
	l.find(".detail h1", "^apple$")
}

// A card that is deleted for good while it is open says so, offers no way back, and isn't asked for any more.
func TestAnOpenCardThatIsDeletedForGood(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	card := must(l.grace.Card(t.Context(), l.ID, "1"))(t)
	if _, err := l.grace.DeleteCard(t.Context(), l.ID, "1", card.Version); err != nil {
		t.Fatal(err)
	}
	l.find("[data-deleted] button", "Restore the card")
	l.ada.wantSaid("Grace deleted this card")
	asked := []func() int{l.ada.countsReads(), l.bob.countsReads()}
	if _, err := l.grace.PurgeCard(t.Context(), l.ID, "1"); err != nil {
		t.Fatal(err)
	}
	l.find("[data-deleted]", "^Grace deleted this card for good\\.$")
	l.lose("[data-deleted] button")
	l.ada.wantSaid("Grace deleted this card for good")
	l.ada.wantNoViolations("a card that somebody deleted for good", true)
	wantAsked := func(times int) {
		t.Helper()
		for i, v := range []*visitor{l.ada, l.bob} {
			eventually(t, "it is asked for", func() bool { return asked[i]() >= times })
			v.patiently()
			if n := asked[i](); n != times {
				t.Errorf("it was asked for %d times, want %d", n, times)
			}
		}
	}
	wantAsked(2)
	must(l.grace.CreateLabel(t.Context(), l.ID, kanbanapi.NewLabel{Name: "bug", Hue: kanbanapi.Red}))(t)
	wantAsked(4)
	l.find("[data-deleted]", "^Grace deleted this card for good\\.$")
}

// Whoever has signed out elsewhere is shown no card: it isn't asked for again and again.
func TestAnOpenCardOfSomebodyWhoSignedOut(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	v := l.ada
	v.click("#edit-description > summary")
	v.fill("#description", "Mine\n")
	l.edits(kanbanapi.CardPatch{Description: ref("Theirs\n")})
	v.find("#edit-description [data-meanwhile]")
	second := v.tab()
	second.open("/boards")
	second.signOut()
	v.find(".live-pill", "You are signed out")
	asked := v.countsReads()
	v.page.MustEval(`() => (document.querySelector("#edit-description").open = false)`)
	eventually(t, "it is asked for", func() bool { return asked() > 0 })
	v.patiently()
	if n := asked(); n != 1 {
		t.Errorf("it was asked for %d times", n)
	}
}

// Nor is it drawn for whoever has signed in elsewhere since, with what they may do, or as gone where they aren't on the board.
func TestAnOpenCardWhereSomebodyElseSignedIn(t *testing.T) {
	t.Parallel()
	for name, isOn := range map[string]bool{"who_is_on_the_board": true, "who_is_not": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lookAtOneCard(t)
			v, other := l.ada, l.bobHimself
			if !isOn {
				other = l.s.person(t, "Eve")
			}
			v.expire()
			v.borrow(other)
			asked := v.countsReads()
			l.edits(kanbanapi.CardPatch{Title: ref("apple")})
			eventually(t, "it is asked for", func() bool { return asked() > 0 })
			v.patiently()
			if n := asked(); n != 1 {
				t.Errorf("it was asked for %d times", n)
			}
			v.find(".detail h1", "^a$")
			v.gone("[data-deleted]")
		})
	}
}

// Who is taken off the board while the focus is on what can't be pressed any more finds it beside.
func TestTheFocusIsNotLostWithTheBoard(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	v := l.ada
	v.click("#edit-description > summary")
	v.fill("#description", "Mine\n")
	v.find("#edit-description .primary").MustFocus()
	must(l.grace.RemoveMember(t.Context(), l.ID, must(l.adaHerself.Me(t.Context()))(t).Id))(t)
	v.find("#edit-description [data-meanwhile]", "This can’t be saved now")
	eventually(t, "the focus is on what one wrote", func() bool {
		return v.page.MustEval(`() => document.activeElement.id === "description"`).Bool()
	})
}

// What goes wrong in drawing a change doesn't end the following.
func TestAnOpenCardFollowsAfterADrawingThatFailed(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	v := l.ada
	v.page.MustEval(`() => {
		const { isEqualNode } = Node.prototype
		Node.prototype.isEqualNode = null
		addEventListener("unhandledrejection", (event) => {
			event.preventDefault()
			window.isFaulty = true
			Node.prototype.isEqualNode = isEqualNode
		})
	}`)
	l.edits(kanbanapi.CardPatch{Title: ref("apple")})
	eventually(t, "it went wrong", func() bool { return v.page.MustEval(`() => window.isFaulty === true`).Bool() })
	l.edits(kanbanapi.CardPatch{Description: ref("Sweet\n")})
	l.find(".detail h1", "^apple$")
	l.find(".prose p", "Sweet")
}

// countsReads counts what the page asks for of its card from now on: the card and the trash's page of it. What it waits for before it
// tries again is a moment to it.
func (v *visitor) countsReads() func() int {
	v.t.Helper()
	v.page.MustEval(`() => {
		window.reads = 0
		const { fetch, setTimeout } = window
		window.fetch = (address, ...rest) => {
			if (/\/cards\/1(\/trash)?$/.test(new URL(address, location).pathname)) window.reads++
			return fetch(address, ...rest)
		}
		window.setTimeout = (act, time, ...rest) => setTimeout(act, time === 3000 ? 20 : time, ...rest)
	}`)
	return func() int { v.t.Helper(); return v.page.MustEval(`() => window.reads`).Int() }
}

// patiently waits for as long as the page would take to try again many times.
func (v *visitor) patiently() {
	v.t.Helper()
	v.page.MustEval(`() => new Promise((then) => setTimeout(then, 1500))`)
}
