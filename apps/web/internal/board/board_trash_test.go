package board

import (
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestABoardThatWasPutAwayIsSaidAboveTheOthersWithItsWayBack(t *testing.T) {
	t.Parallel()
	mine := kanbanapi.BoardSummary{Id: gardenID, Title: "Garden", Role: kanbanapi.Owner, Away: &kanbanapi.AwaySince{By: kanbanapi.Actor{Name: "Grace"}}, Seq: 20}
	api := apitest.New("GET /v1/boards", page(mine), "DELETE "+gardenAPI, apitest.Seq(20), "POST "+gardenAPI+"/archive", mine, "POST "+gardenAPI+"/restore", mine)
	ask := setup(t, api)
	for form, want := range map[string]string{
		"/archive": "/boards?archived=" + gardenID.String() + "&did=20", "/delete": "/boards?deleted=" + gardenID.String() + "&did=20", "/restore": gardenPath + "?did=20",
	} {
		if res, _ := ask("POST", gardenPath+form, "version=3"); res.Header.Get("Location") != want {
			t.Errorf("%s leads to %d %s", form, res.StatusCode, res.Header.Get("Location"))
		}
	}
	if _, doc := ask("GET", "/boards?deleted="+gardenID.String(), ""); !strings.Contains(doc.Find(".notice").Text(), "Deleted “Garden”") || doc.Find(`.notice [action$="/restore"]`).Length() != 1 {
		t.Errorf("it says %q", doc.Find(".notice").Text())
	}
	if _, doc := ask("GET", "/boards?did=20&deleted="+gardenID.String(), ""); doc.Find(`.notice form[action="`+gardenPath+`/undo"] [name="seq"]`).AttrOr("value", "") != "20" {
		t.Errorf("the deletion can't be undone: %q", doc.Find(".notice").Text())
	}
}

func TestABoardThatChangedIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	_, ask := settled(t, kept(), "DELETE "+gardenAPI, problem.New(problem.Stale, "stale_version", "Old."))
	res, doc := ask("POST", gardenPath+"/delete", "version=2")
	if res.StatusCode != 412 || !strings.Contains(doc.Find(".asks[open]").Text(), "Somebody has changed this meanwhile") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("#danger").Text())
	}
	if res, doc := ask("POST", gardenPath+"/delete", "version=2&from=archive"); res.StatusCode != 412 || !strings.Contains(doc.Find("main").Text(), "It has changed meanwhile") {
		t.Errorf("from the archive: %d %s", res.StatusCode, doc.Find("main").Text())
	}
}
