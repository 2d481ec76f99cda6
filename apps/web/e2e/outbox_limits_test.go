package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"

	"cardwall/packages/kanbanapi"
)

// A change waits to be sent for a week, and no longer: nobody expects it any more. That goes for the tab itself, when it is opened
// again, as for any other page.
func TestWhatWasDoneIsKeptForAWeek(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	const week = 7 * 24 * time.Hour
	for name, c := range map[string]struct {
		after  time.Duration
		isOwn  bool // the tab is opened again, on its board
		stored []string
	}{
		"nearly a week":             {week - time.Minute, false, []string{"", "a", ""}},
		"more than a week":          {week + time.Minute, false, []string{"a", "", ""}},
		"nearly a week, its tab":    {week - time.Minute, true, []string{"", "a", ""}},
		"more than a week, its tab": {week + time.Minute, true, []string{"a", "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			w := ada.wall(t, "Garden", "a")
			closed := s.at(t, ada, w.page())
			next := closed.tab()
			if c.isOwn {
				next = closed.named(closed.name())
			}
			next.page.MustEvalOnNewDocument(fmt.Sprintf("{ const clock = Date.now; Date.now = () => clock() + %d }", c.after.Milliseconds()) + soon)
			closed.offline(true)
			closed.sends("a")
			closed.close()
			if c.isOwn {
				next.open(w.page())
			} else {
				next.open("/account")
			}
			eventually(t, "nothing is kept", func() bool { return next.outbox() == "" })
			ada.wantStored(t, w, c.stored...)
		})
	}
}

// What is older goes alone, with what takes it back, and the next page says so. What was done since is sent.
func TestWhatIsTooOldTakesNothingNewerWithIt(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	must(ada.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	closed := s.at(t, ada, w.page())
	next := closed.hasty("/boards")
	closed.offline(true)
	closed.sends("a")
	closed.click(".toast button", "Undo")
	closed.sends("b")
	closed.becomes("To do: a", "Doing: b", "Done: c")
	next.page.MustEval(`(week) => {
		const key = Object.keys(localStorage).find((key) => key.startsWith("changes:"))
		const kept = JSON.parse(localStorage[key])
		kept.changes[0].at -= week
		localStorage[key] = JSON.stringify(kept)
	}`, (7*24*time.Hour + time.Minute).Milliseconds())
	closed.close()
	next.open("/account")
	next.find(".toast", "What you did more than a week ago was not done")
	ada.wantStored(t, w, "a", "b", "c")
	eventually(t, "nothing is kept", func() bool { return next.outbox() == "" })
}

// Of what is done without a network 500 changes are kept. What is beyond goes out all the same, in its turn, as its page is there.
func TestHowMuchIsKeptOfWhatIsDoneWithoutANetwork(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	v.offline(true)
	v.on("a")
	for range 249 {
		v.hit('>', '<')
	}
	v.hit('>')
	v.sends("b")
	v.sends("c")
	v.becomes("To do: ", "Doing: a b c", "Done: ")
	kept := func() []string { return strings.Fields(v.outbox()) }
	if got := kept(); len(got) != 500 || !strings.Contains(got[499], w.Cards[1].Id.String()) {
		t.Fatalf("kept are %d changes", len(got))
	}
	v.offline(false)
	for left := kept(); len(left) > 0; {
		eventually(t, "more is sent", func() bool { return len(kept()) < len(left) })
		left = kept()
	}
	ada.wantStored(t, w, "", "a b c", "")
	v.becomes("To do: ", "Doing: a b c", "Done: ")
	if got := v.page.MustElements(".toast"); slices.ContainsFunc(got, func(toast *rod.Element) bool { return !strings.Contains(toast.MustText(), "Moved") }) {
		t.Errorf("the page says %q", got[0].MustText())
	}
}
