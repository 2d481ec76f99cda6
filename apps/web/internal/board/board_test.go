package board

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const gardenAPI = "/v1/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"

var gardenPath = path(gardenID)

func TestABoardShowsItsColumnsAndCards(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	res, doc := ask("GET", gardenPath, "")

	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "private, no-store" {
		t.Fatalf("status %d, %s", res.StatusCode, res.Header.Get("Cache-Control"))
	}
	card := doc.Find("#card-7")
	link := card.Find("h3 a")
	if link.Text() != "Buy <b>seeds</b>" || link.AttrOr("href", "") != gardenPath+"/cards/7" || card.Find("b").Length() != 0 {
		t.Errorf("card: %q", link.Text())
	}
	if more := doc.Find(".more-cards"); more.Text() != "11 more" || more.AttrOr("href", "") != columnPath(gardenID, todoID)+"?cursor=next+page" {
		t.Errorf("more: %q %s", more.Text(), more.AttrOr("href", ""))
	}
	if count := doc.Find(".column").First().Find("[data-count-text]").Text(); count != "12 / 10 · 2 over" {
		t.Errorf("count %q", count)
	}
	if doc.Find("main").Length() != 1 || doc.Find("h1").Text() != "Garden <&>" || doc.Find("header.app-bar").Length() != 1 {
		t.Error("landmarks are missing")
	}
}

func TestEveryActionIsAFormWithoutScripts(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	_, doc := ask("GET", gardenPath, "")
	for _, action := range []string{
		gardenPath, gardenPath + "/columns", gardenPath + "/cards", columnPath(gardenID, todoID),
		columnPath(gardenID, todoID) + "/move", gardenPath + "/cards/7/archive",
	} {
		form := doc.Find(`form[method="post"][action="` + action + `"]`)
		if form.Find("button").Length() == 0 {
			t.Errorf("no form for %s", action)
		}
	}
	if doc.Find(`a[href="`+gardenPath+`/cards/7/move"]`).Length() != 1 {
		t.Error("no way to move a card")
	}
	if right := doc.Find("#column-"+todoID.String()+` input[name="after"]`).AttrOr("value", ""); right != doneID.String() {
		t.Errorf("moving right goes after %q", right)
	}
}

func TestAViewerIsShownNoForms(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Viewer
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find("main form").Length() != 0 || doc.Find("[data-board]").AttrOr("data-editable", "") != "false" || doc.Find(".card").Length() != 1 {
		t.Error("a viewer should see the cards and nothing to change them with")
	}
}

func TestAnEmptyBoardSuggestsColumns(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Columns = nil
	ask := setup(t, apitest.New("GET "+gardenAPI, board, "POST "+gardenAPI+"/columns", kanbanapi.Column{Id: todoID}))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find(`form[action="`+gardenPath+`/columns/starter"] button`).Text() != "Add To do, Doing, Done" {
		t.Error("no suggestion")
	}
	if res, _ := ask("POST", gardenPath+"/columns/starter", ""); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != gardenPath {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestAddingACardStaysOpenForTheNext(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+gardenAPI+"/cards", kanbanapi.Card{Id: seedsID, Number: 8}))
	res, _ := ask("POST", gardenPath+"/cards", apitest.Form("column_id", todoID.String(), "title", "Dig"))
	back := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || back != gardenPath+"?add="+todoID.String()+"&made="+seedsID.String() {
		t.Fatalf("%d %s", res.StatusCode, back)
	}
	_, doc := ask("GET", back, "")
	if open := doc.Find("details.adder[open]"); open.Length() != 1 || open.Find("textarea[autofocus]").Length() != 1 {
		t.Error("the box is not open, or not ready to type in")
	}
	if made := doc.Find("main").AttrOr("data-saved", ""); made != seedsID.String() {
		t.Errorf("the page says that %q is saved", made)
	}
	res, _ = ask("POST", gardenPath+"/cards", apitest.Form("column_id", todoID.String(), "title", "Dig", "then", "open"))
	if to := res.Header.Get("Location"); to != gardenPath+"/cards/8" {
		t.Errorf("then open leads to %s", to)
	}
}

func TestARefusedFormComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	refused := problem.Validation(problem.Field{Field: "title", Code: "required", Detail: "A title needs at least one character."})
	ask := setup(t, apitest.New(
		"GET "+gardenAPI, garden(), "PATCH "+gardenAPI, refused, "POST "+gardenAPI+"/cards", refused, "POST "+gardenAPI+"/columns", refused,
		"PATCH "+gardenAPI+"/columns/"+todoID.String(), problem.New(problem.Stale, "stale", "It has changed."),
	))
	for name, c := range map[string]struct {
		path, form, field, typed, sentence string
		status                             int
	}{
		"rename":   {gardenPath, apitest.Form("title", "  "), "#board-title", "  ", refused.Detail, 400},
		"card":     {gardenPath + "/cards", apitest.Form("column_id", todoID.String(), "title", "x"), "#" + quickAddForm(todoID) + "-title", "x", refused.Detail, 400},
		"column":   {gardenPath + "/columns", apitest.Form("title", "y"), "#new-column", "y", refused.Detail, 400},
		"stale":    {columnPath(gardenID, todoID), apitest.Form("title", "Mine", "version", "1"), "#" + columnForm(todoID) + "-title", "Mine", "“To <do>”", 412},
		"no limit": {columnPath(gardenID, todoID), apitest.Form("title", "Mine", "wip_limit", "lots"), "#" + columnForm(todoID) + "-limit", "lots", "whole number", 400},
	} {
		res, doc := ask("POST", c.path, c.form)
		field := doc.Find(c.field)
		value := field.AttrOr("value", field.Text())
		if res.StatusCode != c.status || value != c.typed || !strings.Contains(doc.Find(`main [role="alert"], header [role="alert"]`).Text(), c.sentence) {
			t.Errorf("%s: status %d, %q, alert %q", name, res.StatusCode, value, doc.Find(`[role="alert"]`).Text())
		}
		if field.Closest("details").AttrOr("open", "shut") == "shut" {
			t.Errorf("%s: the form is hidden", name)
		}
	}
}

