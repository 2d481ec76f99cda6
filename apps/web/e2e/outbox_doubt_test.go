package e2e_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// held is the first request of some that a page sends: it is under way until the test says how that ends. The others go through.
type held struct {
	mu                     sync.Mutex
	sent                   []string // all of them: method and id
	method, path, id, body string   // of the first
	end                    func(then func(*rod.Hijack))
}

// holds keeps the first request on its way, to an address of the api that ends so.
func (v *visitor) holds(address string) *held {
	v.t.Helper()
	end := make(chan func(*rod.Hijack), 1)
	h := &held{end: func(then func(*rod.Hijack)) { end <- then }}
	router := v.page.HijackRequests()
	v.do(router.Add("*/api/v1/*"+address, "", func(asked *rod.Hijack) {
		if asked.Request.Method() != "GET" && h.isFirst(asked.Request) {
			(<-end)(asked)
			return
		}
		goOn(asked)
	}))
	go router.Run()
	v.t.Cleanup(func() { _ = router.Stop() })
	return h
}

func (h *held) isFirst(r *rod.HijackRequest) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	id := r.Header(kanbanapi.ChangeHeader)
	h.sent = append(h.sent, id)
	if len(h.sent) > 1 {
		return false
	}
	h.method, h.path, h.id, h.body = r.Method(), r.URL().Path, id, r.Body()
	return true
}

// all are the ids of what was sent.
func (h *held) all() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.sent...)
}

// wantUnderWay waits for the first request, with nothing sent behind it.
func (h *held) wantUnderWay(t *testing.T) {
	t.Helper()
	eventually(t, "the first is under way", func() bool { return len(h.all()) == 1 })
}

// wantTooLate sends the first once more, as it arrives behind all others in the end, and finds that it was made already.
func (h *held) wantTooLate(t *testing.T, who *person) {
	t.Helper()
	header := []string{"X-CSRF", "1", kanbanapi.ChangeHeader, h.id}
	if h.body != "" {
		header = append(header, "Content-Type", "application/json")
	}
	if late := who.send(t, h.method, h.path, h.body, header...); late.Status != 409 || late.problem(t).Code != "made_already" {
		t.Errorf("the first, when it arrives: %d %s", late.Status, late.Body)
	}
}

// ends504 is the answer of who waited in vain for one. A body that never comes would have the page wait for it, too.
func ends504(asked *rod.Hijack) { asked.Response.SetBody("").Payload().ResponseCode = 504 }

// How a request that is under way may end without a word of what became of it. It arrives all the same, later.
var ends = map[string]func(*rod.Hijack){
	"nobody answered in time": ends504,
	"a way was cut":           func(asked *rod.Hijack) { asked.Response.SetBody("").Payload().ResponseCode = 502 },
	"the network was cut":     func(asked *rod.Hijack) { asked.Response.Fail(proto.NetworkErrorReasonConnectionReset) },
}

// A move that has no answer may arrive behind a later one, and undo it. So it is asked for again before that is sent: then it is
// made, and isn't made when it arrives.
func TestAMoveInDoubtDoesNotUndoALaterOne(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for name, end := range ends {
		w := ada.wall(t, "Garden", "a", "b")
		v := s.at(t, ada, w.page())
		first := v.holds("/move")
		v.on("a")
		v.hit('>')
		first.wantUnderWay(t)
		v.hit('>')
		v.wantOrder("To do: b", "Doing: ", "Done: a")
		first.end(end)
		ada.wantStored(t, w, "b", "", "a")
		v.sentAll()
		if sent := first.all(); len(sent) != 3 || sent[1] != first.id || sent[2] == first.id {
			t.Errorf("%s: sent are %q", name, sent)
		}
		first.wantTooLate(t, ada)
		ada.wantStored(t, w, "b", "", "a")
		v.wantOrder("To do: b", "Doing: ", "Done: a")
	}
}

func TestAColumnsMoveInDoubtDoesNotUndoALaterOne(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	first := v.holds("/move")
	v.column(0).MustElement("[data-grip]").MustFocus()
	v.hit(input.Space, input.End, input.Space)
	first.wantUnderWay(t)
	v.hit(input.Space, input.ArrowLeft, input.Space)
	v.wantColumns("Doing, To do, Done")
	first.end(ends["the network was cut"])
	v.sentAll()
	first.wantTooLate(t, ada)
	v.wantOnServer(ada, w, "Doing, To do, Done")
	v.wantColumns("Doing, To do, Done")
}

