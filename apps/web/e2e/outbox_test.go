package e2e_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// slow has every request take so many milliseconds more; 0 ends that.
func (v *visitor) slow(latency float64) {
	v.t.Helper()
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkEmulateNetworkConditions{Latency: latency, DownloadThroughput: -1, UploadThroughput: -1}.Call(v.page))
}

// changes are what this browser keeps of one tab's changes on one board.
func (v *visitor) changes() string {
	return v.page.MustEval(`() => localStorage[Object.keys(localStorage).find((key) => key.startsWith("changes:"))]`).Str()
}

// keep has this tab keep changes, as if its page had been left before they were answered.
func (v *visitor) keep(kept string) {
	v.t.Helper()
	v.page.MustEval(`(kept) => { localStorage[Object.keys(sessionStorage).find((key) => key.startsWith("changes:"))] = kept }`, kept)
}

// outbox is what this browser keeps of changes that have no answer yet.
func (v *visitor) outbox() string {
	return v.page.MustEval(`() => Object.keys(localStorage).filter((k) => k.startsWith("changes:")).flatMap((k) => JSON.parse(localStorage[k]).changes.map((c) => c.path)).join("\n")`).Str()
}

// sentAll waits until nothing is left to send.
func (v *visitor) sentAll() {
	v.t.Helper()
	eventually(v.t, "nothing is left to send", func() bool { return v.outbox() == "" })
}

// loses lets a request through, and its answer get lost, once.
func (v *visitor) loses(address string) {
	v.t.Helper()
	v.do(proto.FetchEnable{Patterns: []*proto.FetchRequestPattern{{URLPattern: address, RequestStage: proto.FetchRequestStageResponse}}}.Call(v.page))
	lost := v.page.EachEvent(func(e *proto.FetchRequestPaused) bool {
		_ = proto.FetchFailRequest{RequestID: e.RequestID, ErrorReason: proto.NetworkErrorReasonConnectionReset}.Call(v.page)
		_ = proto.FetchDisable{}.Call(v.page)
		return true
	})
	go lost()
}

// What was made and isn't known to be is asked for again: new cards are there once, each with its number, and what follows goes out.
func TestNewCardsWhoseAnswerIsLostAreThereOnce(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.press(v.column(0).MustElement(".adds"))
	for address, text := range map[string]string{"*/cards/list": "b\nc", "*/cards": "d"} {
		v.loses(address)
		v.fill(".adder[open] textarea", text)
		v.hit(input.Enter)
		eventually(t, "each card has its number", func() bool {
			return v.page.MustEval(`() => [...document.querySelectorAll(".card-no")].every(({ textContent }) => /^#\d+$/.test(textContent))`).Bool() && v.outbox() == ""
		})
	}
	if stored := v.order(); len(strings.Fields(stored[0])) != 2+4 {
		t.Errorf("on the wall is %q", stored)
	}
	if n := len(must(ada.Board(t.Context(), w.ID))(t).Columns[0].Cards); n != 4 {
		t.Errorf("%d cards are stored", n)
	}
}

func TestMovesOutliveTheirPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	dropped := []string{"To do: ", "Doing: a c b", "Done: "}
	v.slow(400)
	v.carry("a", v.column(1), 0, "To do: b c", "Doing: a", "Done: ")
	v.drop()
	for _, card := range []string{"c", "b"} { // each beside one whose own move has no answer yet
		v.card(card).MustElement("a").MustFocus()
		v.hit('>')
	}
	v.open("/account")
	v.open(w.page())
	v.wantOrder(dropped...)
	ada.wantStored(t, w, "", "a c b", "")
	v.sentAll()

	v.card("c").MustElement("a").MustFocus()
	v.hit('>')
	v.card("a").MustElement("a").MustFocus()
	v.hit('<')
	v.reload()
	v.wantOrder("To do: a", "Doing: b", "Done: c")
	ada.wantStored(t, w, "a", "b", "c")
	v.slow(0)
	v.reload()
	v.wantOrder("To do: a", "Doing: b", "Done: c")
}

