package card

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestAFormThatLeavesTheCardAsItWasNamesNothing(t *testing.T) {
	t.Parallel()
	now := seeds()
	now.Seq, now.Version = 20, 5
	ask := setup(t, garden("PATCH "+cardAPI, now))
	for _, c := range [][2]string{
		{cardAt, apitest.Form("title", "Buy bulbs", "version", "5")},
		{cardAt + "/labels", apitest.Form("listed", rainID.String())},
	} {
		if res, _ := ask("POST", c[0], c[1]); res.StatusCode != http.StatusSeeOther || strings.Contains(res.Header.Get("Location"), "did=") {
			t.Errorf("%s, which changes nothing, leads to %s", c[1], res.Header.Get("Location"))
		}
	}
}

func TestACardsPageShowsWhatWasDone(t *testing.T) {
	t.Parallel()
	done := kanbanapi.Activity{Seq: 20, Verb: kanbanapi.CardMoved, CardId: &seedsID, ColumnId: &doneID}
	ask := setup(t, garden("GET "+boardAPI+"/activity", kanbanapi.ActivityPage{Seq: 20, Items: []kanbanapi.Activity{done}}))
	_, doc := ask("GET", cardAt+"?did=20", "")
	flash := doc.Find("main .flash") // in what a dialog shows
	if flash.Find("p").Text() != "Moved “Buy seeds” to “Done”." || flash.Find(`form[action="`+boardAt+`/undo"] [name="back"]`).AttrOr("value", "") != cardAt {
		t.Errorf("says %q", flash.Text())
	}
}

// A card in the trash has no page that tells its title: it is found among those that were deleted last.
func TestTheTrashTakesBackTheDeletion(t *testing.T) {
	t.Parallel()
	gone := problem.New(problem.NotFound, "card_not_found", "There is no such card.")
	done := kanbanapi.Activity{Seq: 20, Verb: kanbanapi.CardDeleted, CardId: &bugID, ColumnId: &doneID}
	trash := kanbanapi.AwayCardPage{Items: []kanbanapi.AwayCard{{Id: bugID, Number: 7, Title: "Buy <seeds>"}}}
	ask := setup(t, garden("GET "+cardAPI, gone, "GET "+boardAPI+"/cards", trash, "GET "+boardAPI+"/activity", kanbanapi.ActivityPage{Seq: 20, Items: []kanbanapi.Activity{done}}))
	_, doc := ask("GET", cardAt+"/trash?did=20", "")
	if flash := doc.Find("main .flash"); flash.Find("p").Text() != "Deleted “Buy <seeds>”." || flash.Find(`[name="back"]`).AttrOr("value", "") != cardAt {
		t.Errorf("says %q", flash.Text())
	}
}
