package e2e_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// isUpdated has Cardwall be updated behind a wall that stands open: all scripts of its page are gone by then. A page that is loaded from then
// on has all it needs.
func (v *visitor) isUpdated(w wall) {
	v.t.Helper()
	v.page.MustEval(`() => { window.isOld = true }`)
	var renewed atomic.Bool
	router := v.page.HijackRequests()
	v.do(router.Add("*/assets/*", "", func(asked *rod.Hijack) {
		if renewed.Load() {
			goesThrough(asked)
			return
		}
		asked.Response.SetBody("").Payload().ResponseCode = http.StatusNotFound
	}))
	v.do(router.Add("*"+w.page(), proto.NetworkResourceTypeDocument, func(asked *rod.Hijack) {
		renewed.Store(true)
		goesThrough(asked)
	}))
	go router.Run()
	v.t.Cleanup(func() { _ = router.Stop() })
}

func (v *visitor) isOld() bool {
	v.t.Helper()
	return v.page.MustEval(`() => window.isOld === true`).Bool()
}

// A wall that nobody touches goes on after a deployment: what draws others' changes is gone, so that the page is loaded anew.
func TestAWallGoesOnAfterADeployment(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	bob := s.joined(t, "Bob", w)
	v := s.at(t, ada, w.page())
	v.card("b").MustElement("a").MustFocus()
	v.isUpdated(w)
	v.loading(func() {
		must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	})
	v.becomes("To do: b c", "Doing: a", "Done: ")
	v.wantOn("b")
	v.page.MustEval(`() => { window.isSame = true }`)
	must(bob.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	v.becomes("To do: b", "Doing: a", "Done: c")
	if !v.page.MustEval(`() => window.isSame === true`).Bool() {
		t.Error("it was loaded once more")
	}
}

// Where somebody has something in hand, the page says it and stays, until they want it anew. What they wrote is kept.
func TestAWallInHandIsToldOfADeployment(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	bob := s.joined(t, "Bob", w)
	v := s.at(t, ada, w.page())
	v.on("b")
	v.hit('e')
	v.hit('x')
	v.isUpdated(w)
	must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	v.find(".live-pill", "^Cardwall was updated\\. Reload$")
	v.wantNoViolations("a wall of before an update", true)
	if got := v.page.MustEval(`() => document.activeElement.value`).Str(); got != "x" || !v.isOld() {
		t.Errorf("what is written there is %q", got)
	}
	v.offline(true)
	v.find(".live-pill", "Offline since")
	v.offline(false)
	v.find(".live-pill", "^Cardwall was updated\\. Reload$")
	v.leaving(func() { v.click(".live-pill a", "Reload") })
	v.becomes("To do: b", "Doing: a", "Done: ")
	v.on("b")
	v.hit('e')
	if got := v.find(".rename textarea").MustProperty("value").Str(); got != "x" {
		t.Errorf("of what was written is left %q", got)
	}
}

// No key is dead because its script is gone: it works on the page that comes, where the focus was.
func TestTheKeysOfAWallAfterADeployment(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.find(".live-pill:empty")
	v.isUpdated(w)
	v.card("b").MustElement("a").MustFocus()
	v.leaving(func() { v.hit('>') })
	v.wantOn("b")
	v.hit('>')
	v.becomes("To do: a", "Doing: b", "Done: ")
}

// A board that was deleted since is no longer there on the page that comes, which says so.
func TestABoardThatIsGoneAfterADeployment(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	bob := s.joined(t, "Bob", w)
	v := s.at(t, bob, w.page())
	v.isUpdated(w)
	v.loading(func() {
		must(ada.RemoveMember(t.Context(), w.ID, must(bob.Me(t.Context()))(t).Id))(t)
	})
	if status := v.status(); status != 404 {
		t.Errorf("the page that comes has the status %d", status)
	}
}
