package shelf

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

// putAwayBoards are a board of the reader's and one of somebody else's; asked is the last question.
func putAwayBoards(away kanbanapi.AwaySince, asked *url.Values) *apitest.API {
	mine := kanbanapi.BoardSummary{Id: gardenID, Title: "Garden", Role: kanbanapi.Owner, Away: &away}
	theirs := kanbanapi.BoardSummary{Id: doneID, Title: "Theirs", Role: kanbanapi.Editor, Away: &away}
	answer := func(r *http.Request) any {
		*asked = r.URL.Query()
		return kanbanapi.BoardPage{Items: []kanbanapi.BoardSummary{theirs, mine}, NextCursor: nullable.NewNullNullable[string]()}
	}
	return apitest.New("GET /v1/boards", answer, "POST "+gardenAPI+"/purge", nil)
}

func TestArchivedBoardsHaveAPageOfTheirOwn(t *testing.T) {
	t.Parallel()
	var asked url.Values
	ask := setup(t, putAwayBoards(kanbanapi.AwaySince{By: kanbanapi.Actor{Name: "Grace"}}, &asked))
	_, doc := ask("GET", "/boards/archived", "")
	if got := doc.Find(".boards li").Map(func(_ int, s *goquery.Selection) string { return s.Find("a").Text() }); asked.Get("state") != "archived" || strings.Join(got, " ") != "Theirs Garden" { // the last one first
		t.Errorf("asked %q: %v", asked, got)
	}
	if doc.Find(`.asks [action="`+gardenPath+`/delete"]`).Length() != 1 || doc.Find(`[action="`+gardenPath+`/restore"]`).Length() != 1 || doc.Find(".boards form").Length() != 2 || !strings.Contains(doc.Find(".boards").Text(), "archived by") {
		t.Errorf("only an owner restores and deletes: %s", doc.Find(".boards").Text())
	}
}

func TestDeletedBoardsHaveAPageOfTheirOwn(t *testing.T) {
	t.Parallel()
	var asked url.Values
	ask := setup(t, putAwayBoards(kanbanapi.AwaySince{By: kanbanapi.Actor{Name: "Grace"}, GoneAt: nullable.NewNullableWithValue(time.Now())}, &asked))
	_, doc := ask("GET", "/boards/trash?q=gar", "")
	if asked.Get("state") != "deleted" || asked.Get("q") != "gar" || !strings.Contains(doc.Find(".boards").Text(), "deleted by") {
		t.Errorf("asked %q: %s", asked, doc.Find("main").Text())
	}
	if doc.Find(`.asks [action="`+gardenPath+`/purge"]`).Length() != 1 || doc.Find(`[action="`+gardenPath+`/restore"]`).Length() != 1 || doc.Find(".boards form").Length() != 2 || doc.Find(`.boards a`).Length() != 0 {
		t.Error("only an owner restores and deletes, and nobody opens it")
	}
	if res, _ := ask("POST", gardenPath+"/purge", ""); res.Header.Get("Location") != "/boards/trash?purged=yes" {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if _, doc := ask("GET", "/boards/trash?purged=yes", ""); !strings.Contains(doc.Find(".notice").Text(), "gone for good") {
		t.Errorf("it says %q", doc.Find(".notice").Text())
	}
}
