package board

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestAColumnShowsItsColourKindAndFold(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Columns[1].Collapsed = true
	_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", gardenPath, "")
	todo, done := doc.Find("#"+address.ColumnID(todoID)), doc.Find("#"+address.ColumnID(doneID))
	if todo.Find(".column-head .dot.hue-blue").Length() != 1 || done.Find(".dot").Length() != 0 {
		t.Error("the colours are wrong")
	}
	if todo.AttrOr("data-kind", "") != "active" || done.AttrOr("data-kind", "") != "done" {
		t.Error("the kinds are wrong")
	}
	if todo.HasClass("is-folded") || !done.HasClass("is-folded") {
		t.Error("the collapsed column isn't, or the other one is")
	}
	if strip := done.Find(`form[action="` + expandPath(gardenID, doneID) + `"] button`); strip.AttrOr("aria-expanded", "") != "false" || !strings.Contains(strip.Text(), "Expand Done") {
		t.Errorf("the strip says %q", strip.Text())
	}
}

func TestColumnFormsDoWhatTheySayAndLeadBack(t *testing.T) {
	t.Parallel()
	for form, c := range map[string]struct{ verb, api, back string }{
		collapsePath(gardenID, todoID): {"PUT ", todoAPI + "/collapsed", address.ColumnOnBoard(gardenID, todoID)},
		expandPath(gardenID, todoID):   {"DELETE ", todoAPI + "/collapsed", address.ColumnOnBoard(gardenID, todoID)},
		archivePath(gardenID, todoID):  {"POST ", todoAPI + "/archive", gardenPath},
		restorePath(gardenID, todoID):  {"POST ", todoAPI + "/restore", address.ColumnOnBoard(gardenID, todoID)},
		gardenPath + "/star":           {"PUT ", gardenAPI + "/star", gardenPath},
		gardenPath + "/unstar":         {"DELETE ", gardenAPI + "/star", gardenPath},
		gardenPath + "/restore":        {"POST ", gardenAPI + "/restore", gardenPath},
	} {
		var answer any // of what is personal there is none
		if strings.HasPrefix(c.verb, "POST") {
			answer = kanbanapi.Column{}
		}
		api := apitest.New(c.verb+c.api, answer)
		res, _ := setup(t, api)("POST", form, "")
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != c.back || api.Last().Path != c.api {
			t.Errorf("%s: %d to %s, asked for %q", form, res.StatusCode, res.Header.Get("Location"), api.Last().Path)
		}
		if res, _ := setup(t, apitest.New())("POST", form, ""); res.StatusCode != 404 {
			t.Errorf("%s refused: %d", form, res.StatusCode)
		}
	}
}

func TestAllCardsMoveToTheColumnThatWasChosen(t *testing.T) {
	t.Parallel()
	api := apitest.New("GET "+gardenAPI, garden(), "POST "+todoAPI+"/cards/move", kanbanapi.CardsMoved{Moved: 12, Seq: 20})
	ask := setup(t, api)
	_, doc := ask("GET", emptyPath(gardenID, todoID), "")
	if choices := doc.Find(`input[name="to"]`); choices.Length() != 1 || choices.AttrOr("value", "") != doneID.String() || doc.Find("main form button").Text() != "Move 12 cards" {
		t.Errorf("the page offers %s", doc.Find("main").Text())
	}
	res, _ := ask("POST", emptyPath(gardenID, todoID), apitest.Form("to", doneID.String()))
	if res.Header.Get("Location") != gardenPath+"?cards=12&did=20#"+address.ColumnID(doneID) || api.Last().Body["to_column_id"] != doneID.String() {
		t.Fatalf("%d to %s, asked %v", res.StatusCode, res.Header.Get("Location"), api.Last())
	}
}

func TestAMoveOfAllCardsThatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	many := problem.New(problem.Conflict, "too_many_cards", "This column has more cards than can be moved in one go.")
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+todoAPI+"/cards/move", many))
	res, doc := ask("POST", emptyPath(gardenID, todoID), apitest.Form("to", doneID.String()))
	if res.StatusCode != 409 || !strings.Contains(doc.Find(`main [role="alert"]`).Text(), many.Detail) || doc.Find(`input[name="to"][checked]`).Length() != 1 {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
	res, doc = ask("POST", emptyPath(gardenID, todoID), "")
	if res.StatusCode != 400 || !strings.Contains(doc.Find(`main [role="alert"]`).Text(), "Choose the column") {
		t.Errorf("without a choice: %d %s", res.StatusCode, doc.Find("main").Text())
	}
	if _, doc := ask("GET", emptyPath(gardenID, doneID), ""); doc.Find("main form").Length() != 0 || !strings.Contains(doc.Find("main").Text(), "no card in it") {
		t.Errorf("an empty column: %s", doc.Find("main").Text())
	}
}

func TestAddingAColumnStaysOpenForTheNext(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+gardenAPI+"/columns", kanbanapi.Column{Id: todoID}))
	res, _ := ask("POST", columnsPath(gardenID), apitest.Form("title", "Doing"))
	_, doc := ask("GET", res.Header.Get("Location"), "")
	if res.StatusCode != http.StatusSeeOther || doc.Find("details.add-column[open] input[autofocus]").Length() != 1 {
		t.Errorf("%d to %s: the form isn't open", res.StatusCode, res.Header.Get("Location"))
	}
	if _, doc := ask("GET", gardenPath, ""); doc.Find("details.add-column[open]").Length() != 0 {
		t.Error("the form is open for no reason")
	}
}

func TestAnArchivedBoardIsOnlyRead(t *testing.T) {
	t.Parallel()
	board := garden()
	board.ArchivedAt = nullable.NewNullableWithValue(time.Unix(0, 0))
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find("main form:not([data-fold]), #board-title, [data-retitle]").Length() != 0 || doc.Find("main").AttrOr("data-editable", "") != "false" {
		t.Error("an archived board offers changes")
	}
	if banner := doc.Find(".archived-banner"); !strings.Contains(banner.Text(), "not changed") || banner.Find(`form[action="`+gardenPath+`/restore"] button`).Length() != 1 {
		t.Errorf("banner %q", banner.Text())
	}
	for _, page := range []string{columnEditPath(gardenID, todoID), emptyPath(gardenID, todoID)} {
		if res, _ := ask("GET", page, ""); res.StatusCode != 409 {
			t.Errorf("%s: %d", page, res.StatusCode)
		}
	}
	board.Role = kanbanapi.Editor
	if _, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", gardenPath, ""); doc.Find(".archived-banner").Length() != 1 || doc.Find(".archived-banner form").Length() != 0 {
		t.Error("only owners restore a board")
	}
}

func TestAViewerIsToldThatPagesOfChangeAreNotTheirs(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Viewer
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	for _, page := range []string{columnEditPath(gardenID, todoID), emptyPath(gardenID, todoID)} {
		if res, _ := ask("GET", page, ""); res.StatusCode != 403 {
			t.Errorf("%s: %d", page, res.StatusCode)
		}
	}
}

func TestTextForAColumnThatWasArchivedMeanwhileIsKept(t *testing.T) {
	t.Parallel()
	gone := problem.New(problem.Conflict, "column_archived", "This column is in the archive.")
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "PATCH "+todoAPI, gone))
	res, doc := ask("POST", columnPath(gardenID, todoID), apitest.Form("version", "2", "was_title", "To <do>", "title", "Soon"))
	if res.StatusCode != 409 || doc.Find("#typed").Text() != "Soon" || !strings.Contains(doc.Find("main").Text(), gone.Detail) {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}
