package e2e_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// drafts are the texts that this browser keeps until they are stored.
func (v *visitor) drafts() string {
	return v.page.MustEval(`() => Object.keys(localStorage).filter((k) => k.startsWith("draft:")).map((k) => localStorage[k]).join("\n")`).Str()
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
	v.find("h1", "^You yourself saved this card while you were writing$")
	if v.find("h2#theirs", "^Yours, saved elsewhere$"); v.says("Theirs") || v.says("both of you") {
		t.Errorf("it speaks of somebody else: %s", v.text())
	}
	v.follow("button", "Keep what I wrote here")
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

	v.deaf() // or it can't be sent any more
	v.open(w.page() + "/cards/1")
	v.click("summary[aria-label='Edit the title']")
	v.fill("#title", "written meanwhile")
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	v.follow("button", "Save title")
	if got := v.find("#typed").MustText(); v.status() != 409 || got != "written meanwhile" {
		t.Errorf("archived meanwhile: %d, %q", v.status(), got)
	}

	v.open(w.page())
	v.click(".adds")
	v.fill(".adder textarea", "half a card")
	v.page.Browser().MustSetCookies() // the session is over
	v.click(".adder button", "Add card")
	v.find(".toast", "You are signed out")
	v.reload()
	v.signIn(ada.Email)
	v.click(".adds", "half a card")
	if got := v.find(".adder textarea").MustProperty("value").Str(); v.path() != w.page() || got != "half a card" {
		t.Errorf("back at %s with %q", v.path(), got)
	}
	v.signOut()
	if v.drafts() != "" {
		t.Errorf("the next person in this tab would read %q", v.drafts())
	}
}

// tab opens another tab of the same browser.
func (v *visitor) tab() *visitor {
	v.t.Helper()
	page := must(v.page.Browser().Page(proto.TargetCreateTarget{}))(v.t).Context(v.page.GetContext())
	other := &visitor{t: v.t, url: v.url, page: page.WithPanic(func(fault any) { v.t.Helper(); v.t.Fatal(fault) })}
	other.listen()
	other.resize(1280, 800)
	v.do(proto.EmulationSetFocusEmulationEnabled{Enabled: true}.Call(page))
	return other
}

// duplicate opens the page once more in a tab that begins with what this one keeps, as browsers' "Duplicate" does.
func (v *visitor) duplicate() *visitor {
	v.t.Helper()
	opened := v.page.WaitOpen()
	must(v.page.Evaluate(rod.Eval(`() => { window.open(location.href) }`).ByUser()))(v.t)
	page := must(opened())(v.t).Context(v.page.GetContext())
	other := &visitor{t: v.t, url: v.url, page: page.WithPanic(func(fault any) { v.t.Helper(); v.t.Fatal(fault) })}
	other.listen()
	other.resize(1280, 800)
	v.do(proto.EmulationSetFocusEmulationEnabled{Enabled: true}.Call(page))
	return other
}

// expire ends the session as time does.
func (v *visitor) expire() { v.page.Browser().MustSetCookies() }

// wantTyped looks into the description's field.
func (v *visitor) wantTyped(want string) {
	v.t.Helper()
	if got := v.find("#description").MustProperty("value").Str(); got != want {
		v.t.Errorf("the field holds %q, want %q", got, want)
	}
}

func TestADraftOutlivesItsTabAndItsSignIn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.wall(t, "Garden", "a")
	s.join(t, w, grace)
	ada.edited(t, w, "1", "Stored")
	card := w.page() + "/cards/1"
	v := s.at(t, ada, card)
	v.click("#edit-description > summary")
	v.fill("#description", "Ada's secret thoughts")
	again := v.tab()
	v.do(v.page.Close())

	// Somebody else at the same browser sees nothing of it, and leaves it alone.
	again.expire()
	again.borrow(grace)
	again.open(card)
	again.find("#edit-description:not([open])")
	again.wantTyped("Stored")
	again.click("#edit-description > summary")
	again.fill("#description", "Grace's own")
	again.open(w.page())
	if strings.Contains(again.find("body").MustHTML(), "secret") {
		t.Error("Grace is shown what Ada wrote")
	}
	again.signOut()
	if kept := again.drafts(); strings.Contains(kept, "Grace") || !strings.Contains(kept, "secret") {
		t.Errorf("after Grace signed out, kept is %q", kept)
	}

	again.borrow(ada)
	again.open(card)
	again.find("#edit-description:not([open])")
	again.find("[data-offer]", "You were writing the description on .* It isn’t stored yet")
	again.click("[data-offer] button", "Restore")
	again.find("#edit-description[open]")
	again.wantTyped("Ada's secret thoughts")
	again.follow("button", "Save description")
	again.find(".prose", "secret thoughts")
	if kept := again.drafts(); kept != "" {
		t.Errorf("stored, and still kept: %q", kept)
	}
}

