package board

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

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
		"stale":    {columnPath(gardenID, todoID), apitest.Form("title", "Mine", "version", "1"), "#column-title", "Mine", "“To <do>”", 412},
		"no limit": {columnPath(gardenID, todoID), apitest.Form("title", "Mine", "wip_limit", "lots"), "#column-limit", "lots", "whole number", 400},
	} {
		res, doc := ask("POST", c.path, c.form)
		field := doc.Find(c.field)
		value := field.AttrOr("value", field.Text())
		if res.StatusCode != c.status || value != c.typed || !strings.Contains(doc.Find(`main [role="alert"], header [role="alert"]`).Text(), c.sentence) {
			t.Errorf("%s: status %d, %q, alert %q", name, res.StatusCode, value, doc.Find(`[role="alert"]`).Text())
		}
		if box := field.Closest("details"); box.Length() > 0 && box.AttrOr("open", "shut") == "shut" {
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

func TestAFormSentTwiceMakesOneThing(t *testing.T) {
	t.Parallel()
	empty := garden()
	empty.Id, empty.Columns = doneID, nil
	api := apitest.New(
		"GET "+gardenAPI, garden(), "GET /v1/boards", tiled(nil, kanbanapi.BoardSummary{Id: gardenID}), "GET /v1/boards/"+doneID.String(), empty,
		"POST /v1/boards", kanbanapi.BoardSummary{}, "POST "+gardenAPI+"/cards", kanbanapi.Card{}, "POST "+gardenAPI+"/columns", kanbanapi.Column{},
		"POST /v1/boards/"+doneID.String()+"/columns/list", kanbanapi.ColumnsMade{},
	)
	ask := setup(t, api)
	for form, pages := range map[string][2]string{
		"/boards": {"/boards", "/v1/boards"}, cardsPath(gardenID): {gardenPath, gardenAPI + "/cards"}, columnsPath(gardenID): {gardenPath, gardenAPI + "/columns"},
		starterPath(doneID): {path(doneID), "/v1" + columnsPath(doneID) + "/list"},
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
			if change.Path != pages[1] {
				continue
			}
			made, several := change.Body["columns"].([]any)
			if !several {
				made = []any{change.Body}
			}
			for _, each := range made {
				sent = append(sent, fmt.Sprint(each.(map[string]any)["id"]))
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
	form := doc.Find(`main form[data-quick-add]`)
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
