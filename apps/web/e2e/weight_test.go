package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// scripts are the bodies of all scripts that a page has loaded, in compressed bytes, and their names.
func (v *visitor) scripts() (bytes int, names string) {
	v.t.Helper()
	loaded := v.page.MustEval(`() => {
		const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"))
		return { bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), names: scripts.map(({ name }) => name.split("/").at(-1)).join() }
	}`)
	return loaded.Get("bytes").Int(), loaded.Get("names").Str()
}

// A wall is opened, and a card dragged on it, with few scripts: the rest comes when somebody begins to do more.
func TestAWallTakesFewScripts(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.drag("a", v.column(1), 0, "To do: b", "Doing: a", "Done: ")
	v.find(".toast", "Moved to Doing")
	const most = 17_000 // of the 60 KB that a wall may weigh
	if bytes, names := v.scripts(); bytes == 0 || bytes > most || strings.Contains(names, "rest") {
		t.Errorf("%d bytes: %s", bytes, names)
	}
	v.whole()
	if bytes, names := v.scripts(); bytes > 40_000 || !strings.Contains(names, "rest") {
		t.Errorf("once it is whole, %d bytes: %s", bytes, names)
	}
	v.page.MustElement("main")
}

// What somebody does before the rest is there is done when it has come, in the order in which they did it.
func TestWhatIsDoneBeforeAWallIsWhole(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	folded := must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Folded"}))(t)
	v := s.visitor(t)
	v.borrow(ada)
	come := v.holdRest()
	bare := func() {
		t.Helper()
		v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	}

	bare()
	v.card("a").MustElement("a").MustFocus()
	v.hit('j', '>')
	come()
	eventually(t, "both keys are heard", func() bool { return v.order()[1] == "Doing: b" })
	ada.wantStored(t, w, "a c", "b", "", "")
	bare()
	v.on("b")
	v.hit('e', 'x', 'y', input.Enter, '<')
	come()
	ada.wantStored(t, w, "a c xy", "", "", "")
	v.becomes("To do: a c xy", "Doing: ", "Done: ", "Folded: ")
	v.do(ada.CollapseColumn(t.Context(), w.ID, folded.Id))

	for name, c := range map[string]struct {
		act  func()
		seen string
	}{
		"a card":              {func() { v.click(".card a", "^a$") }, "dialog[open] h1"},
		"a menu":              {func() { v.press(v.card("c").MustElement(".more")) }, ".card > .menu"},
		"a name":              {func() { v.click("h2 a", "^Done$") }, ".retitle"},
		"a box":               {func() { v.press(v.column(2).MustElement(".adds")) }, ".adder[open]"},
		"a star":              {func() { v.click(".app-bar .star") }, ".app-bar .star[aria-pressed=true]"},
		"an undo":             {func() { v.click(".switcher summary"); v.click(".switcher button", "^\\s*Undo") }, ".toast"},
		"a redo, by its keys": {func() { v.on("a"); v.chord('Z', input.ControlLeft, input.ShiftLeft) }, ".toast"},
		"a card, by its key":  {func() { v.card("c").MustElement("a").MustFocus(); v.hit('m') }, "dialog[open] h1"},
		"a choice": {func() {
			v.do(v.page.Keyboard.Press(input.ControlLeft))
			v.press(v.card("c"))
			v.do(v.page.Keyboard.Release(input.ControlLeft))
		}, ".selection:not([hidden])"},
		"the story":          {func() { v.click(".app-bar [data-key=ga]") }, "dialog[open] .story"},
		"a card, by Forward": {func() { v.page.MustEval(`() => history.forward()`) }, "dialog[open] h1"},
		"a folded column":    {func() { v.click(".strip button", "Folded") }, "#column-" + folded.Id.String() + ":not(.is-folded)"},
	} {
		bare()
		if strings.HasSuffix(name, "Forward") {
			v.click(".card a", "^c$")
			come()
			v.find("dialog[open] h1")
			v.page.MustEval(`() => history.back()`)
			v.gone("dialog[open]")
			v.loading(func() { v.do(proto.PageReload{}.Call(v.page)) })
		}
		v.page.MustEval(`() => { window.isBare = true }`)
		c.act()
		if v.page.MustHas(c.seen) {
			t.Errorf("%s is there before its script", name)
		}
		come()
		v.find(c.seen)
		if !v.page.MustEval(`() => window.isBare === true`).Bool() {
			t.Errorf("%s wasn't held: the page was loaded again", name)
		}
		if v.page.MustHas("dialog[open]") {
			v.page.MustEval(`() => history.back()`)
		}
	}
}

// Should the rest not come, links and buttons are what they are without scripts.
func TestAWallWhoseRestNeverComes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkSetBlockedURLs{Urls: []string{"*/board-rest-*"}}.Call(v.page))
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.loading(func() { v.press(v.card("a").MustElement(".more")) })
	v.loading(func() { v.click(".card > .menu a", "Move to") })
	v.find("h1", "Move “a”")
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.loading(func() { v.click(".card a", "^b$") })
	v.find("main h1", "^b$")
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.loading(func() { v.click(".app-bar .star") })
	v.find(".app-bar .star[aria-pressed=true]")
}

// It is asked for again by whatever is done next: no key is dead because the network was away for a moment.
func TestARestThatComesTheSecondTime(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, "/boards").tab()
	v.do(proto.NetworkSetCacheDisabled{CacheDisabled: true}.Call(v.page))
	asked := 0 // one after another
	router := v.page.HijackRequests()
	v.do(router.Add("*/board-rest-*", "", func(script *rod.Hijack) {
		if asked++; asked == 1 {
			script.Response.Fail(proto.NetworkErrorReasonConnectionReset)
			return
		}
		goOn(script)
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
	v.drag("a", v.column(1), 0, "To do: b", "Doing: a", "Done: ")
	gone := v.page.Timeout(patience).EachEvent(func(*proto.NetworkLoadingFailed) bool { return true })
	v.chord('z', input.ControlLeft)
	gone()
	v.page.MustEval(`() => new Promise((then) => setTimeout(then))`)
	v.answers("/undo", 200, func() { v.chord('z', input.ControlLeft) })
	v.becomes("To do: a b", "Doing: ", "Done: ")
}

// Nobody has to press anything: who comes near the cards that aren't drawn yet, or into a field, has the rest come.
func TestARestThatComesByItself(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.long(t, 60)
	v := s.visitor(t)
	v.borrow(ada)
	bare := func() {
		t.Helper()
		v.loading(func() { v.do(v.page.Navigate(v.url + w.page())) })
		if v.page.MustHas("[data-whole]") {
			t.Error("the rest is there at once")
		}
	}
	bare()
	v.column(0).MustEval(`() => { this.scrollTop = this.scrollHeight }`)
	v.find("[data-whole]")
	bare()
	v.click("#filter-line")
	v.find("[data-whole]")
}

// holdRest keeps back the rest of a wall's scripts; what it returns lets them come.
func (v *visitor) holdRest() func() {
	v.t.Helper()
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkSetCacheDisabled{CacheDisabled: true}.Call(v.page))
	comes := make(chan struct{}, 1)
	router := v.page.HijackRequests()
	v.do(router.Add("*/board-rest-*", proto.NetworkResourceTypeScript, func(script *rod.Hijack) {
		<-comes
		goOn(script)
	}))
	go router.Run()
	v.t.Cleanup(func() { _ = router.Stop() })
	return func() { comes <- struct{}{} }
}
