package card

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestDeletingAsksFirstAndTheTrashGivesBack(t *testing.T) {
	t.Parallel()
	up := garden("DELETE "+cardAPI, seeds(), "POST "+cardAPI+"/restore", seeds())
	ask := setup(t, up)
	_, doc := ask("GET", cardAt+"/delete", "")
	form := doc.Find(`form[method="post"][action="` + cardAt + `/delete"]`)
	if form.Find(`[name="version"]`).AttrOr("value", "") != "4" || doc.Find(`a[href="`+cardAt+`"]`).Length() == 0 {
		t.Fatal("no question, or no way back")
	}

	gone := problem.New(problem.NotFound, "card_not_found", "There is no such card on this board, or it is in the trash.")
	trash := kanbanapi.AwayCardPage{Items: []kanbanapi.AwayCard{{Number: 70}, {Number: 7}}}
	_, doc = setup(t, garden("GET "+cardAPI, gone, "GET "+boardAPI+"/cards", trash))("GET", cardAt+"/trash", "")
	if doc.Find(`form[action="`+cardAt+`/restore"] [name="stay"]`).Length() != 1 || !strings.Contains(doc.Find("h1").Text(), "#7 is in the trash") {
		t.Error("the trash doesn't give back")
	}
	trash.Items = trash.Items[:1]
	if res, doc := setup(t, garden("GET "+cardAPI, gone, "GET "+boardAPI+"/cards", trash))("GET", cardAt+"/trash", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("a card that is gone for good: %d %s", res.StatusCode, doc.Find("main").Text())
	}
	if res, _ := ask("GET", cardAt+"/trash", ""); res.Header.Get("Location") != cardAt {
		t.Errorf("a card that isn't in the trash is at %s", res.Header.Get("Location"))
	}
}

func TestWhatChangedMeanwhileIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden("DELETE "+cardAPI, problem.New(problem.Stale, "stale", "It has changed.")))
	res, doc := ask("POST", cardAt+"/delete", apitest.Form("version", "2"))
	if res.StatusCode != http.StatusPreconditionFailed || !strings.Contains(doc.Find(`main [role="alert"]`).Text(), "It has changed") || doc.Find(`[name="version"]`).AttrOr("value", "") != "4" {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestAViewerDeletesNothing(t *testing.T) {
	t.Parallel()
	read := board()
	read.Role = kanbanapi.Viewer
	if res, _ := setup(t, garden("GET "+boardAPI, read))("GET", cardAt+"/delete", ""); res.Header.Get("Location") != cardAt {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestAColumnChosenOnTheCardLeadsBackToIt(t *testing.T) {
	t.Parallel()
	up := garden("POST "+cardAPI+"/move", seeds())
	ask := setup(t, up)
	_, doc := ask("GET", cardAt, "")
	if button := doc.Find(`.meta [name="column_id"]:not([disabled])`); button.AttrOr("value", "") != doneID.String() || doc.Find(`.meta [name="column_id"][disabled]`).Length() != 1 {
		t.Error("the columns aren't offered")
	}
	res, _ := ask("POST", cardAt+"/move", apitest.Form("column_id", doneID.String(), "place", "end", "stay", "yes"))
	if res.Header.Get("Location") != cardAt || up.Last().Body["at"] != "end" {
		t.Errorf("leads to %s, sent %v", res.Header.Get("Location"), up.Last().Body)
	}
}
