package board

import (
	"net/http"
	"net/url"
	"testing"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/shelf"
	"cardwall/packages/kanbanapi"
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
	if more := doc.Find("[data-more]"); more.Text() != "11 more in To <do>" || more.AttrOr("href", "") != columnPath(gardenID, todoID)+"?cursor=next+page" {
		t.Errorf("more: %q %s", more.Text(), more.AttrOr("href", ""))
	}
	if count := doc.Find(".column").First().Find(".column-head [data-count-text]").Text(); count != "12 / 10 · 2 over" {
		t.Errorf("count %q", count)
	}
	if doc.Find("main").Length() != 1 || doc.Find("h1").Text() != "Garden <&>" || doc.Find("header.app-bar").Length() != 1 {
		t.Error("landmarks are missing")
	}
}

func TestEveryActionIsAFormWithoutScripts(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	for address, page := range map[string]struct{ forms, ways []string }{
		gardenPath: {[]string{gardenPath, columnsPath(gardenID), gardenPath + "/star"}, []string{settingsPath(gardenID), shelf.Archive.Path(gardenID)}},
		opening(gardenPath, "add", todoID.String()):  {forms: []string{cardsPath(gardenID)}},
		opening(gardenPath, "menu", "7"):             {[]string{gardenPath + "/cards/7/archive"}, []string{gardenPath + "/cards/7/move", selecting(gardenID, 7)}},
		opening(gardenPath, "menu", todoID.String()): {[]string{columnMovePath(gardenID, todoID), collapsePath(gardenID, todoID), archivePath(gardenID, todoID), columnDeletePath(gardenID, todoID)}, []string{columnEditPath(gardenID, todoID), emptyPath(gardenID, todoID)}},
	} {
		_, doc := ask("GET", address, "")
		for _, action := range page.forms {
			if doc.Find(`form[method="post"][action="`+action+`"] button`).Length() == 0 {
				t.Errorf("%s has no form for %s", address, action)
			}
		}
		for _, way := range page.ways {
			if doc.Find(`a[href="`+way+`"]`).Length() == 0 {
				t.Errorf("%s has no way to %s", address, way)
			}
		}
	}
	_, doc := ask("GET", opening(gardenPath, "menu", todoID.String()), "")
	if right := doc.Find("#column-"+todoID.String()+` input[name="after"]`).AttrOr("value", ""); right != doneID.String() {
		t.Errorf("moving right goes after %q", right)
	}
}

// opening is the address that a button of the page's form leads to.
func opening(page, name, value string) string { return page + "?" + url.Values{name: {value}}.Encode() }

func TestAViewerIsShownNoForms(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Viewer
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	_, doc := ask("GET", gardenPath, "")
	_, menu := ask("GET", opening(gardenPath, "menu", todoID.String()), "")
	if fold := menu.Find("#" + address.ColumnID(todoID) + " .menu form"); fold.Length() != 1 || fold.AttrOr("data-fold", "") != "on" {
		t.Error("a viewer may collapse columns and nothing else: nobody else sees it")
	}
	if doc.Find("main form:not([data-fold])").Length() != 0 || doc.Find("[data-board]").AttrOr("data-editable", "") != "false" || doc.Find(".card").Length() != 1 {
		t.Error("a viewer should see the cards and nothing to change them with")
	}
}

func TestAnEmptyBoardSuggestsColumns(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Columns = nil
	ask := setup(t, apitest.New("GET "+gardenAPI, board, "POST "+gardenAPI+"/columns/list", kanbanapi.ColumnsMade{Columns: make([]kanbanapi.Column, 3), Seq: 3}))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find(`form[action="`+gardenPath+`/columns/starter"] button`).Text() != "Add To do, Doing, Done" {
		t.Error("no suggestion")
	}
	if res, _ := ask("POST", gardenPath+"/columns/starter", ""); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != gardenPath+"?cards=3&did=3" {
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

func TestAnEditorMayNotRename(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Editor
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find("#board-title").Length() != 0 || doc.Find(`main [name="add"]`).Length() != 4 {
		t.Error("an editor changes what is on the board, not its name")
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

func TestAFormsAddressAskedByHandLeadsToTheBoard(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New())
	if res, _ := ask("GET", gardenPath+"/cards", ""); res.Header.Get("Location") != gardenPath {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
}