// What the next page sends again, because its answer never came, is made once: somebody else may have gone on from there.
// The same goes for one that arrives later still.
func TestAMoveThatWasMadeIsNotMadeAgain(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.card("a").MustElement("a").MustFocus()
	v.slow(400)
	v.hit('>')
	kept := v.changes()
	eventually(t, "the answer is known", func() bool { return v.outbox() == "" })
	v.slow(0)
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t) // by somebody else

	// As if the page had been left before the answer came.
	v.keep(kept)
	v.answers("/move", 409, func() { v.open("/account") })
	eventually(t, "it is known to be made", func() bool { return v.outbox() == "" })
	ada.wantStored(t, w, "b", "", "a")

	var left struct {
		Changes []struct {
			Path, ID string
			Body     json.RawMessage
		}
	}
	v.do(json.Unmarshal([]byte(kept), &left))
	late := ada.send(t, "POST", "/api/v1"+w.page()+"/"+left.Changes[0].Path, string(left.Changes[0].Body),
		"Content-Type", "application/json", "X-CSRF", "1", kanbanapi.ChangeHeader, left.Changes[0].ID)
	if code := late.problem(t).Code; code != "made_already" {
		t.Errorf("the late one: %d %s", late.Status, code)
	}
	ada.wantStored(t, w, "b", "", "a")
}

// Folding a column goes the way of all changes: in the order in which it was done, and the next page takes it up.
func TestAFoldedColumnOutlivesItsPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.slow(400)
	v.card("a").MustElement("a").MustFocus()
	v.hit('>')
	v.openColumnMenu("Done")
	v.click(".column-tools .menu button", "Collapse")
	v.reload()
	v.find(".is-folded .strip button", "Done")
	v.slow(0)
	v.sentAll()
	if board := must(ada.Board(t.Context(), w.ID))(t); !board.Columns[2].Collapsed {
		t.Error("the column isn't collapsed")
	}
	ada.wantStored(t, w, "", "a", "")
	v.reload()
	v.find(".is-folded .strip button", "Done")
}

// Folds of a column reach the server one after another, however long the first is under way; and one that comes there twice,
// the second time behind what was done since, changes nothing any more.
func TestFoldsOfAColumnArriveInTheirOrder(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	var mu sync.Mutex
	var sent []string
	held := make(chan struct{})
	router := v.page.HijackRequests()
	v.do(router.Add("*/collapsed", "", func(fold *rod.Hijack) {
		mu.Lock()
		sent = append(sent, fold.Request.Method())
		mu.Unlock()
		<-held
		fold.ContinueRequest(&proto.FetchContinueRequest{})
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	arrived := func() string {
		mu.Lock()
		defer mu.Unlock()
		return strings.Join(sent, " ")
	}

	v.openColumnMenu("Done")
	v.click(".column-tools .menu button", "Collapse")
	eventually(t, "the first is under way", func() bool { return arrived() == "PUT" })
	var left struct{ Changes []struct{ Path, ID string } }
	v.do(json.Unmarshal([]byte(v.changes()), &left))
	v.click(".is-folded .strip button", "Done")
	v.openColumnMenu("Done")
	v.click(".column-tools .menu button", "Collapse")
	v.click(".is-folded .strip button", "Done")
	v.find(".column:not(.is-folded) h2", "Done")
	if got := arrived(); got != "PUT" {
		t.Errorf("while the first is under way, %s are sent", got)
	}
	close(held)
	v.sentAll()
	if got := arrived(); got != "PUT DELETE PUT DELETE" {
		t.Errorf("sent are %s", got)
	}
	late := ada.send(t, "PUT", "/api/v1"+w.page()+"/"+left.Changes[0].Path, "", "X-CSRF", "1", kanbanapi.ChangeHeader, left.Changes[0].ID)
	if code := late.problem(t).Code; code != "made_already" {
		t.Errorf("the first, once more: %d %s", late.Status, code)
	}
	if must(ada.Board(t.Context(), w.ID))(t).Columns[2].Collapsed {
		t.Error("the column is folded again")
	}
	v.reload()
	v.find(".column:not(.is-folded) h2", "Done")
}

func TestChangesAreDroppedAtSignOut(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)
	v.open(w.page())
	v.slow(400)
	v.card("a").MustElement("a").MustFocus()
	v.hit('>')
	v.card("b").MustElement("a").MustFocus()
	v.hit('>')
	if v.outbox() == "" {
		t.Error("nothing is kept")
	}
	v.signOut()
	if got := v.outbox(); got != "" {
		t.Errorf("the next person in this tab would send %q", got)
	}
}
