package e2e_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// isUpdated has Cardwall be updated behind a wall that stands open: those of its scripts that are named ("*" is any) are gone by then, until
// it is renewed. A browser goes on by its old way for a moment, so that the page asks until it is told.
func (v *visitor) isUpdated(gone ...string) (renewed *atomic.Bool) {
	v.t.Helper()
	renewed = new(atomic.Bool)
	router := v.page.HijackRequests()
	for _, name := range gone {
		v.do(router.Add("*/assets/"+name, "", func(asked *rod.Hijack) {
			if renewed.Load() {
				goOn(asked)
				return
			}
			asked.Response.SetHeader("X-Gone", "true").SetBody("").Payload().ResponseCode = http.StatusNotFound
		}))
	}
	go router.Run()
	v.t.Cleanup(func() { _ = router.Stop() })
	for _, name := range gone {
		eventually(v.t, name+" is gone", func() bool {
			return v.page.MustEval(`(name) => fetch("/assets/" + name.replace("*", "x"), { method: "HEAD" }).then(({ headers }) => headers.has("X-Gone"))`, name).Bool()
		})
	}
	return renewed
}

// asksForItsScripts waits until a page has been told that its own scripts are there.
func (v *visitor) asksForItsScripts() (done func()) {
	v.t.Helper()
	answered, method := 0, map[proto.NetworkRequestID]string{}
	return v.page.Timeout(patience).EachEvent(
		func(e *proto.NetworkRequestWillBeSent) { method[e.RequestID] = e.Request.Method },
		func(e *proto.NetworkResponseReceived) bool {
			if method[e.RequestID] == http.MethodHead {
				answered++
			}
			return answered == 3
		},
	)
}

// A wall whose scripts are gone says so, and stays as it is until its reader wants it anew: what they have in hand is theirs.
func TestAWallSaysThatCardwallWasUpdated(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	bob := s.joined(t, "Bob", w)
	v := s.at(t, ada, w.page())
	v.on("b")
	v.hit('e')
	v.hit('x')
	renewed := v.isUpdated("*")
	must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	v.find(".live-pill", "^Cardwall was updated\\. Reload$")
	v.wantNoViolations("a wall of before an update", true)
	if got := v.page.MustEval(`() => document.activeElement.value`).Str(); got != "x" {
		t.Errorf("what is written there is %q", got)
	}
	v.offline(true)
	v.find(".live-pill", "Offline since")
	v.offline(false)
	v.find(".live-pill", "^Cardwall was updated\\. Reload$")

	v.page.MustEval(`() => {
		const ask = fetch
		window.asked = 0
		window.fetch = (address, options) => (window.asked += options?.method === "HEAD", ask(address, options))
		window.told = new Promise((then) => addEventListener("missing", () => setTimeout(then)))
	}`)
	must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	if asked := v.page.MustEval(`() => window.told.then(() => window.asked)`).Int(); asked > 0 {
		t.Errorf("what is known is asked for again, %d times", asked)
	}

	renewed.Store(true)
	v.leaving(func() { v.click(".live-pill a", "Reload") })
	v.becomes("To do: b", "Doing: ", "Done: a")
	v.find(".live-pill:empty")
	v.on("b")
	v.hit('e')
	if got := v.find(".rename textarea").MustProperty("value").Str(); got != "x" {
		t.Errorf("of what was written is left %q", got)
	}
}

// A key that has its script asked for says why nothing comes of it; a link leads where it leads all the same.
func TestAWallThatIsNotYetWholeSaysThatCardwallWasUpdated(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.find(".live-pill:empty")
	v.isUpdated("*")
	v.hit('j')
	v.find(".live-pill", "^Cardwall was updated\\. Reload$")
	v.loading(func() { v.click(".card a", "^b$") })
	v.find("main h1", "^b$")
}

// What didn't come for another reason is asked for again by the next thing.
func TestAWallWhoseScriptDidntComeOnceGoesOn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	bob := s.joined(t, "Bob", w)
	v := s.at(t, ada, w.page())
	renewed := v.isUpdated("gather-*")
	done := v.asksForItsScripts()
	must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	done()
	renewed.Store(true)
	must(bob.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	v.becomes("To do: ", "Doing: a", "Done: b")
	v.find(".live-pill:empty")
}
