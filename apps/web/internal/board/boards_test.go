package board

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func page(boards ...kanbanapi.BoardSummary) kanbanapi.BoardPage {
	return kanbanapi.BoardPage{Items: boards, NextCursor: nullable.NewNullNullable[string]()}
}

// tiled answers the list of boards: those in the archive, or the live ones.
func tiled(archived []kanbanapi.BoardSummary, live ...kanbanapi.BoardSummary) func(*http.Request) any {
	return func(r *http.Request) any {
		if r.URL.Query().Get("state") == string(kanbanapi.Archived) {
			return page(archived...)
		}
		return page(live...)
	}
}

// opened is a board that was opened so many days ago.
func opened(title string, days int, starred bool) kanbanapi.BoardSummary {
	at := time.Now().Add(-time.Duration(days) * 24 * time.Hour)
	return kanbanapi.BoardSummary{Id: uuid.New(), Title: title, Starred: starred, OpenedAt: nullable.NewNullableWithValue(at)}
}

var away = problem.New(problem.Unavailable, "database_away", "The database can't be reached right now.")

func TestANewPersonLandsOnTheSampleBoard(t *testing.T) {
	t.Parallel()
	api := apitest.New("GET /v1/boards", tiled(nil), "POST /v1/boards", kanbanapi.BoardSummary{Id: gardenID})
	ask := setup(t, api)
	if res, _ := ask("HEAD", "/boards", ""); res.StatusCode != http.StatusOK || len(api.Changes()) != 0 {
		t.Errorf("HEAD: %d, made %v", res.StatusCode, api.Changes())
	}
	res, _ := ask("GET", "/boards", "")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != gardenPath || api.Last().Body["template"] != "sample" {
		t.Errorf("%d %s, made %v", res.StatusCode, res.Header.Get("Location"), api.Last().Body)
	}
}

