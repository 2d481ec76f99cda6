package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// chores is a card's description with two boxes.
const chores = "Before #2:\n\n- [ ] Rake\n- [ ] Hoe\n"

// withChores puts up a wall whose card a has boxes, and opens it.
func (v *visitor) withChores(ada *person) wall {
	v.t.Helper()
	w := ada.wall(v.t, "Garden", "a", "b")
	text := chores
	must(ada.UpdateCard(v.t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Description: &text}))(v.t)
	v.borrow(ada)
	v.open(w.page())
	return w
}

// wantFocus waits until the focus is on what a selector names.
func (v *visitor) wantFocus(selector string) {
	v.t.Helper()
	eventually(v.t, "focus on "+selector+", it is on "+v.focus(), func() bool {
		return v.page.MustEval(`(selector) => document.activeElement.matches(selector)`, selector).Bool()
	})
}

func TestACardOverItsBoardByMouse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.visitor(t)
	w := v.withChores(ada)
	at := w.page() + "/cards/1"
	card := func() kanbanapi.Card { return must(ada.Card(t.Context(), w.ID, "1"))(t) }

	v.click(".card a", "^a$")
	v.find("dialog h1", "^a$")
	v.wantFocus("dialog h1")
	if v.path() != at {
		t.Errorf("the address is %s", v.path())
	}
	// Title and description at once are no conflict with oneself; what somebody else saves is one.
	v.click("dialog #edit-description > summary")
	v.fill("#description", chores+"\n")
	v.click("dialog h1")
	v.fill("#title", "a a")
	v.click("dialog button", "Save title")
	v.find("dialog h1", "^a a$")
	v.find("dialog #edit-description[open]")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 3, kanbanapi.CardPatch{Description: ref("Theirs")}))(t)
	v.click("dialog button", "Save description")
	v.find("dialog h1", "You yourself saved this card")
	v.click("dialog button", "Keep what I wrote here")
	v.find("dialog h1", "^a a$")
	v.click("dialog #edit-description > summary")
	v.fill("#description", chores)
	v.click("dialog h1")
	v.fill("#title", "a a a")
	v.click("dialog button", "Save title")
	v.find("dialog h1", "^a a a$")
	v.click("dialog button", "Save description")
	v.find("dialog #edit-description:not([open])")
	if card().Description != chores || card().Title != "a a a" {
		t.Errorf("title and description are %q and %q", card().Title, card().Description)
	}

	// Pressed while the first is under way, the second waits for its version.
	v.find("dialog .tick[aria-label=Hoe]").MustFocus()
	v.page.MustEval(`() => document.querySelectorAll("dialog .tick").forEach((box) => box.click())`)
	v.find("[data-tasks]", "2 of 2 done")
	if got := card().Description; got != strings.ReplaceAll(chores, "[ ]", "[x]") {
		t.Errorf("the text became %q", got)
	}
	v.wantFocus(".tick[aria-label=Hoe]")

	v.click("dialog summary", "Add a date")
	v.find("#due").MustEval(`() => { this.value = "2000-01-02" }`)
	v.click("dialog button", "Save date")
	v.find("dialog .badge.is-late", "days late")

	v.click("#labels > summary")
	v.fill("#label-name", "Weeds")
	v.click("dialog button", "Create label")
	v.find("dialog .meta .labels > .label", "Weeds")
	v.click(".label-list label", "Weeds")
	eventually(t, "the label is off", func() bool {
		return len(card().LabelIds) == 0 && !v.page.MustHas("dialog .meta .labels > .label")
	})
	v.click(".label-list label", "Weeds")
	v.find("dialog .meta .labels > .label", "Weeds")
	v.hit(input.Escape)

	v.click("dialog .meta summary", "To do")
	v.click("dialog .menu-item", "Doing")
	v.find("dialog .meta summary", "Doing")

	v.click("dialog .prose a", "#2")
	v.find("dialog h1", "^b$")
	v.page.MustEval(`() => history.back()`)
	v.find("dialog h1", "^a a a$")
	v.click("dialog [aria-label=Close]")
	v.becomes("To do: b", "Doing: a a a", "Done: ")
	if v.path() != w.page() {
		t.Errorf("closing leads to %s", v.path())
	}

	v.click(".card a", "^b$")
	v.find("dialog h1", "^b$")
	v.reload()
	if v.path() != w.page()+"/cards/2" || v.page.MustHas("dialog") {
		t.Error("reloaded, it is no page of its own")
	}
	v.leaving(func() { v.page.MustEval(`() => history.back()`) })
	v.wantOrder("To do: b", "Doing: a a a", "Done: ")
}

func TestACardOverItsBoardByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.visitor(t)
	w := v.withChores(ada)
	must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Weeds", Hue: kanbanapi.Green}))(t)
	must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Water", Hue: kanbanapi.Blue}))(t)

	v.find(".card a", "^a$").MustFocus()
	v.hit(input.Enter)
	v.wantFocus("dialog h1")
	v.hit('e')
	v.wantFocus("#title")
	v.do(v.page.InsertText("!"))
	v.hit(input.Enter)
	v.find("dialog h1", "^a!$")

	v.find("dialog h1").MustFocus()
	v.hit('l')
	v.wantFocus("#label-filter")
	v.do(v.page.InsertText("wee"))
	v.hit(input.Enter)
	v.find("dialog .meta .labels > .label", "Weeds")
	v.hit(input.Escape)
	v.wantFocus("#labels > summary")
	v.hit('d')
	v.wantFocus("#due")
	v.hit(input.Escape)

	v.find(".tick[aria-label=Hoe]").MustFocus()
	v.hit(input.Space)
	v.find("[data-tasks]", "1 of 2 done")
	v.wantFocus(".tick[aria-label=Hoe]")

	v.find("#edit-description > summary").MustFocus()
	v.hit(input.Enter)
	v.wantFocus("#description")
	v.do(v.page.InsertText("\nand **more**"))
	v.hit(input.Escape)
	v.wantFocus("#edit-description > summary")
	if !strings.Contains(v.drafts(), "and **more**") || v.path() != w.page()+"/cards/1" {
		t.Errorf("Escape keeps %q at %s", v.drafts(), v.path())
	}
	v.hit(input.Enter)
	v.click("dialog button", "^Preview$")
	v.find("#preview strong", "more")
	v.click("dialog button", "^Write$")
	v.wantFocus("#description")
	v.do(v.page.KeyActions().Press(input.ControlLeft).Type(input.Enter).Do())
	v.find("dialog form.prose strong", "more")
	if v.drafts() != "" {
		t.Errorf("stored, and still kept: %q", v.drafts())
	}

	v.hit(input.Escape)
	v.find(".card a", "^a!$")
	v.wantFocus("#card-1 a")
	if v.path() != w.page() {
		t.Errorf("Escape leads to %s", v.path())
	}

	v.hit(input.Enter)
	v.wantFocus("dialog h1")
	v.tabTo("A.btn ghost danger Delete")
	v.hit(input.Enter)
	v.find("dialog h1", "^Delete")
	v.tabTo("BUTTON.btn danger Delete the card")
	v.hit(input.Enter)
	v.find("dialog h1", "#1 is in the trash")
	v.wantFocus("dialog h1")
	v.hit(input.Escape) // what it was opened from is gone
	v.gone("dialog[open]")
	v.wantFocus("main")
}

func TestACardsPageWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.visitor(t)
	v.script(false)
	v.withChores(ada)
	v.follow(".card a", "^a$")

	v.follow(".tick[aria-label=Rake]")
	v.find("[data-tasks]", "1 of 2 done")
	v.click("summary", "Edit")
	v.fill("#description", "*Rest*")
	v.follow("button", "^Preview$")
	v.find("#preview em", "Rest")
	v.follow("button", "Save description")
	v.find(".prose em", "Rest")

	v.click("summary", "Add a date")
	v.find("#due").MustEval(`() => { this.value = "2000-01-02" }`)
	v.follow("button", "Save date")
	v.find(".badge.is-late")
	v.click("[data-key=d]")
	v.follow("button", "Clear")
	v.find("summary", "Add a date")

	v.click("#labels > summary")
	v.fill("#label-name", "Weeds")
	v.follow("button", "Create label")
	v.find(".meta .labels > .label", "Weeds")
	v.click("#labels > summary")
	v.click("#labels .label-list label")
	v.follow("button", "Save labels")
	if v.page.MustHas(".meta .labels > .label") {
		t.Error("the label is on still")
	}

	v.click(".meta summary")
	v.follow(".menu-item", "Done")
	v.find(".meta summary", "Done")
	v.follow("a", "Delete")
	v.follow("button", "Delete the card")
	v.find("h1", "#1 is in the trash")
	v.follow("button", "Restore the card")
	v.follow("button", "Archive")
	v.follow("button", "Undo")
	v.wantOrder("To do: b", "Doing: ", "Done: a")
}

func TestAStaleTickShowsBothTexts(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.visitor(t)
	w := v.withChores(ada)
	v.deaf() // or the card would be drawn anew before the box is pressed
	v.reload()
	v.click(".card a", "^a$")
	v.find("dialog .tick")
	text := chores + "- [ ] Sow\n"
	must(ada.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Description: &text}))(t)
	v.click(".tick[aria-label=Hoe]")
	v.find("dialog h1", "You yourself saved this card")
	v.click("dialog button", "Keep what I wrote here")
	v.find("[data-tasks]", "1 of 3 done")
	if got := must(ada.Card(t.Context(), w.ID, "1"))(t).Description; got != strings.Replace(text, "[ ] Hoe", "[x] Hoe", 1) {
		t.Errorf("kept %q", got)
	}
	s.api.stop(t)
	v.click(".tick[aria-label=Rake]")
	v.find("dialog [data-frame]", "Back in a moment")
}

// Percent-encoded it is 300 KB, far more than a browser sends along after its page has gone.
func TestTheLongestTextIsLookedAtAndSavedOverTheBoard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.visitor(t)
	w := v.withChores(ada)
	text := strings.Repeat("ж", 50_000)
	v.click(".card a", "^a$")
	v.click("dialog #edit-description > summary")
	v.find("#description").MustEval(`(text) => { this.value = text; this.dispatchEvent(new Event("input", { bubbles: true })) }`, text)
	v.click("dialog button", "Preview")
	v.find("dialog #preview:not([hidden])", "жжж")
	v.click("dialog button", "Write")
	v.click("dialog button", "Save description")
	v.find("dialog #edit-description:not([open])")
	if got := must(ada.Card(t.Context(), w.ID, "1"))(t).Description; got != text {
		t.Errorf("%d bytes are saved", len(got))
	}
}

func TestACardWithoutTextLeavesRoomForItsMenus(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	for _, name := range []string{"Seeds", "Tools", "Weeds"} {
		must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: name, Hue: kanbanapi.Green}))(t)
	}
	v := s.at(t, ada, w.page())
	v.click(".card a", "^a$")
	v.click("dialog #labels > summary")
	v.find("dialog #labels[open] button", "Create label")
	if v.page.MustEval(`() => document.querySelector("dialog").scrollHeight > document.querySelector("dialog").clientHeight`).Bool() {
		t.Error("the menu of labels is cut off at the dialog's foot")
	}
}