func TestAFoldInDoubtDoesNotUndoALaterOne(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	first := v.holds("/collapsed")
	v.openColumnMenu("Done")
	v.click(".column-tools .menu button", "Collapse")
	first.wantUnderWay(t)
	v.click(".is-folded .strip button", "Done")
	v.find(".column:not(.is-folded) h2", "Done")
	first.end(ends["nobody answered in time"])
	v.sentAll()
	first.wantTooLate(t, ada)
	if must(ada.Board(t.Context(), w.ID))(t).Columns[2].Collapsed {
		t.Error("the column is folded again")
	}
	v.find(".column:not(.is-folded) h2", "Done")
}

// While the api is away nobody knows what becomes of a change, and what follows. All of it is kept, as the page says, and made
// when the api is back.
func TestWhatIsDoneWhileTheAPIIsAwayIsMadeOnceItIsBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, "/boards").hasty(w.page())
	s.api.stop(t)
	v.answers("/columns", 502, func() { v.sends("a") }) // it asks whether the api is back
	v.sends("b")
	v.sends("a")
	v.find(".live-pill", "Reconnecting since .*What you do is kept, and sent later")
	s.api.again(t)
	ada.wantStored(t, w, "", "b", "a")
	v.becomes("To do: ", "Doing: b", "Done: a")
	v.sentAll()
	if v.page.MustHas(".toast") && !v.says("Moved to") {
		t.Errorf("the page says %s", v.find(".toast").MustText())
	}
}

// A change that has no answer though all else has is given up; whether it was made, only the server knows. It holds up nothing.
func TestAChangeThatNeverHasAnAnswerHoldsUpNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, "/boards").hasty(w.page())
	asked := 0 // one after another
	router := v.page.HijackRequests()
	v.do(router.Add("*/collapsed", "", func(fold *rod.Hijack) {
		asked++
		ends504(fold)
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	v.openColumnMenu("Done")
	v.leaving(func() {
		v.click(".column-tools .menu button", "Collapse")
		v.sends("a")
	})
	v.find(".toast", "This is how the board stands now")
	v.find(".column:not(.is-folded) h2", "Done")
	v.becomes("To do: ", "Doing: a", "Done: ")
	ada.wantStored(t, w, "", "a", "")
	if asked != 6 {
		t.Errorf("it was asked for %d times", asked)
	}
}

// The same goes for names: nobody says that one is as it was, when it may be saved. The board says what it is.
func TestANameThatNeverHasAnAnswerIsWhatTheBoardSays(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, "/boards").hasty(w.page())
	router := v.page.HijackRequests()
	v.do(router.Add("*/api/v1/*", "", func(asked *rod.Hijack) {
		if asked.Request.Method() != "PATCH" {
			goOn(asked)
			return
		}
		if err := asked.LoadResponse(http.DefaultClient, true); err != nil {
			t.Error(err)
		}
		ends504(asked)
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	v.on("a")
	v.hit('e')
	v.write(v.find(".rename textarea"), "x")
	v.leaving(func() { v.hit(input.Enter) })
	v.find(".toast", "This is how the board stands now")
	v.becomes("To do: x", "Doing: ", "Done: ")

	v.press(v.column(0).MustElement("[data-retitle]"))
	v.write(v.find(".retitle [name=title]"), "Next")
	v.leaving(func() { v.hit(input.Enter) })
	v.find(".toast", "This is how the board stands now")
	v.becomes("Next: x", "Doing: ", "Done: ")
}

// Whose answer was lost, and is told only that it was made already, is drawn all the same: labels, a title and its version, an undo.
func TestWhatWasMadeAlreadyIsDrawn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	for _, name := range []string{"Urgent", "Later"} {
		must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: name, Hue: kanbanapi.Red}))(t)
	}
	v := s.at(t, ada, w.page())
	worn := func(want string) {
		t.Helper()
		eventually(t, "the cards wear "+want, func() bool {
			return v.page.MustEval(`() => [...document.querySelectorAll(".card .labels")].map((labels) => [...labels.querySelectorAll(".label")].map(({ textContent }) => textContent).join("+")).join()`).Str() == want
		})
	}
	label := func(name, said string) {
		t.Helper()
		v.on("a")
		v.hit('s', 'j', 's')
		v.loses("*/cards/batch")
		v.click(".selection summary", "Label")
		v.click(".selection button", name)
		v.wantSaid(said)
	}
	label("Urgent", "Put Urgent on 2 cards")
	worn("Urgent,Urgent,")
	label("Later", "Put Later on 2 cards")
	worn("Later+Urgent,Later+Urgent,")
	label("Urgent", "Took Urgent off 2 cards")
	worn("Later,Later,")
	v.loses("*/undo")
	v.leaving(func() { v.click(".toast button", "Undo") })
	v.find(".toast", "This is how the board stands now")
	worn("Later+Urgent,Later+Urgent,")

	v.on("a")
	v.hit('e')
	v.loses("*/cards/" + w.Cards[0].Id.String())
	v.write(v.find(".rename textarea"), "x")
	v.hit(input.Enter)
	eventually(t, "the title is saved", func() bool { return v.outbox() == "" })
	v.on("x")
	v.hit('e')
	v.write(v.find(".rename textarea"), "y")
	v.answers("PATCH", 200, func() { v.hit(input.Enter) })
	v.becomes("To do: y b c", "Doing: ", "Done: ")
	if got := strings.Join(ada.order(t, w.ID), "|"); got != "y b c||" {
		t.Errorf("stored is %q", got)
	}
}

