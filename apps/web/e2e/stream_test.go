package e2e_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// streams are a page's event streams that are open.
type streams struct {
	mu   sync.Mutex
	open map[proto.NetworkRequestID]bool
}

func (s *streams) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

// countStreams begins before the page is opened.
func (v *visitor) countStreams() *streams {
	v.t.Helper()
	s := &streams{open: map[proto.NetworkRequestID]bool{}}
	change := func(act func()) { s.mu.Lock(); defer s.mu.Unlock(); act() }
	v.do(proto.NetworkEnable{}.Call(v.page))
	wait := v.page.EachEvent(
		func(e *proto.NetworkRequestWillBeSent) {
			if strings.Contains(e.Request.URL, "/api/v1/events") {
				change(func() { s.open[e.RequestID] = true })
			}
		},
		func(e *proto.NetworkLoadingFailed) { change(func() { delete(s.open, e.RequestID) }) },
		func(e *proto.NetworkLoadingFinished) { change(func() { delete(s.open, e.RequestID) }) },
	)
	go wait()
	return s
}

// Six pages of one browser, over HTTP/1.1, which gives them six connections: one of them listens for all.
func TestSixPagesShareOneStream(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w, other := ada.wall(t, "Garden", "a"), ada.wall(t, "House", "x")
	move := func(of wall, column int) {
		t.Helper()
		must(ada.MoveCard(t.Context(), of.ID, "1", kanbanapi.CardMove{ColumnId: of.Columns[column], At: ref(kanbanapi.End)}))(t)
	}
	first := s.visitor(t)
	first.borrow(ada)
	tabs, counts := []*visitor{first}, []*streams{first.countStreams()}
	first.open(w.page())
	for range 4 {
		tabs = append(tabs, first.tab())
	}
	move(w, 1)
	first.becomes("To do: ", "Doing: a", "Done: ") // it leads
	for _, v := range tabs[1:] {
		counts = append(counts, v.countStreams())
		v.open(w.page())
	}
	move(w, 2)
	for _, v := range tabs {
		v.becomes("To do: ", "Doing: ", "Done: a")
	}
	elsewhere := first.tab()
	counts = append(counts, elsewhere.countStreams())
	elsewhere.open(other.page())
	move(other, 1)
	elsewhere.becomes("To do: ", "Doing: x", "Done: ")
	for i, c := range counts {
		open := c.count()
		if want := map[bool]int{true: 1}[i == 0]; open != want {
			t.Errorf("page %d has %d streams open, want %d", i, open, want)
		}
	}

	must(0, first.page.Close())(t)
	move(w, 0)
	for _, v := range tabs[1:] {
		v.becomes("To do: a", "Doing: ", "Done: ")
	}
	move(other, 2)
	elsewhere.becomes("To do: ", "Doing: ", "Done: x")
	all := 0
	for _, c := range counts[1:] {
		all += c.count()
	}
	if all != 1 {
		t.Errorf("after the one that listened was closed there are %d streams", all)
	}
}

// hurried is a page to which so many milliseconds are a moment, which counts how often it waits for so long, and which can be told that it
// is out of sight.
func hurried(long int) string {
	return fmt.Sprintf(`
	const wait = setTimeout
	window.waits = 0
	window.setTimeout = (act, time, ...rest) => {
		const isLong = time === %d
		if (isLong) window.waits++
		return wait(act, isLong ? 50 : time, ...rest)
	}
	Object.defineProperty(document, "hidden", { get: () => window.isHidden === true })`, long)
}

// hide says that the page is out of sight, or shown again.
func (v *visitor) hide(hidden bool) {
	v.t.Helper()
	v.page.MustEval(`(hidden) => { window.isHidden = hidden; document.dispatchEvent(new Event("visibilitychange")) }`, hidden)
}

func TestAPageOutOfSightListensNoMore(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	move := func(column int) {
		t.Helper()
		must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[column], At: ref(kanbanapi.End)}))(t)
	}
	v := s.visitor(t)
	v.borrow(ada)
	v.page.MustEvalOnNewDocument(hurried(30_000))
	count := v.countStreams()
	v.open(w.page())
	move(1)
	v.becomes("To do: ", "Doing: a", "Done: ")
	v.hide(true)
	if waits := v.page.MustEval(`() => window.waits`).Int(); waits != 1 {
		t.Errorf("it waits %d times for half a minute", waits)
	}
	eventually(t, "it listens no more", func() bool { return count.count() == 0 })
	move(2)
	move(0)
	move(2)
	v.wantOrder("To do: ", "Doing: a", "Done: ")
	v.hide(false)
	v.becomes("To do: ", "Doing: ", "Done: a")

	v.hide(true) // for less than half a minute
	v.hide(false)
	v.page.MustEval(`() => new Promise((then) => setTimeout(then, 30_000))`) // what was to be half a minute later has been
	move(0)
	v.becomes("To do: a", "Doing: ", "Done: ")
}