func TestACardForABoardThatCantBeChangedAnyMoreIsKept(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Viewer
	ask := setup(t, apitest.New("GET "+gardenAPI, board, "POST "+gardenAPI+"/cards", problem.New(problem.Forbidden, "forbidden", "You may only look.")))
	res, doc := ask("POST", gardenPath+"/cards", apitest.Form("column_id", todoID.String(), "title", "Buy bulbs"))
	if res.StatusCode != 403 || doc.Find("main textarea").Text() != "Buy bulbs" || !strings.Contains(doc.Find("main").Text(), "You may only look.") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestAnEditorMayNotRename(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Editor
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find("#board-title").Length() != 0 || doc.Find("form[data-quick-add]").Length() != 2 {
		t.Error("an editor changes what is on the board, not its name")
	}
}

func TestAFormSentTwiceMakesOneThing(t *testing.T) {
	t.Parallel()
	empty := garden()
	empty.Id, empty.Columns = doneID, nil
	api := apitest.New(
		"GET "+gardenAPI, garden(), "GET /v1/boards", page(), "GET /v1/boards/"+doneID.String(), empty,
		"POST /v1/boards", kanbanapi.BoardSummary{}, "POST "+gardenAPI+"/cards", kanbanapi.Card{}, "POST "+gardenAPI+"/columns", kanbanapi.Column{},
		"POST /v1/boards/"+doneID.String()+"/columns", kanbanapi.Column{},
	)
	ask := setup(t, api)
	for form, pages := range map[string][2]string{
		"/boards": {"/boards", "/v1/boards"}, cardsPath(gardenID): {gardenPath, gardenAPI + "/cards"}, columnsPath(gardenID): {gardenPath, gardenAPI + "/columns"},
		starterPath(doneID): {path(doneID), "/v1" + columnsPath(doneID)},
	} {
		_, doc := ask("GET", pages[0], "")
		_, other := ask("GET", pages[0], "")
		ids := hiddenIDs(doc, form)
		if len(ids) == 0 || slices.Equal(ids, hiddenIDs(other, form)) {
			t.Errorf("%s: ids %v are not there or not fresh", form, ids)
			continue
		}
		fields := []string{"title", "x", "column_id", todoID.String()}
		for _, id := range ids {
			fields = append(fields, "id", id)
		}
		ask("POST", form, apitest.Form(fields...))
		var sent []string
		for _, change := range api.Changes() {
			if change.Path == pages[1] {
				sent = append(sent, fmt.Sprint(change.Body["id"]))
			}
		}
		if !slices.Equal(sent, ids) {
			t.Errorf("%s: sent %v of %v", form, sent, ids)
		}
	}
}

func hiddenIDs(doc *goquery.Document, form string) []string {
	return doc.Find(`form[action="` + form + `"]`).First().Find(`input[name="id"]`).Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") })
}

func TestAFormSentAgainWithAnotherTextIsShownWithAFreshID(t *testing.T) {
	t.Parallel()
	taken := problem.New(problem.Conflict, "id_taken", "That id is in use already.")
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+gardenAPI+"/cards", taken))
	res, doc := ask("POST", cardsPath(gardenID), apitest.Form("column_id", todoID.String(), "title", "Buy bulbs", "id", seedsID.String()))
	form := doc.Find(`form[data-quick-add]`).First()
	if res.StatusCode != 409 || form.Find("textarea").Text() != "Buy bulbs" || !strings.Contains(form.Text(), "another text") {
		t.Errorf("%d %s", res.StatusCode, form.Text())
	}
	if id := form.Find(`input[name="id"]`).AttrOr("value", ""); id == seedsID.String() || uuid.Validate(id) != nil {
		t.Errorf("id %q", id)
	}
}

func TestAStaleRenameIsSentWithThePresentVersionNext(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "PATCH "+gardenAPI, problem.New(problem.Stale, "stale", "It has changed.")))
	_, doc := ask("POST", gardenPath, apitest.Form("title", "Mine", "version", "1"))
	if v := doc.Find(`.switcher input[name="version"]`).AttrOr("value", ""); v != "3" {
		t.Errorf("version %q", v)
	}
}

func TestSomebodyElsesBoardIsNotFound(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New())
	for _, path := range []string{gardenPath, "/boards/not-an-id", gardenPath + "/columns/" + todoID.String()} {
		res, doc := ask("GET", path, "")
		if res.StatusCode != 404 || doc.Find("h1").Text() != "Nothing here" {
			t.Errorf("%s: %d %s", path, res.StatusCode, doc.Find("h1").Text())
		}
	}
}

func TestArchivingOffersTheWayBack(t *testing.T) {
	t.Parallel()
	card := kanbanapi.Card{Number: 7, Title: "Buy seeds", ArchivedAt: nullable.NewNullableWithValue(garden().CreatedAt)}
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+gardenAPI+"/cards/7", card))
	_, doc := ask("GET", gardenPath+"?archived=7", "")
	if doc.Find(`.flash form[method="post"][action="`+gardenPath+`/cards/7/restore"]`).Length() != 1 {
		t.Error("no way back")
	}
	for _, odd := range []string{"8", "x", "-1"} {
		if _, doc := ask("GET", gardenPath+"?archived="+odd, ""); doc.Find(".flash").Length() != 0 {
			t.Errorf("%s: a notice about nothing", odd)
		}
	}
}

func TestAFormsAddressAskedByHandLeadsToTheBoard(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New())
	if res, _ := ask("GET", gardenPath+"/cards", ""); res.Header.Get("Location") != gardenPath {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}
