package board

import (
	"net/http"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

// What was saved as it was has done nothing: the last thing that was done is an older one.
func TestAFormThatChangesNothingNamesNothing(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New(
		"GET "+gardenAPI, garden(), "PATCH "+gardenAPI, kanbanapi.BoardSummary{Version: 3, Seq: 20}, "PATCH "+todoAPI, kanbanapi.Column{Version: 2, Seq: 20},
		"PATCH "+gardenAPI+"/labels/"+urgentID.String(), kanbanapi.Label{Version: 2, Seq: 20},
	))
	for _, c := range [][2]string{
		{gardenPath, apitest.Form("title", "Garden", "version", "3")},
		{columnPath(gardenID, todoID), apitest.Form("title", "New", "was_title", "Old", "version", "2")},
		{columnPath(gardenID, todoID), apitest.Form("title", "Same", "was_title", "Same", "version", "2")},
		{settingsPath(gardenID) + "/labels/" + urgentID.String(), apitest.Form("name", "Urgent", "version", "2")},
	} {
		res, _ := ask("POST", c[0], c[1])
		if to := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || strings.Contains(to, "did=") {
			t.Errorf("%s: %d to %s", c[0], res.StatusCode, to)
		}
	}
}

func TestABoardsMenuTakesBack(t *testing.T) {
	t.Parallel()
	board := garden()
	ask := setup(t, apitest.New("GET "+gardenAPI, func(*http.Request) any { return board }))
	for _, way := range []string{"undo", "redo"} {
		if _, doc := ask("GET", gardenPath, ""); doc.Find(`.switcher form[method="post"][action="`+gardenPath+"/"+way+`"] button`).Length() != 1 {
			t.Errorf("the menu has no %s", way)
		}
	}
	board.Role = kanbanapi.Viewer
	if _, doc := ask("GET", gardenPath, ""); doc.Find(`.switcher form`).Length() != 0 {
		t.Error("a viewer is offered to take back")
	}
}

func TestAPageShowsWhatWasDone(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+gardenAPI+"/labels", kanbanapi.LabelList{}, "GET "+gardenAPI+"/columns", kanbanapi.ColumnList{}, "GET "+todoAPI+"/cards", kanbanapi.CardPage{NextCursor: nullable.NewNullNullable[string]()},
		"GET "+gardenAPI+"/activity", kanbanapi.ActivityPage{Seq: 20, Items: []kanbanapi.Activity{{Seq: 20, Verb: kanbanapi.CardArchived, CardId: &seedsID}}}))
	for _, page := range []string{gardenPath, settingsPath(gardenID), columnPath(gardenID, todoID)} {
		_, doc := ask("GET", page+"?did=20", "")
		flash := doc.Find(".flash")
		if flash.Find("p").Text() != "Archived “Buy <b>seeds</b>”." || flash.Find(`form[action="`+gardenPath+`/undo"] [name="back"]`).AttrOr("value", "") != page {
			t.Errorf("%s: %s", page, flash.Text())
		}
	}
}