func TestADraftOfATextThatHasChangedIsOffered(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.wall(t, "Garden", "a")
	s.join(t, w, grace)
	ada.edited(t, w, "1", "Stored")
	v := s.at(t, ada, w.page()+"/cards/1")
	v.click("#edit-description > summary")
	v.fill("#description", "Mine")
	grace.edited(t, w, "1", "Theirs")
	for range 2 { // it is offered until it is answered, whatever is written beside it
		v.reload()
		v.find("[data-offer]", "You were writing the description on .* What is stored has changed since")
		v.wantTyped("Theirs")
	}
	v.wantNoViolations("a draft that is offered", true)
	v.click("#edit-description > summary")
	v.fill("#description", "Something else")
	v.reload()
	v.click("[data-offer]:nth-child(2)")
	v.click("[data-offer]:first-child button", "Restore")
	v.wantFocus("#description")
	v.wantTyped("Mine")
	v.follow("button", "Save description")
	v.find("h1", "Grace saved this card")
	v.find("section:has(#mine) ins", "Mine")
	v.open(w.page() + "/cards/1")
	for range 2 {
		v.click("[data-offer] button", "Discard")
	}
	v.wantFocus("#edit-description > summary")
	v.wantTyped("Theirs")
	if kept := v.drafts(); kept != "" {
		t.Errorf("discarded, and still kept: %q", kept)
	}
}

func TestSigningOutForgetsTheDraftsOfAllTabs(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)
	v.open(w.page() + "/cards/1")
	other := v.tab()
	other.open(w.page() + "/cards/2")
	other.click("#edit-description > summary")
	other.fill("#description", "of the other tab")
	if !strings.Contains(v.drafts(), "of the other tab") {
		t.Fatalf("kept is %q", v.drafts())
	}
	v.signOut()
	other.fill("#description", "typed on after that")
	if kept := v.drafts(); kept != "" {
		t.Errorf("the next person could read %q", kept)
	}
}

// A deletion that is refused takes nothing.
func TestDeletingTheAccountForgetsItsDraftsInAllTabs(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)
	v.open("/account/delete")
	who := v.page.MustEval(`() => (localStorage.setItem("recent:" + document.body.dataset.person, "[]"), document.body.dataset.person)`).Str()
	other := v.tab()
	other.open(w.page() + "/cards/1")
	other.click("#edit-description > summary")
	other.fill("#description", "of the other tab")
	v.fill("#words", "delete my account")
	v.fill("#password", "something else")
	v.follow("main button", "Delete my account")
	if !strings.Contains(v.drafts(), "of the other tab") {
		t.Errorf("a refused deletion leaves %q", v.drafts())
	}
	v.fill("#password", password)
	v.follow("main button", "Delete my account")
	v.find("h1", "Your account is deleted")
	other.fill("#description", "typed on after that")
	if kept := v.page.MustEval(`(who) => Object.keys(localStorage).filter((key) => key.includes(who)).join()`, who).Str(); kept != "" {
		t.Errorf("the next person could read %q", kept)
	}
	if kept := v.page.MustEval(`() => sessionStorage.length`).Int(); kept != 0 {
		t.Errorf("the tab keeps %d things", kept)
	}
}

// kept counts what this browser keeps of texts that aren't stored.
func (v *visitor) kept() int { return len(strings.Fields(strings.ReplaceAll(v.drafts(), " ", ""))) }

// What two tabs write at the same card is kept apart, and offered on the page that comes after them.
func TestTwoTabsKeepATextEach(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	card := w.page() + "/cards/1"
	one := s.at(t, ada, card)
	two, three := one.tab(), one.tab()
	two.open(card)
	for _, v := range []*visitor{one, two} {
		v.click("#edit-description > summary")
	}
	one.fill("#description", "first")
	two.fill("#description", "second")
	one.fill("#description", "first, and more")
	two.fill("#description", "second, and more")
	for _, text := range []string{"first, and more", "second, and more"} {
		if !strings.Contains(one.drafts(), text) {
			t.Errorf("%q is lost; kept is %s", text, one.drafts())
		}
	}
	if n := one.kept(); n != 2 {
		t.Errorf("%d texts are kept: %s", n, one.drafts())
	}
	one.do(one.page.Close())
	two.do(two.page.Close())
	three.open(card)
	three.find("[data-offer]:nth-child(2)")
	three.click("[data-offer] button", "Restore")
	three.follow("button", "Save description")
	three.find(".prose", ", and more")
	three.find("[data-offer]:only-child", "What is stored has changed since")
	three.click("[data-offer] button", "Discard")
	if three.kept() != 0 {
		t.Errorf("kept is %s", three.drafts())
	}
}