func TestWithoutTheSampleANewPersonIsToldWhatToDoAndOfferedIt(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET /v1/boards", tiled(nil), "POST /v1/boards", away))
	res, doc := ask("GET", "/boards", "")
	if res.StatusCode != http.StatusOK || doc.Find("h1").Text() != "Put up your first wall" || doc.Find(`form[method="post"][action="/boards"] input[name="title"]`).Length() != 1 {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
	if doc.Find(`form[method="post"][action="/boards/sample"] button`).Length() != 1 {
		t.Error("no way to the sample board")
	}
}

func TestWhoIsRefusedTheSampleSeesTheirBoards(t *testing.T) {
	t.Parallel()
	lists := 0
	api := apitest.New("POST /v1/boards", problem.New(problem.Conflict, "not_first_board", "Not the first."), "GET /v1/boards", func(r *http.Request) any {
		if lists++; lists > 2 { // made by another tab meanwhile
			return tiled(nil, kanbanapi.BoardSummary{Id: gardenID, Title: "Garden"})(r)
		}
		return page()
	})
	ask := setup(t, api)
	if _, doc := ask("GET", "/boards", ""); doc.Find(".boards a").Text() != "Garden" {
		t.Errorf("page: %s", doc.Find("main").Text())
	}
	if res, _ := ask("POST", "/boards/sample", ""); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/boards" {
		t.Errorf("the button: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestWhoArchivedTheirBoardsGetsNoSample(t *testing.T) {
	t.Parallel()
	api := apitest.New("GET /v1/boards", tiled([]kanbanapi.BoardSummary{{Id: gardenID, Title: "Garden", Role: kanbanapi.Owner}}), "POST /v1/boards", kanbanapi.BoardSummary{Id: doneID})
	_, doc := setup(t, api)("GET", "/boards?archived="+gardenID.String(), "")
	if doc.Find("h1").Text() != "Put up your first wall" || len(api.Changes()) != 0 {
		t.Errorf("made %v: %s", api.Changes(), doc.Find("main").Text())
	}
	if doc.Find(`a[href="/boards/archived"]`).Text() == "" || doc.Find(`[action="`+gardenPath+`/restore"]`).Length() != 1 || !strings.Contains(doc.Find(".notice").Text(), "Archived “Garden”") {
		t.Error("no way back from the archive")
	}
}

func TestBoardsAreDrawnFromTheirColumns(t *testing.T) {
	t.Parallel()
	garden := opened("Garden", 1, true)
	garden.Id, garden.CardCount = gardenID, 3
	garden.Columns = []kanbanapi.ColumnSize{{Title: "To do", CardCount: 2, Hue: nullable.NewNullableWithValue(kanbanapi.Blue)}, {Title: "Done", CardCount: 1}}
	_, doc := setup(t, apitest.New("GET /v1/boards", tiled(nil, garden)))("GET", "/boards", "")
	tile := doc.Find(".tile").First()
	if tile.Find("a").AttrOr("href", "") != gardenPath || tile.Find(".rule").Length() != 2 || tile.Find(".rule.hue-blue").Length() != 1 || tile.Find("rect").Length() != 5 {
		t.Error("the tile is not drawn")
	}
	if row := doc.Find(".boards li"); !strings.Contains(row.Text(), "3 cards") || row.Find("time").Length() != 1 {
		t.Errorf("row %q", row.Text())
	}
}

// amidst is the garden with so many members, of whom the api names the first.
func amidst(many int, names ...string) kanbanapi.BoardSummary {
	garden := opened("Garden", 1, true)
	garden.MemberCount = many
	for _, name := range names {
		garden.Members = append(garden.Members, kanbanapi.BoardMember{Id: uuid.New(), Name: name})
	}
	return garden
}

func TestBoardsTellWhoElseIsOnThem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		board       kanbanapi.BoardSummary
		shown, said string
	}{
		"nobody else":                       {amidst(1, "Ada"), "", ""},
		"two":                               {amidst(2, "Ada", "Grace Hopper"), "A GH", "Members: Ada Grace Hopper"},
		"three":                             {amidst(3, "Ada", "Grace Hopper", "מאיה"), "A GH מ", "Members: Ada Grace Hopper מאיה"},
		"many":                              {amidst(14, "Ada", "Grace Hopper", "Maya"), "A GH +12", "Members: Ada Grace Hopper and 12 more"},
		"many of an api that names more":    {amidst(5, "Ada", "Grace Hopper", "Maya", "Lise"), "A GH +3", "Members: Ada Grace Hopper and 3 more"},
		"an api that is older names nobody": {amidst(0), "", ""},
	} {
		_, doc := setup(t, apitest.New("GET /v1/boards", tiled(nil, c.board)))("GET", "/boards", "")
		for _, of := range []string{".tile:has(a)", ".boards li"} {
			at := doc.Find(of)
			text := func(parts string) string {
				return strings.Join(at.Find(".avatars "+parts).Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) }), " ")
			}
			if shown, said := text("[aria-hidden]"), text(".vh"); shown != c.shown || said != c.said {
				t.Errorf("%s, %s: shows %q, says %q", name, of, shown, said)
			}
			if title := at.Find("a"); title.Text() != "Garden" || title.Find(".avatars").Length() != 0 {
				t.Errorf("%s, %s: the link says %q", name, of, title.Text())
			}
			if whole := at.Find(".who").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("title", "") }); len(whole) > 1 && whole[1] != "Grace Hopper" {
				t.Errorf("%s, %s: pointed at, they are %q", name, of, whole)
			}
		}
	}
}

