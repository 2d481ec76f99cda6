package card

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

// Whoever sent a form is told what it did on the page that follows, with the way back (package activity).
func TestAFormThatChangesTheCardNamesWhatItDid(t *testing.T) {
	t.Parallel()
	now := seeds()
	now.Seq, now.Version, now.Description = 20, 5, "- [ ] Rake\n"
	label := cardAPI + "/labels/"
	ask := setup(t, garden(
		"GET "+cardAPI, now, "PATCH "+cardAPI, now, "POST "+cardAPI+"/move", now, "POST "+cardAPI+"/archive", now, "POST "+cardAPI+"/restore", now,
		"PUT "+label+rainID.String(), now, "DELETE "+label+bugID.String(), now, "POST "+boardAPI+"/labels", kanbanapi.Label{Id: rainID},
	))
	for _, c := range [][2]string{
		{cardAt, apitest.Form("title", "Buy bulbs", "version", "4")},
		{cardAt, apitest.Form("description", "Tulips", "version", "4")},
		{cardAt, apitest.Form("due_on", "2026-12-04", "version", "4")},
		{cardAt + "/tasks", apitest.Form("tick", "0 on Rake", "version", "4")},
		{cardAt + "/move", apitest.Form("column_id", doneID.String(), "place", "end")},
		{cardAt + "/move", apitest.Form("column_id", doneID.String(), "place", "end", "stay", "yes")},
		{cardAt + "/archive", ""},
		{cardAt + "/restore", ""},
		{cardAt + "/restore", "stay=yes"},
		{cardAt + "/labels", apitest.Form("listed", rainID.String(), "label", rainID.String())},
		{cardAt + "/labels", apitest.Form("listed", bugID.String(), "was", bugID.String())},
		{cardAt + "/labels/new", apitest.Form("name", "Rain", "hue", "blue")},
	} {
		res, _ := ask("POST", c[0], c[1])
		if to := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || !strings.Contains(to, "did=20") {
			t.Errorf("%s %s: %d to %s", c[0], c[1], res.StatusCode, to)
		}
	}
	for _, c := range [][2]string{
		{cardAt, apitest.Form("title", "Buy bulbs", "version", "5")},
		{cardAt + "/labels", apitest.Form("listed", rainID.String())},
	} {
		if res, _ := ask("POST", c[0], c[1]); res.StatusCode != http.StatusSeeOther || strings.Contains(res.Header.Get("Location"), "did=") {
			t.Errorf("%s, which changes nothing, leads to %s", c[1], res.Header.Get("Location"))
		}
	}
}

func TestACardsPageShowsWhatWasDone(t *testing.T) {
	t.Parallel()
	done := kanbanapi.Activity{Seq: 20, Verb: kanbanapi.CardMoved, CardId: &seedsID, ColumnId: &doneID}
	ask := setup(t, garden("GET "+boardAPI+"/activity", kanbanapi.ActivityPage{Seq: 20, Items: []kanbanapi.Activity{done}}))
	_, doc := ask("GET", cardAt+"?did=20", "")
	flash := doc.Find("main .flash") // in what a dialog shows
	if flash.Find("p").Text() != "Moved “Buy seeds” to “Done”." || flash.Find(`form[action="`+boardAt+`/undo"] [name="back"]`).AttrOr("value", "") != cardAt {
		t.Errorf("says %q", flash.Text())
	}
}
