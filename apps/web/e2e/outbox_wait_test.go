package e2e_test

import (
	"encoding/json"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// lateLock is a page on which a lock is given back as late as the test says, by window.give.
const lateLock = `
	const { request } = LockManager.prototype
	LockManager.prototype.request = async function (name, ...rest) {
		const held = await request.call(this, name, ...rest)
		if (name.startsWith("changes:")) await new Promise((then) => { window.give = then })
		return held
	}`

// What is done while the last change's lock is given back goes out too.
func TestWhatIsDoneAsTheLastChangeEndsIsSent(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, "/boards").tab()
	v.page.MustEvalOnNewDocument(lateLock)
	v.open(w.page())
	v.sends("a")
	eventually(t, "the first has ended", func() bool { return v.page.MustEval(`() => Boolean(window.give)`).Bool() && v.outbox() == "" })
	v.sends("b")
	v.page.MustEval(`() => window.give()`)
	ada.wantStored(t, w, "", "a b", "")
	v.sentAll()
}

// waits is a page that tells how long it is going to wait for the network each time, and doesn't.
const waits = `
	const wait = setTimeout
	window.waits = []
	window.setTimeout = (act, time, ...rest) => {
		if (!(time > 1_000 && time % 1 > 0) || new Error().stack.includes("/live-")) return wait(act, time, ...rest)
		waits.push(time)
		return wait(act, 1, ...rest)
	}`

// Who waits for the network asks ever more seldom, and not when all others do.
func TestTheNetworkIsAskedForEverMoreSeldom(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, "/boards").tab()
	v.page.MustEvalOnNewDocument(waits)
	v.open(w.page())
	v.offline(true)
	v.sends("a")
	var took []float64
	eventually(t, "it has asked for long", func() bool {
		v.do(json.Unmarshal([]byte(v.page.MustEval(`() => JSON.stringify(waits)`).Str()), &took))
		return len(took) >= 8
	})
	for i, time := range took {
		least := float64(int(2_000) << min(i, 3))
		if time < least || time > 2*least {
			t.Errorf("wait %d takes %g ms", i, time)
		}
	}
	if took[5] == took[6] && took[6] == took[7] {
		t.Error("all wait as long as each other")
	}
	v.offline(false)
	ada.wantStored(t, w, "", "a", "")
}

// What a page left behind is tried as often as anything else, however often that page has tried it, or if it didn't count.
func TestWhatIsLeftIsTriedAnew(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for name, tried := range map[string]func(change map[string]any){
		"nearly all":  func(change map[string]any) { change["tries"] = 5 },
		"not counted": func(change map[string]any) { delete(change, "tries") },
	} {
		w := ada.wall(t, "Garden", "a")
		v := s.at(t, ada, "/boards").hasty(w.page())
		v.offline(true)
		v.sends("a")
		var kept map[string][]map[string]any
		v.do(json.Unmarshal([]byte(v.changes()), &kept))
		v.offline(false)
		v.open("/boards")
		eventually(t, "it is made", func() bool { return v.outbox() == "" })
		must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[0], At: ref(kanbanapi.End)}))(t)
		tried(kept["changes"][0])
		kept["changes"][0]["id"] = must(uuid.NewV7())(t)
		left := string(must(json.Marshal(kept))(t))

		asked := 0 // one after another
		router := v.page.HijackRequests()
		v.do(router.Add("*/move", "", func(move *rod.Hijack) {
			if asked++; asked == 1 {
				ends504(move)
				return
			}
			move.ContinueRequest(&proto.FetchContinueRequest{})
		}))
		go router.Run()
		v.keep(left)
		v.open("/account")
		eventually(t, name+": it is answered", func() bool { return v.outbox() == "" })
		ada.wantStored(t, w, "", "a", "")
		v.do(router.Stop())
	}
}

// While an undo is on its way, what is told of its card waits for it, whatever has been done behind it.
func TestWhatIsToldWaitsForAnUndoWithSomethingBehindIt(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b", "c")
	s.joins(t, bob, w, "editor")
	v := s.at(t, ada, w.page())
	v.answers("/move", 200, func() { v.sends("a") })
	first := v.holds("/undo")
	v.click(".toast button", "Undo")
	first.wantUnderWay(t)
	v.sends("b")
	must(bob.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	v.wantSaid("Bob moved “c” to Done")
	v.wantOrder("To do: a c", "Doing: b", "Done: ")
	first.end(func(undo *rod.Hijack) { undo.ContinueRequest(&proto.FetchContinueRequest{}) })
	v.becomes("To do: a", "Doing: b", "Done: c")
	ada.wantStored(t, w, "a", "b", "c")
}
