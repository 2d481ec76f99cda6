package board

import (
	"net/http"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func page(boards ...kanbanapi.BoardSummary) kanbanapi.BoardPage {
	return kanbanapi.BoardPage{Items: boards, NextCursor: nullable.NewNullNullable[string]()}
}

func TestANewPersonIsToldWhatToDo(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET /v1/boards", page()))
	_, doc := ask("GET", "/boards", "")
	if doc.Find("h1").Text() != "Put up your first wall" || doc.Find(`form[method="post"][action="/boards"] input[name="title"]`).Length() != 1 {
		t.Errorf("page: %s", doc.Find("main").Text())
	}
}

func TestBoardsAreDrawnFromTheirColumns(t *testing.T) {
	t.Parallel()
	summary := kanbanapi.BoardSummary{Id: gardenID, Title: "Garden", Columns: []kanbanapi.ColumnSize{{Title: "To do", CardCount: 2}, {Title: "Done", CardCount: 1}}}
	list := page(summary)
	list.NextCursor.Set("a b")
	ask := setup(t, apitest.New("GET /v1/boards", list))
	_, doc := ask("GET", "/boards", "")
	tile := doc.Find(".tile")
	if tile.Find("a").AttrOr("href", "") != gardenPath || tile.Find(".rule").Length() != 2 || tile.Find("rect").Length() != 5 {
		t.Error("the tile is not drawn")
	}
	if !strings.Contains(tile.Text(), "3 cards · made") || doc.Find(`a[href="/boards?cursor=a+b"]`).Length() != 1 {
		t.Errorf("tile %q", tile.Text())
	}
}

func TestCreatingABoardLeadsToIt(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("POST /v1/boards", kanbanapi.BoardSummary{Id: gardenID}))
	if res, _ := ask("POST", "/boards", apitest.Form("title", "Garden")); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != gardenPath {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestABoardWithoutANameIsRefusedInPlace(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET /v1/boards", page(), "POST /v1/boards", problem.Validation(problem.Field{Field: "title", Code: "too_long", Detail: "A title has at most 500 characters."})))
	res, doc := ask("POST", "/boards", apitest.Form("title", "Too long"))
	field := doc.Find("#new-board")
	if res.StatusCode != 400 || field.AttrOr("value", "") != "Too long" || !strings.Contains(doc.Find("#"+field.AttrOr("aria-describedby", "")).Text(), "at most 500") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestWhenTheAPIIsAwayTheTypedNameIsKept(t *testing.T) {
	t.Parallel()
	away := problem.New(problem.Unavailable, "database_away", "The database can't be reached right now.")
	ask := setup(t, apitest.New("POST /v1/boards", away))
	res, doc := ask("POST", "/boards", apitest.Form("title", "Garden"))
	if res.StatusCode != 503 || doc.Find("main textarea").Text() != "Garden" || !strings.Contains(doc.Find("main").Text(), "Request ") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}
