package e2e_test

import (
	"fmt"
	"testing"

	"cardwall/packages/kanbanapi"
)

// edited has somebody save a card's description again and again.
func (p *person) edited(t *testing.T, w wall, card string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		now := must(p.Card(t.Context(), w.ID, card))(t)
		must(p.UpdateCard(t.Context(), w.ID, card, now.Version, kanbanapi.CardPatch{Description: &text}))(t)
	}
}

func TestAVersionIsReadAndBroughtBackOverTheBoard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	ada.edited(t, w, "1", "Beans and peas", "Beans and corn")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 3, kanbanapi.CardPatch{Title: ref("renamed")}))(t)
	v := s.at(t, ada, w.page())

	v.click(".card a", "^renamed$")
	v.click("dialog a", "^History$")
	v.find("dialog h1", "History of #1")
	v.wantFocus("dialog h1")
	v.find("dialog #version-3")
	v.find("dialog .is-changed del", "peas")
	v.find("dialog .is-changed ins", "corn")
	if v.path() != w.page()+"/cards/1/history" {
		t.Errorf("the address is %s", v.path())
	}
	v.click("dialog [name=restore][value='2']")
	v.find("dialog .notice", "Version 2 is back")
	v.find("dialog h1", "^a$")
	if now := must(ada.Card(t.Context(), w.ID, "1"))(t); now.Title != "a" || now.Description != "Beans and peas" || now.Version != 5 {
		t.Errorf("the card is %+v", now)
	}
	v.click("dialog .notice a", "in the history")
	v.find("dialog #version-5")
	v.page.MustEval(`() => history.back()`)
	v.find("dialog h1", "^a$")
	v.click("dialog [aria-label=Close]")
	v.find(".card a", "^a$")
}

func TestAVersionIsReadAndBroughtBackWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	texts := make([]string, 24)
	for i := range texts {
		texts[i] = fmt.Sprint("Text ", i+2)
	}
	ada.edited(t, w, "1", texts...)
	v := s.visitor(t)
	v.script(false)
	v.borrow(ada)
	v.open(w.page() + "/cards/1")
	v.follow("a", "^History$")
	v.find("#version-25")
	v.follow("a", "Older versions")
	v.find("#version-5")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 25, kanbanapi.CardPatch{Title: ref("b")}))(t)
	v.follow("[name=restore][value='2']")
	if v.status() != 412 || !v.says("nothing was brought back") {
		t.Errorf("over what nobody saw: %d", v.status())
	}
	v.find(".is-changed ins, del", "a")
	v.follow("a", "Older versions")
	v.follow("[name=restore][value='2']")
	v.find(".notice", "Version 2 is back")
	if now := must(ada.Card(t.Context(), w.ID, "1"))(t); now.Title != "a" || now.Description != "Text 2" {
		t.Errorf("the card is %+v", now)
	}
}