func TestBoardsAreStarredRecentAndAllByTitle(t *testing.T) {
	t.Parallel()
	boards := []kanbanapi.BoardSummary{opened("zebra", 1, true), opened("Überraschung", 3, false), opened("Apples", 15, false), opened("unicorn", 2, false), opened("Äpfel", 13, true)}
	list := page(boards...)
	list.NextCursor.Set("a b")
	_, doc := setup(t, apitest.New("GET /v1/boards", list))("GET", "/boards", "")
	titles := func(of string) string {
		return strings.Join(doc.Find(of+" a").Map(func(_ int, a *goquery.Selection) string { return a.Text() }), " ")
	}
	for of, want := range map[string]string{
		`[aria-label="Starred"]`: "Äpfel zebra", `[aria-label="Recent"]`: "unicorn Überraschung", ".boards": "Äpfel Apples Überraschung unicorn zebra",
	} {
		if got := titles(of); got != want {
			t.Errorf("%s: %q, want %q", of, got, want)
		}
	}
	if doc.Find(`a[href="/boards?cursor=a+b"]`).Length() != 1 {
		t.Error("no way to the rest")
	}
}

func TestRecentAreSixAtMost(t *testing.T) {
	t.Parallel()
	var boards []kanbanapi.BoardSummary
	for day := range 9 {
		boards = append(boards, opened("x", day, false))
	}
	_, doc := setup(t, apitest.New("GET /v1/boards", tiled(nil, boards...)))("GET", "/boards", "")
	if got := doc.Find(`[aria-label="Recent"] .tile`).Length(); got != 6 {
		t.Errorf("%d recent boards", got)
	}
}

func TestAStarIsSetAndTakenAwayFromWhereItStands(t *testing.T) {
	t.Parallel()
	api := apitest.New("PUT "+gardenAPI+"/star", nil, "DELETE "+gardenAPI+"/star", nil)
	ask := setup(t, api)
	for form, want := range map[[2]string]string{
		{"/star", "tile"}: "/boards", {"/unstar", "row"}: "/boards#board-" + gardenID.String(), {"/star", ""}: gardenPath,
	} {
		res, _ := ask("POST", gardenPath+form[0], apitest.Form("on", form[1]))
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != want || api.Last().Path != gardenAPI+"/star" {
			t.Errorf("%v: %d to %s after %s", form, res.StatusCode, got, api.Last().Path)
		}
	}
	garden := kanbanapi.BoardSummary{Id: gardenID, Title: "Garden", Starred: true}
	_, doc := setup(t, apitest.New("GET /v1/boards", tiled(nil, garden)))("GET", "/boards", "")
	if doc.Find(`[action="`+gardenPath+`/unstar"] [aria-pressed="true"]`).Length() != 2 {
		t.Error("the tile and the row don't show the star")
	}
}

func TestABoardBeginsWithTheChosenTemplate(t *testing.T) {
	t.Parallel()
	api := apitest.New("GET /v1/boards", tiled(nil, kanbanapi.BoardSummary{Id: doneID}), "POST /v1/boards", kanbanapi.BoardSummary{Id: gardenID})
	ask := setup(t, api)
	_, doc := ask("GET", "/boards", "")
	offered := doc.Find(`[action="/boards"] [name="template"]`)
	if got := offered.Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") }); strings.Join(got, " ") != "blank release support editorial" {
		t.Errorf("offered %v", got)
	}
	if doc.Find(`[name="template"][checked]`).AttrOr("value", "") != "blank" {
		t.Error("nothing is chosen at first")
	}
	ask("POST", "/boards", apitest.Form("title", "Garden", "template", "release"))
	if api.Last().Body["template"] != "release" {
		t.Errorf("sent %v", api.Last().Body)
	}
	refused := setup(t, apitest.New("GET /v1/boards", tiled(nil, kanbanapi.BoardSummary{Id: doneID}), "POST /v1/boards", problem.New(problem.Conflict, "id_taken", "Taken.")))
	if _, doc := refused("POST", "/boards", apitest.Form("title", "Garden", "template", "support")); doc.Find(`[name="template"][checked]`).AttrOr("value", "") != "support" {
		t.Error("the choice is lost when the form is refused")
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
	ask := setup(t, apitest.New("POST /v1/boards", away))
	res, doc := ask("POST", "/boards", apitest.Form("title", "Garden"))
	if res.StatusCode != 503 || doc.Find("main textarea").Text() != "Garden" || !strings.Contains(doc.Find("main").Text(), "Request ") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}
