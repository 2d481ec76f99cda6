package e2e_test

import (
	"testing"

	"cardwall/packages/kanbanapi"
)

// A card's history, and the page that moves it, say when somebody changed the card while they are open by themselves, and lead on to that.
func TestPagesAboutACardSayThatItChanged(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := grace.wall(t, "Garden", "a", "b")
	s.joins(t, ada, w, "editor")
	past := s.at(t, ada, w.page()+"/cards/1/history")
	moving := past.tab()
	moving.open(w.page() + "/cards/1/move")
	moving.page.MustEval(`() => { document.querySelector("#place").value = "start"; document.querySelector("#place").focus() }`)

	must(ada.UpdateCard(t.Context(), w.ID, "2", 1, kanbanapi.CardPatch{Title: ref("beans")}))(t) // another card
	must(grace.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("apple")}))(t)
	past.find("[role=status].changed-note p", "^Grace changed this card\\.$")
	moving.find("[role=status].changed-note p", "^Grace changed this card\\.$")
	past.wantNoViolations("a history that isn't the newest", true)
	if got := moving.page.MustEval(`() => document.activeElement.id + " " + document.activeElement.value`).Str(); got != "place start" {
		t.Errorf("what was chosen is %q", got)
	}
	past.click(".changed-note button", "Show")
	past.find("ol.history > li:first-child ins", "apple")
	past.gone(".changed-note")
	moving.click(".changed-note button", "Show")
	moving.find("h1", "^Move “apple”$")
}
