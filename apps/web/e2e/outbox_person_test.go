package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// soon is a page to which the seconds that a closed tab is waited for, and a lost network, are a moment.
const soon = `
	const wait = setTimeout
	window.setTimeout = (act, time, ...rest) => wait(act, time === 3_000 || time === 2_000 || (time > 1_000 && time % 1 > 0) ? 50 : time, ...rest)`

// counted is a page that counts the moves which it sends, and tells whether it has found the network.
const counted = `
	const ask = fetch
	window.moves = 0
	window.fetch = (address, ...rest) => {
		if (address.endsWith("/move")) window.moves++
		return ask(address, ...rest).then((answer) => {
			window.isBack ||= address.endsWith("/columns")
			return answer
		})
	}`

// hasty opens another tab of the same browser, which waits for nothing long.
func (v *visitor) hasty(path string) *visitor {
	v.t.Helper()
	other := v.tab()
	other.page.MustEvalOnNewDocument(soon)
	other.open(path)
	return other
}

// sends moves a card to the column beside it.
func (v *visitor) sends(card string) {
	v.t.Helper()
	v.on(card)
	v.hit('>')
}

// close shuts a tab, as somebody who has had enough of it.
func (v *visitor) close() {
	v.t.Helper()
	v.do(v.page.Close())
}

// What somebody did without a network is theirs: it is sent though its tab, or the whole browser, was closed, by the next page of
// theirs that opens, in its order; what a tab that is open does stays with it.
func TestWhatWasDoneWithoutANetworkOutlivesItsTab(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	closed := s.at(t, ada, w.page())
	open, last := closed.hasty(w.page()), closed.hasty("/boards")
	for _, v := range []*visitor{closed, open} {
		v.offline(true)
	}
	closed.sends("a")
	closed.sends("b")
	closed.sends("a")
	open.sends("c")
	closed.becomes("To do: c", "Doing: b", "Done: a")
	closed.close()
	last.open("/account")
	ada.wantStored(t, w, "c", "b", "a")
	eventually(t, "what is left is the open tab's", func() bool { return last.outbox() == "cards/"+w.Cards[2].Id.String()+"/move" })
	open.offline(false)
	ada.wantStored(t, w, "", "b c", "a")
	open.becomes("To do: ", "Doing: b c", "Done: a")

	// The board itself takes it up too, and shows it.
	open.offline(true)
	open.sends("b")
	next := last.hasty(w.page())
	open.close()
	next.reload()
	next.becomes("To do: ", "Doing: c", "Done: a b")
	ada.wantStored(t, w, "", "c", "a b")
	next.sentAll()
}

// A title that a closed tab left behind, and that somebody else saved meanwhile, is shown beside theirs.
func TestATitleThatAClosedTabLeftMeetsASaveOfSomebodyElse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	closed := s.at(t, ada, w.page())
	last := closed.hasty("/boards")
	closed.offline(true)
	closed.on("a")
	closed.hit('e')
	closed.write(closed.find(".rename textarea"), "mine")
	closed.hit(input.Enter)
	closed.becomes("To do: mine", "Doing: ", "Done: ")
	closed.close()
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("theirs")}))(t)
	last.open("/account")
	last.find(".toast", "“mine” isn’t saved: somebody else changed the title meanwhile\\.")
	last.follow(".toast button", "Compare")
	last.find("#mine")
	if !last.says("theirs") || !last.says("mine") {
		t.Errorf("at %s: %s", last.path(), last.text())
	}
}

// Nobody else who signs in sends what somebody did; it is kept for them.
func TestWhatSomebodyDidIsNotSentByAnother(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b")
	s.joins(t, bob, w, "editor")
	v := s.at(t, ada, "/boards")
	open, closed := v.hasty(w.page()), v.hasty(w.page())
	closed.offline(true)
	closed.sends("b")
	closed.close()
	v.expire()
	v.borrow(bob)

	open.sends("a")
	open.find(".toast", "Somebody else is signed in here by now")
	open.becomes("To do: a b", "Doing: ", "Done: ")
	open.open(w.page()) // as Bob now
	open.sends("a")
	ada.wantStored(t, w, "b", "a", "")
	eventually(t, "what is hers is kept, and nothing else", func() bool { return open.outbox() == "cards/"+w.Cards[1].Id.String()+"/move" })

	v.expire()
	v.borrow(ada)
	open.open("/account")
	ada.wantStored(t, w, "", "a b", "")
}

// Whoever signs out takes along what isn't sent yet, in all tabs.
func TestWhoSignsOutLeavesNothingToSend(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, "/boards")
	open := v.tab()
	open.page.MustEvalOnNewDocument(soon + counted)
	open.open(w.page())
	open.offline(true)
	open.sends("a")
	eventually(t, "it has looked for the network", func() bool {
		return open.page.MustEval(`() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/columns"))`).Bool()
	})
	v.signOut()
	if got := v.outbox(); got != "" {
		t.Errorf("kept is %q", got)
	}
	ada.signIn(t)
	v.borrow(ada)
	open.offline(false)
	eventually(t, "it has found the network", func() bool { return open.page.MustEval(`() => window.isBack === true`).Bool() })
	open.page.MustEval(`() => new Promise((then) => setTimeout(then))`) // what it does then, it has done
	if moves := open.page.MustEval(`() => window.moves`).Int(); moves != 1 {
		t.Errorf("the move was sent %d times", moves)
	}
	if got := ada.order(t, w.ID); got[0] != "a" || open.outbox() != "" {
		t.Errorf("stored is %q, kept %q", got, open.outbox())
	}
}

// What was left and may be done no more is told, and what follows isn't held up by it.
func TestWhatIsLeftAndRefusedHoldsUpNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a")
	s.joins(t, bob, w, "editor")
	v := s.at(t, bob, w.page())
	v.offline(true)
	v.sends("a")
	v.becomes("To do: ", "Doing: a", "Done: ")
	must(ada.ChangeRole(t.Context(), w.ID, must(bob.Me(t.Context()))(t).Id, kanbanapi.Viewer))(t)
	next := v.hasty("/boards")
	v.close()
	next.open("/account")
	next.find(".toast", "What you did last on the board was not done\\.")
	eventually(t, "nothing is kept", func() bool { return next.outbox() == "" })
	ada.wantStored(t, w, "a", "", "")
}