// An undo takes back what its message tells of, though the answer to that was lost, and another tab has changed something since.
func TestWhatWasMadeAlreadyIsTakenBackByItsMessage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	second := v.tab()
	second.open(w.page())
	v.loses("*/move")
	v.sends("a")
	eventually(t, "the move is known to be made", func() bool { return v.outbox() == "" })
	second.becomes("To do: b", "Doing: a", "Done: ")
	second.sends("b")
	v.becomes("To do: ", "Doing: a b", "Done: ")
	v.answers("/undo", 200, func() { v.click(".toast button", "Undo") })
	ada.wantStored(t, w, "a", "b", "")
	v.becomes("To do: a", "Doing: b", "Done: ")
	second.becomes("To do: a", "Doing: b", "Done: ")
}

// So it does of new cards, which have their answer once they are asked for again: whoever has changed something until then.
func TestNewCardsInDoubtAreTakenBackByTheirMessage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	end := kanbanapi.End
	for name, c := range map[string]struct {
		mover                *person
		path, text, to, undo string
	}{
		"one, while another moves":        {bob, "/cards", "x", "To do: a x", "added “x”"},
		"one, while her other tab moves":  {ada, "/cards", "x", "To do: a x", "added “x”"},
		"some, while another moves":       {bob, "/cards/list", "x\ny", "To do: a x y", "added 2 cards"},
		"some, while her other tab moves": {ada, "/cards/list", "x\ny", "To do: a x y", "added 2 cards"},
	} {
		w := ada.wall(t, "Garden", "a", "b")
		s.joins(t, bob, w, "editor")
		v := s.at(t, ada, w.page())
		first := v.holds(c.path)
		v.press(v.column(0).MustElement(".adds"))
		v.fill(".adder[open] textarea", c.text)
		v.hit(input.Enter)
		first.wantUnderWay(t)
		first.end(func(asked *rod.Hijack) {
			if err := asked.LoadResponse(http.DefaultClient, true); err != nil {
				t.Error(err)
			}
			must(c.mover.MoveCard(t.Context(), w.ID, w.Cards[1].Id.String(), kanbanapi.CardMove{ColumnId: w.Columns[1], At: &end}))(t)
			ends504(asked)
		})
		v.becomes(c.to, "Doing: b", "Done: ")
		eventually(t, name+": it is known to be made", func() bool { return v.outbox() == "" })
		v.answers("/undo", 200, func() { v.click(".toast button", "Undo") })
		v.find(".toast p", "^Undone: "+c.undo+" to “To do”.$")
		v.becomes("To do: a", "Doing: b", "Done: ")
		ada.wantStored(t, w, "a", "b", "")
	}
}
