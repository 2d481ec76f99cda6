package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// drafts are the texts that this tab keeps until they are stored.
func (v *visitor) drafts() string {
	return v.page.MustEval(`() => Object.keys(sessionStorage).filter((k) => k.startsWith("draft:")).map((k) => sessionStorage[k]).join("\n")`).Str()
}

func TestADraftIsKeptUntilItsTextIsStored(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)

	v.open(w.page() + "/cards/1")
	v.click("summary[aria-label='Edit the title']")
	v.fill("#title", "mine")
	if !strings.Contains(v.drafts(), "mine") {
		t.Errorf("what was typed isn't kept: %q", v.drafts())
	}
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("theirs")}))(t)
	v.follow("button", "Save title")
	if !strings.Contains(v.drafts(), "mine") {
		t.Errorf("a stale save lost the draft: %q", v.drafts())
	}
	v.follow("button", "Keep mine")
	if v.drafts() != "" || !v.says("mine") {
		t.Errorf("after it was stored: %q", v.drafts())
	}
}

func TestTextSurvivesAFormThatIsGone(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)

	v.open(w.page() + "/cards/1")
	v.click("summary[aria-label='Edit the title']")
	v.fill("#title", "written meanwhile")
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	v.follow("button", "Save title")
	if got := v.find("#typed").MustText(); v.status() != 409 || got != "written meanwhile" {
		t.Errorf("archived meanwhile: %d, %q", v.status(), got)
	}

	v.open(w.page())
	v.click(".adder > summary")
	v.fill(".adder textarea", "half a card")
	v.page.Browser().MustSetCookies() // the session is over
	v.follow(".adder button", "Add card")
	if got := v.find("#typed").MustText(); v.status() != 401 || got != "half a card" {
		t.Errorf("signed out meanwhile: %d, %q", v.status(), got)
	}
	v.follow("main a", "Sign in")
	v.signIn(ada.Email)
	if got := v.find(".adder textarea").MustProperty("value").Str(); v.path() != w.page() || got != "half a card" {
		t.Errorf("back at %s with %q", v.path(), got)
	}
	v.signOut()
	if v.drafts() != "" {
		t.Errorf("the next person in this tab would read %q", v.drafts())
	}
}

func TestEnterHeldDownAddsOneCard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)
	v.open(w.page())
	v.click(".adder > summary")
	v.fill(".adder textarea", "once")
	v.leaving(func() { v.hit(input.Enter, input.Enter, input.Enter) })
	if got := len(v.page.MustElements(".card")); got != 3 {
		t.Errorf("%d cards: %q", got, v.order())
	}
}

func TestWhatIsTypedOnBelongsToTheNextCard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)
	v.open(w.page())
	v.click(".adder > summary")
	v.fill(".adder textarea", "first")

	form := v.hold("/cards")
	v.leaving(func() {
		v.hit(input.Enter)
		<-form.arrived
		v.do(v.page.InsertText("second"))
		v.hit(input.Enter)
		v.do(v.page.InsertText("third"))
		form.decided <- false
	})
	v.do(form.stop())
	v.wantOrder("To do: a first", "Doing: ", "Done: ")
	if got := v.find(".adder textarea").MustProperty("value").Str(); got != "second\nthird" {
		t.Errorf("the box holds %q", got)
	}

	form = v.hold("/cards")
	v.hit(input.Enter)
	<-form.arrived
	v.do(v.page.InsertText("fourth"))
	form.decided <- true
	form.failed()
	v.do(form.stop())
	v.open(w.page())
	if got := v.find(".adder textarea").MustProperty("value").Str(); got != "second\nthird\nfourth" {
		t.Errorf("after a form that never arrived the box holds %q", got)
	}
}

// held is a form that is stopped on its way to the server, until it is let go or lost.
type held struct {
	arrived <-chan struct{}
	decided chan<- bool
	failed  func()       // waits until the page knows that it got nowhere
	stop    func() error // looking out for forms
}

// hold stops the next form that is sent to a path that ends so.
func (v *visitor) hold(ending string) held {
	v.t.Helper()
	arrived, decided := make(chan struct{}), make(chan bool, 1)
	failed := v.page.Timeout(patience).EachEvent(func(*proto.NetworkLoadingFailed) bool { return true })
	router := v.page.HijackRequests()
	v.do(router.Add("*"+ending, proto.NetworkResourceTypeDocument, func(form *rod.Hijack) {
		close(arrived)
		if isLost := <-decided; isLost {
			form.Response.Fail(proto.NetworkErrorReasonConnectionFailed)
		} else {
			form.ContinueRequest(&proto.FetchContinueRequest{})
		}
	}))
	go router.Run()
	return held{arrived: arrived, decided: decided, failed: failed, stop: router.Stop}
}
