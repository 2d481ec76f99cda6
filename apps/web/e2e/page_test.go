package e2e_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// visitor is somebody with a browser, on one page of it. Whatever the page complains about (an error in the
// console, a broken promise of its content security policy) fails the test.
type visitor struct {
	t     *testing.T
	url   string
	page  *rod.Page
	plain bool // JavaScript is off
}

// at opens a page in a browser, as somebody who is signed in.
func (s *stack) at(t *testing.T, who *person, page string) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.borrow(who)
	v.open(page)
	return v
}

// visitor opens a browser of one's own, with nothing in it.
func (s *stack) visitor(t *testing.T) *visitor {
	t.Helper()
	own := must(chromium.open(t).Incognito())(t).NoDefaultDevice()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // pictures of many pages, on a slow machine
	t.Cleanup(cancel)
	page := must(own.Page(proto.TargetCreateTarget{}))(t).Context(ctx)
	t.Cleanup(func() { _ = own.Close() })
	v := &visitor{t: t, url: s.URL, page: page.WithPanic(func(fault any) { t.Helper(); t.Fatal(fault) })}
	v.listen()
	v.resize(1280, 800)
	v.do(proto.EmulationSetFocusEmulationEnabled{Enabled: true}.Call(page))
	return v
}

func (v *visitor) do(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

// listen gathers complaints until the page is closed. That a page or a request was refused is no complaint:
// tests ask for such.
func (v *visitor) listen() {
	var mu sync.Mutex
	var complaints []string
	complain := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		complaints = append(complaints, fmt.Sprintf(format, args...))
	}
	wait := v.page.EachEvent(
		func(e *proto.RuntimeConsoleAPICalled) {
			if e.Type == proto.RuntimeConsoleAPICalledTypeError || e.Type == proto.RuntimeConsoleAPICalledTypeWarning {
				complain("console: %v", e.Args)
			}
		},
		func(e *proto.RuntimeExceptionThrown) {
			what := e.ExceptionDetails.Text // a browser's own has nothing more
			if thrown := e.ExceptionDetails.Exception; thrown != nil {
				what = thrown.Description
			}
			complain("exception: %s (%s:%d)", what, e.ExceptionDetails.URL, e.ExceptionDetails.LineNumber)
		},
		func(e *proto.LogEntryAdded) {
			if e.Entry.Source != proto.LogLogEntrySourceNetwork && e.Entry.Level != proto.LogLogEntryLevelInfo && e.Entry.Level != proto.LogLogEntryLevelVerbose {
				complain("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
			}
		},
	)
	go wait()
	v.t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, one := range complaints {
			v.t.Errorf("the page complains: %s", one)
		}
	})
}

// resize sets the window; a narrow one is a phone's, touched with a finger.
func (v *visitor) resize(width, height int) {
	v.t.Helper()
	phone := width < 500
	v.do(v.page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: phone}))
	v.do(proto.EmulationSetTouchEmulationEnabled{Enabled: phone}.Call(v.page))
}

// prefer sets what the system tells the browser: "light" or "dark".
func (v *visitor) prefer(scheme string) {
	v.t.Helper()
	v.do(proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}.Call(v.page))
}

// script turns JavaScript on or off.
func (v *visitor) script(on bool) {
	v.t.Helper()
	v.do(proto.EmulationSetScriptExecutionDisabled{Value: !on}.Call(v.page))
	v.plain = !on
}

// open goes to a page of web.
func (v *visitor) open(path string) {
	v.t.Helper()
	v.leaving(func() { v.do(v.page.Navigate(v.url + path)) })
}

func (v *visitor) reload() {
	v.t.Helper()
	v.leaving(func() { v.do(proto.PageReload{}.Call(v.page)) })
}

// leaving does what leads to a page, and waits until that is loaded, with all that a wall can do.
func (v *visitor) leaving(act func()) {
	v.t.Helper()
	v.loading(act)
	v.whole()
}

func (v *visitor) loading(act func()) {
	v.t.Helper()
	loaded := v.page.WaitNavigation(proto.PageLifecycleEventNameLoad)
	act()
	loaded()
}

// holdBack keeps back what the page asks for at an address until let is called. What becomes of that, and of what is asked for later, then says.
func (v *visitor) holdBack(to string, then func(*rod.Hijack)) (let func()) {
	v.t.Helper()
	goes := make(chan struct{})
	let = sync.OnceFunc(func() { close(goes) })
	router := v.page.HijackRequests()
	v.do(router.Add(to, "", func(asked *rod.Hijack) {
		<-goes
		then(asked)
	}))
	go router.Run()
	v.t.Cleanup(func() {
		let()
		_ = router.Stop()
	})
	return let
}

// goOn has what was held back go where it was going.
func goOn(asked *rod.Hijack) { asked.ContinueRequest(&proto.FetchContinueRequest{}) }

// whole has a wall load what it does when somebody begins to do something on it.
func (v *visitor) whole() {
	v.t.Helper()
	if v.plain {
		return
	}
	eventually(v.t, "the wall is whole", func() bool {
		whole, err := v.page.Eval(`() => {
			const wall = document.querySelector("[data-board]")
			wall?.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift", bubbles: true }))
			return !wall || "whole" in wall.dataset
		}`)
		return err == nil && whole.Value.Bool()
	})
}

// find waits for an element: a CSS selector, and if need be a pattern of its text.
func (v *visitor) find(selector string, text ...string) *rod.Element {
	v.t.Helper()
	page := v.page.Timeout(patience)
	var found *rod.Element
	var err error
	if len(text) == 0 {
		found, err = page.Element(selector)
	} else {
		found, err = page.ElementR(selector, text[0])
	}
	if err != nil {
		v.t.Fatalf("%s %q isn't on %s: %v\n%.600s", selector, text, v.path(), err, v.text())
	}
	return found.CancelTimeout()
}

// text is what the page shows.
func (v *visitor) text() string { return v.page.MustElement("body").MustText() }

// path is the page's own, without what follows a "?" or "#".
func (v *visitor) path() string {
	path := strings.TrimPrefix(v.page.MustInfo().URL, v.url)
	return path[:strings.IndexAny(path+"?", "?#")]
}

// status is what the page was answered with.
func (v *visitor) status() int {
	return v.page.MustEval(`() => performance.getEntriesByType("navigation")[0].responseStatus`).Int()
}

// says reports whether the page shows a text.
func (v *visitor) says(text string) bool { return strings.Contains(v.text(), text) }

// signUp makes an account by the form.
func (v *visitor) signUp(name, email string) {
	v.t.Helper()
	v.open("/")
	v.follow("a", "Create an account")
	v.fill("#name", name)
	v.fill("#email", email)
	v.fill("#password", password)
	v.follow("button", "Create account")
}

func (v *visitor) signIn(email string) {
	v.t.Helper()
	v.fill("#email", email)
	v.fill("#password", password)
	v.follow("form button", "Sign in")
}

func (v *visitor) signOut() {
	v.t.Helper()
	v.click(".app-bar > details:last-child > summary")
	v.follow(".app-bar button", "Sign out")
}