// Two texts that are offered are told apart: by how they begin to differ from what is stored, and where they are the same so far
// by when they were written.
func TestTwoOffersOfDraftsAreToldApart(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	ada.edited(t, w, "1", "Dig the beds")
	card := w.page() + "/cards/1"
	one := s.at(t, ada, card)
	same := strings.Repeat("and as deep as the spade goes ", 3)
	last := one.tab()
	for _, text := range []string{"Dig the borders", "Dig the beds, " + same + "once", "Dig the beds, " + same + "twice", "Dig the"} {
		tab := one.tab()
		tab.open(card)
		tab.click("#edit-description > summary")
		tab.fill("#description", text)
		tab.do(tab.page.Close())
	}
	last.open(card)
	last.find("[data-offer]:nth-child(4)")
	var told []string
	for _, words := range last.page.MustElements("[data-offer] > :first-child") {
		told = append(told, words.MustText())
	}
	slices.Sort(told)
	all := strings.Join(told, "\n")
	if len(slices.Compact(told)) != 4 || len(contains(all, "“…borders”", "“…beds, and as deep as the spade goes and…”", "“Dig the”", "It isn’t stored yet")) != 4 {
		t.Errorf("they read\n%s", all)
	}
}

// So is what they begin to make; what is made in one comes between nothing of the other's.
func TestTwoTabsKeepACardEach(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	one := s.at(t, ada, w.page())
	two := one.tab()
	two.open(w.page())
	for _, v := range []*visitor{one, two} {
		v.click(".adds")
	}
	one.fill(".adder textarea", "half a card")
	two.fill(".adder textarea", "another half")
	one.fill(".adder textarea", "b")
	one.hit(input.Enter)
	ada.wantStored(t, w, "a b", "", "")
	if kept := one.drafts(); !strings.Contains(kept, "another half") || one.kept() != 1 {
		t.Errorf("kept is %s", kept)
	}
	two.do(two.page.Close())
	one.reload()
	one.click(".adds", "another half")
	one.hit(input.Enter)
	ada.wantStored(t, w, "a b another half", "", "")
}

// A tab that is duplicated begins with a copy of what the first one keeps, its name too.
func TestADuplicatedTabIsAnother(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	card := w.page() + "/cards/1"
	one := s.at(t, ada, card)
	name := func(v *visitor) string { return v.page.MustEval(`() => sessionStorage.getItem("tab")`).Str() }
	first := name(one)
	if one.reload(); name(one) != first {
		t.Errorf("loaded again it is called %s, not %s", name(one), first)
	}
	if one.open(w.page()); name(one) != first {
		t.Errorf("on another page it is called %s, not %s", name(one), first)
	}
	one.open(card)
	one.click("#edit-description > summary")
	one.fill("#description", "first")
	two := one.duplicate()
	two.find("#edit-description")
	eventually(t, "it has a name of its own", func() bool { return name(two) != first })
	two.wantTyped("")
	two.click("#edit-description > summary")
	two.fill("#description", "second")
	one.fill("#description", "first, and more")
	two.fill("#description", "second, and more")
	if kept := one.drafts(); one.kept() != 2 || !strings.Contains(kept, "first, and more") || !strings.Contains(kept, "second, and more") {
		t.Errorf("kept is %s", kept)
	}
	if one.reload(); name(one) != first {
		t.Error("the first is called otherwise")
	}
}

func TestDraftsHaveAnAgeAndASize(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.at(t, ada, "/boards")
	v.page.MustEval(`(day) => {
		const keep = (person, name, days, text) => localStorage.setItem("draft:" + person + ":" + name, JSON.stringify({ text, at: Date.now() - days * day }));
		const me = document.body.dataset.person;
		keep(me, "of today", 0, "today");
		keep(me, "of last week", 7, "week" + "x".repeat(300_000));
		keep(me, "of weeks ago", 21, "weeks" + "x".repeat(300_000));
		keep(me, "old", 30.1, "month");
		keep("somebody else", "old", 30.1, "others");
		keep("somebody else", "new", 29.9, "spared");
		localStorage.setItem("draft:odd", "{");
	}`, 24*time.Hour.Milliseconds())
	v.reload()
	for text, kept := range map[string]bool{"today": true, "weekx": true, "weeksx": false, "month": false, "others": false, "spared": true, "{\n": false} {
		if strings.Contains(v.drafts(), text) != kept {
			t.Errorf("%q is kept: %t", text, !kept)
		}
	}
}
