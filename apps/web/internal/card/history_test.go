package card

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

var grace = kanbanapi.Actor{Id: uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1aff"), Name: "Grace <b>Hopper</b>"}

// edits are the versions of seeds, newest first.
func edits() kanbanapi.CardVersionPage {
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	text := func(s string) *string { return &s }
	none, day := nullable.NewNullNullable[openapi_types.Date](), nullable.NewNullableWithValue(openapi_types.Date{Time: at})
	return kanbanapi.CardVersionPage{NextCursor: nullable.NewNullNullable[string](), Items: []kanbanapi.CardVersionEdit{
		{Version: 4, Seq: 14, At: at, Actor: grace, Before: kanbanapi.CardTexts{Description: text("\nBeans\n<i>Corn</i>")}, After: kanbanapi.CardTexts{Description: text("\nBeans\n<i>Peas</i>")}},
		{Version: 3, Seq: 13, At: at, Actor: grace, Before: kanbanapi.CardTexts{DueOn: day}, After: kanbanapi.CardTexts{DueOn: none}},
		{Version: 2, Seq: 12, At: at, Actor: grace, Undid: new(int64), Before: kanbanapi.CardTexts{Title: text("Buy bulbs")}, After: kanbanapi.CardTexts{Title: text("Buy <b>seeds</b>")}},
		{Version: 1, Seq: 11, At: at, Actor: grace, After: kanbanapi.CardTexts{Title: text("Buy bulbs"), Description: text("\nBeans\n<i>Corn</i>"), DueOn: day}},
	}}
}

func seedsThen() kanbanapi.CardVersion {
	return kanbanapi.CardVersion{Version: 1, Seq: 11, Actor: grace, Title: "Buy bulbs", Description: "\nBeans\n<i>Corn</i>", DueOn: edits().Items[3].After.DueOn}
}

func TestAHistoryTellsWhoChangedWhatByMoreThanColour(t *testing.T) {
	t.Parallel()
	res, doc := setup(t, garden("GET "+cardAPI+"/versions", edits()))("GET", cardAt+"/history", "")
	if res.StatusCode != http.StatusOK || doc.Find("ol.history > li").Length() != 4 || doc.Find("main i, main b b").Length() != 0 {
		t.Fatalf("%d, %d versions", res.StatusCode, doc.Find("ol.history > li").Length())
	}
	top := doc.Find("ol.history > li").First()
	if got := top.Find(".is-changed").Text(); got != "<i>removed: Corn; added: Peas; </i>" || top.Find("del .said").Text() != "Corn" || top.Find("ins .said").Text() != "Peas" {
		t.Errorf("the newest is told as %q", got)
	}
	if text := top.Text(); !strings.Contains(text, "Grace <b>Hopper</b> saved it 22 Nov 2026, 08:00 UTC") || !strings.Contains(text, "Now") || top.Find("form").Length() != 0 {
		t.Errorf("the newest says %q", text)
	}
	for i, want := range []string{"", "removed: Sunday, 22 November 2026; added: No due date; ", "took a change back", "made this card"} {
		if text := doc.Find("ol.history > li").Eq(i).Text(); !strings.Contains(text, want) {
			t.Errorf("version %d doesn't say %q: %q", 4-i, want, text)
		}
	}
	if doc.Find("ol.history > li").Last().Find("ins, del").Length() != 0 || doc.Find(`form[action="`+cardAt+`/history"][method="post"] button[name="restore"]`).Length() != 3 {
		t.Error("the first version changed something, or an older one can't be brought back")
	}
}

func TestAVersionIsBroughtBackOverThePresentOne(t *testing.T) {
	t.Parallel()
	up := garden("GET "+cardAPI+"/versions/1", seedsThen(), "PATCH "+cardAPI, seeds())
	ask := setup(t, up)
	res, _ := ask("POST", cardAt+"/history", apitest.Form("version", "4", "restore", "1"))
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != cardAt+"?restored=1" {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if got := up.Last(); got.IfMatch != `"4"` || got.Body["title"] != "Buy bulbs" || got.Body["description"] != "\nBeans\n<i>Corn</i>" || got.Body["due_on"] != "2026-11-22" {
		t.Errorf("sent %+v", got)
	}
	if _, doc := ask("GET", cardAt+"?restored=1", ""); !strings.Contains(doc.Find(`[role="status"].notice`).Text(), "Version 1 is back") {
		t.Error("the card doesn't say that it is back")
	}
	for _, odd := range []string{"4", "0", "-1", "x", "99"} {
		if _, doc := ask("GET", cardAt+"?restored="+odd, ""); doc.Find(".notice").Length() != 0 {
			t.Errorf("the card says that version %s is back", odd)
		}
	}
}

func TestAVersionIsNotBroughtBackOverWhatNobodySaw(t *testing.T) {
	t.Parallel()
	up := garden("GET "+cardAPI+"/versions/1", seedsThen(), "PATCH "+cardAPI, problem.New(problem.Stale, "stale_version", "It has changed."))
	ask := setup(t, up)
	res, doc := ask("POST", cardAt+"/history", apitest.Form("version", "3", "restore", "1"))
	if got := up.Changes(); len(got) != 1 || got[0].IfMatch != `"3"` {
		t.Errorf("sent %+v", got)
	}
	if res.StatusCode != http.StatusPreconditionFailed || !strings.Contains(doc.Find(`main [role="alert"]`).Text(), "nothing was brought back") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
	if doc.Find(`form input[name="version"]`).AttrOr("value", "") != "4" {
		t.Error("trying again isn't made from the present version")
	}
	for form, want := range map[string]int{"version=4&restore=99": 404, "version=4&restore=x": 400, "version=4": 400} {
		if res, _ := ask("POST", cardAt+"/history", form); res.StatusCode != want {
			t.Errorf("%s answers %d", form, res.StatusCode)
		}
	}
}

func TestAHistoryIsReadOnlyForWhoMayNotWrite(t *testing.T) {
	t.Parallel()
	read, archived := board(), seeds()
	read.Role = kanbanapi.Viewer
	archived.ArchivedAt = nullable.NewNullableWithValue(archived.CreatedAt)
	for name, up := range map[string]*apitest.API{
		"a viewer":         garden("GET "+boardAPI, read, "GET "+cardAPI+"/versions", edits()),
		"an archived card": garden("GET "+cardAPI, archived, "GET "+cardAPI+"/versions", edits()),
	} {
		ask := setup(t, up)
		if res, doc := ask("GET", cardAt+"/history", ""); res.StatusCode != http.StatusOK || doc.Find("main form").Length() != 0 {
			t.Errorf("%s: %d, %d forms", name, res.StatusCode, doc.Find("main form").Length())
		}
		if _, doc := ask("GET", cardAt, ""); doc.Find(`a[href="`+cardAt+`/history"]`).Length() != 1 {
			t.Errorf("%s: the card doesn't lead to its history", name)
		}
	}
}

func TestAHistoryGoesOnWithOlderVersions(t *testing.T) {
	t.Parallel()
	up := garden("GET "+cardAPI+"/versions", func(r *http.Request) any {
		page := edits()
		if r.URL.Query().Get("cursor") == "" {
			page.Items, page.NextCursor = page.Items[:2], nullable.NewNullableWithValue("older one")
		} else {
			page.Items = page.Items[2:]
		}
		return page
	})
	ask := setup(t, up)
	_, doc := ask("GET", cardAt+"/history", "")
	older := doc.Find(`a:contains("Older versions")`).AttrOr("href", "")
	if older != cardAt+"/history?cursor=older+one" || doc.Find(`a:contains("Newest versions")`).Length() != 0 {
		t.Fatalf("older versions at %q", older)
	}
	_, doc = ask("GET", older, "")
	if doc.Find("ol.history > li").Length() != 2 || doc.Find(`a:contains("Older versions")`).Length() != 0 || doc.Find(`a[href="`+cardAt+`/history"]:contains("Newest")`).Length() != 1 {
		t.Error("the last page isn't the last")
	}
}

func TestAHistoryOfACardThatIsGoneIsNotFound(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden())
	for _, path := range []string{boardAt + "/cards/8/history", boardAt + "/cards/x/history", "/boards/x/cards/7/history"} {
		if res, _ := ask("GET", path, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, res.StatusCode)
		}
	}
}