// A laptop sleeps while a thousand things happen; what its person did meanwhile is sent when it wakes.
func TestALaptopThatSlept(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.long(t, 40)
	s.joins(t, bob, w, "editor")
	v := s.visitor(t)
	v.borrow(bob)
	v.page.MustEvalOnNewDocument(hurried(10_000))
	v.open(w.page())
	must(ada.UpdateCard(t.Context(), w.ID, "40", 1, kanbanapi.CardPatch{Title: ref("last")}))(t)
	v.find("#card-40", "last") // it listens
	v.find(".live-pill")

	v.card("n20").MustElement("a").MustFocus()
	v.page.MustEval(`() => document.activeElement.scrollIntoView({ block: "center" })`)
	height := func() float64 {
		return v.page.MustEval(`() => document.activeElement.getBoundingClientRect().top`).Num()
	}
	v.offline(true)
	v.find(".live-pill", "Offline since")
	v.card("n2").MustElement("a").MustFocus()
	v.hit('>')
	v.card("n20").MustElement("a").MustFocus()
	before := height()
	batch := kanbanapi.CardBatch{Move: &kanbanapi.CardMove{At: ref(kanbanapi.End)}}
	for _, card := range w.Cards {
		if card.Number > 1 && card.Number != 2 {
			batch.CardIds = append(batch.CardIds, card.Id)
		}
	}
	for i := range 26 { // of 38 cards each
		batch.Move.ColumnId = w.Columns[2-i%2*2]
		must(ada.ChangeCards(t.Context(), w.ID, batch))(t)
	}
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[2], Title: "new"}))(t)
	v.offline(false)
	eventually(t, "the wall is as the server has it", func() bool {
		stored := ada.order(t, w.ID)
		return strings.Join(v.order(), "\n") == fmt.Sprintf("To do: %s\nDoing: %s\nDone: %s", stored[0], stored[1], stored[2]) && strings.HasSuffix(stored[1], "n2") && strings.Contains(stored[2], "new")
	})
	if got := v.page.MustEval(`() => document.activeElement.textContent`).Str(); got != "n20" {
		t.Errorf("the focus is on %q", got)
	}
	if after := height(); after < before-1 || after > before+1 {
		t.Errorf("what had the focus stood at %v and stands at %v", before, after)
	}
	eventually(t, "nothing is said of the connection", func() bool { return v.page.MustElement(".live-pill").MustText() == "" })
}

// offline takes the page's network away, or gives it back.
func (v *visitor) offline(off bool) {
	v.t.Helper()
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkEmulateNetworkConditions{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}.Call(v.page))
}

// Who may look no more is told why, on the page that they look at.
func TestWhoMayLookNoMoreIsToldWhy(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w, doomed := ada.wall(t, "Garden", "a"), ada.wall(t, "House", "x")
	s.joins(t, bob, doomed, "editor")
	first := s.at(t, ada, w.page())
	v := s.at(t, bob, doomed.page())
	must(ada.MoveCard(t.Context(), doomed.ID, "1", kanbanapi.CardMove{ColumnId: doomed.Columns[1], At: ref(kanbanapi.End)}))(t)
	v.becomes("To do: ", "Doing: x", "Done: ")
	board := must(ada.Board(t.Context(), doomed.ID))(t)
	if _, err := ada.DeleteBoard(t.Context(), doomed.ID, board.Version); err != nil {
		t.Fatal(err)
	}
	v.find(".live-pill", "This board was deleted")
	v.find(".live-pill a", "Your boards")
	v.page.MustEval(`() => document.dispatchEvent(new Event("visibilitychange"))`)
	v.page.MustEval(`() => new Promise((then) => setTimeout(then, 3500))`) // longer than a reader is told to wait before it comes again
	if got := v.page.MustElement(".live-pill").MustText(); !strings.Contains(got, "This board was deleted") {
		t.Errorf("a while later it says %q", got)
	}

	s.joins(t, bob, w, "editor")
	v.open(w.page())
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	first.becomes("To do: ", "Doing: a", "Done: ")
	v.becomes("To do: ", "Doing: a", "Done: ")
	must(ada.RemoveMember(t.Context(), w.ID, must(bob.Me(t.Context()))(t).Id))(t)
	v.find(".live-pill", "You are no longer on this board\\.")

	second := first.tab()
	second.open("/boards")
	second.signOut()
	first.find(".live-pill", "You are signed out")
	first.follow(".live-pill a", "Sign in")
	first.find("#password")
}
