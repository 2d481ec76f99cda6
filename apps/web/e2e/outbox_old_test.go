package e2e_test

import (
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
)

// aged makes what is kept of changes older than anybody expects to be made.
func (v *visitor) aged() {
	v.t.Helper()
	v.page.MustEval(`(week) => {
		for (const key of Object.keys(localStorage)) if (key.startsWith("changes:")) {
			const kept = JSON.parse(localStorage[key])
			for (const change of kept.changes) change.at -= week
			localStorage[key] = JSON.stringify(kept)
		}
	}`, (7*24*time.Hour + time.Minute).Milliseconds())
}

// The text of new cards that are too old to be made is in its column's box again.
func TestTheTextOfACardThatIsTooOldIsGivenBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	closed := s.at(t, ada, w.page())
	next := closed.hasty("/boards")
	closed.offline(true)
	closed.pressOpening(closed.column(0).MustElement(".adds"), ".adder[open]")
	closed.types("Buy rare seeds", input.Enter)
	closed.find(".card.is-new", "Buy rare seeds")
	next.aged()
	closed.close()

	next.open(w.page())
	next.find(".toast", "What you did more than a week ago was not done. The text of new cards is back in their columns.")
	eventually(t, "nothing is kept", func() bool { return next.outbox() == "" })
	next.pressOpening(next.column(0).MustElement(".adds"), ".adder[open]")
	if got := next.find(".adder[open] textarea").MustProperty("value").Str(); got != "Buy rare seeds" {
		t.Errorf("in the box is %q", got)
	}
	ada.wantStored(t, w, "a", "", "")
}

// What another page has given up since it is old isn't sent by the page that is still open, which shows what there is.
func TestWhatIsTooOldIsNotSentByItsOwnPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	next := v.hasty("/boards")
	v.offline(true)
	v.sends("a")
	v.page.MustEval(`(week) => { const now = Date.now; Date.now = () => now() + week }`, (7*24*time.Hour + time.Minute).Milliseconds())
	next.aged()
	next.open("/account")
	next.find(".toast", "What you did more than a week ago was not done.")
	v.leaving(func() { v.offline(false) })
	v.becomes("To do: a", "Doing: ", "Done: ")
	ada.wantStored(t, w, "a", "", "")
}

// Where a browser has no room, nobody is told that what they do is kept. It is sent all the same.
func TestABrowserWithoutRoomSaysSo(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => {
		for (let size = 1 << 22; size >= 1;) {
			try { localStorage.setItem("full" + size + Math.random(), "x".repeat(size)) } catch { size >>= 1 }
		}
	}`)
	v.offline(true)
	v.find(".live-pill", "What you do is kept, and sent later")
	v.on("a")
	v.hit('>')
	v.find(".live-pill", "has no room to keep what you do: leave the page open")
	v.hit(input.Escape)
	v.on("b")
	v.hit('>')
	v.offline(false)
	ada.wantStored(t, w, "", "a b", "")
}

// A page that sends for long holds on to nothing of what it has sent.
func TestWhatIsSentLeavesNoListenerBehind(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, "/boards").tab()
	v.page.MustEvalOnNewDocument(`
		window.heard = 0
		const { addEventListener } = window
		window.addEventListener = (type, ...rest) => { heard++; addEventListener(type, ...rest) }`)
	v.open(w.page())
	v.on("a")
	send := func(key input.Key) {
		v.hit(key)
		eventually(t, "it is sent", func() bool { return v.outbox() == "" })
	}
	send('>')
	send('<')
	before := v.page.MustEval(`() => heard`).Int()
	for range 5 {
		send('>')
		send('<')
	}
	if after := v.page.MustEval(`() => heard`).Int(); after > before {
		t.Errorf("after ten moves the page listens %d times, before %d", after, before)
	}
}
