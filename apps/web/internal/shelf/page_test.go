package shelf

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestTheArchiveShowsColumnsAndCardsWithTheirWayBack(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	_, doc := setup(t, putAway(&asked))("GET", gardenPath+"/archive?q=+b%25+", "")
	main := doc.Find("main").Text()
	for _, said := range []string{"#7 Buy <seeds>", "in “To <do>”", "archived by", "Grace <Hopper>", "23 cards", "Its column is in the archive too"} {
		if !strings.Contains(strings.Join(strings.Fields(main), " "), said) {
			t.Errorf("it doesn't say %q: %s", said, main)
		}
	}
	for form, there := range map[string]int{"/cards/" + seedsID.String(): 1, "/cards/" + doneID.String(): 0, "/columns/" + rainID.String(): 1} {
		if got := doc.Find(`form[method="post"][action="` + gardenPath + "/archive" + form + `/restore"] [name="q"][value="b%"]`).Length(); got != there {
			t.Errorf("%d ways back of %s", got, form)
		}
	}
	if doc.Find(`form[action="`+gardenPath+`/archive/columns/`+rainID.String()+`/delete"] [name="version"][value="2"]`).Length() != 1 {
		t.Error("the column can't be deleted")
	}
	if doc.Find(`main a[href="`+gardenPath+`/cards/7"]`).Length() != 1 || doc.Find(`nav a[aria-current="page"]`).Text() != "Archive" {
		t.Error("the card can't be looked at, or the tab isn't this one's")
	}
	if doc.Find(`input[type="search"]`).AttrOr("value", "") != "b%" || len(asked) != 2 || asked[0].Get("q") != "b%" || asked[1].Get("state") != "archived" {
		t.Errorf("it looked for %q", asked)
	}
	if more := doc.Find(".more a").AttrOr("href", ""); more != gardenPath+"/archive?cursor=on+%26+on&of=cards&q=b%25" {
		t.Errorf("more at %s", more)
	}
}

func TestMoreOfOneListLeavesTheOtherOut(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, putAway(&asked))
	if _, doc := ask("GET", gardenPath+"/archive?of=cards&cursor=x", ""); doc.Find("#h-columns").Length() != 0 || doc.Find("#h-cards").Length() != 1 || len(asked) != 1 || asked[0].Get("cursor") != "x" {
		t.Errorf("asked %q: %s", asked, doc.Find("main").Text())
	}
	if _, doc := ask("GET", gardenPath+"/archive?of=columns&cursor=x", ""); doc.Find("#h-columns").Length() != 1 || doc.Find("#h-cards").Length() != 0 {
		t.Errorf("%s", doc.Find("main").Text())
	}
	asked = nil
	if ask("GET", gardenPath+"/archive?of=boards&cursor=x", ""); len(asked) != 2 || asked[0].Has("cursor") {
		t.Errorf("a list that there isn't: %q", asked)
	}
}

func TestTheTrashIsAShelfOfItsOwn(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	_, doc := setup(t, putAway(&asked))("GET", gardenPath+"/trash", "")
	if len(asked) != 2 || asked[0].Get("state") != "deleted" || asked[1].Get("state") != "deleted" || doc.Find("h1").Text() != "Trash" {
		t.Errorf("%s asked for %q", doc.Find("h1").Text(), asked)
	}
	if doc.Find(`[action="`+gardenPath+`/trash/cards/`+seedsID.String()+`/restore"]`).Length() != 1 || doc.Find(`main a[href="`+gardenPath+`/cards/7"]`).Length() != 0 {
		t.Error("no way back, or one to a card that can't be read")
	}
	column := `[method="post"][action="` + gardenPath + `/trash/columns/` + rainID.String()
	if doc.Find(column+`/restore"]`).Length() != 1 || doc.Find(".asks "+column+`/purge"]`).Length() != 1 {
		t.Error("a column can't be brought back, or not be deleted for good")
	}
	if first := doc.Find(`main a[href="` + gardenPath + `/trash?of=columns&q=Ideas"]`).Parent().Text(); !strings.Contains(first, "in the trash too: restore that first") {
		t.Errorf("a card of a deleted column says %q", first)
	}
}

func TestShelvesThatAreEmptySayWhatComesThere(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, apitest.Garden(), "GET "+gardenAPI+"/cards", kanbanapi.AwayCardPage{}, "GET "+gardenAPI+"/columns", kanbanapi.ColumnList{}))
	for page, want := range map[string]string{"/archive": "The archive is empty.", "/trash": "The trash is empty.", "/trash?q=%3Cb%3E": "Nothing here begins with “<b>”."} {
		if _, doc := ask("GET", gardenPath+page, ""); !strings.Contains(doc.Find("main").Text(), want) {
			t.Errorf("%s: %s", page, doc.Find("main").Text())
		}
	}
}

func TestRestoringComesBackToItsShelfAndSaysWhere(t *testing.T) {
	t.Parallel()
	card := kanbanapi.Card{Id: seedsID, Number: 7, Title: "Buy <seeds>", ColumnId: todoID, ArchivedAt: nullable.NewNullNullable[time.Time](), Seq: 20}
	at := gardenAPI + "/cards/" + seedsID.String()
	done := kanbanapi.Activity{Seq: 20, Verb: kanbanapi.CardRestored, CardId: &seedsID, ColumnId: &todoID}
	api := putAway(nil, "POST "+at+"/restore", card, "GET "+at, card, "POST "+gardenAPI+"/columns/"+todoID.String()+"/restore", kanbanapi.Column{Seq: 20},
		"GET "+gardenAPI+"/activity", func(*http.Request) any { return kanbanapi.ActivityPage{Seq: 20, Items: []kanbanapi.Activity{done}} })
	ask := setup(t, api)
	for form, want := range map[string]string{
		"/trash/cards/" + seedsID.String():    "/trash?did=20&q=a+b",
		"/archive/cards/" + seedsID.String():  "/archive?did=20&q=a+b",
		"/archive/columns/" + todoID.String(): "/archive?did=20&q=a+b",
		"/trash/columns/" + todoID.String():   "/trash?did=20&q=a+b",
	} {
		res, _ := ask("POST", gardenPath+form+"/restore", "q=a+b")
		if got := res.Header.Get("Location"); res.StatusCode != 303 || got != gardenPath+want {
			t.Errorf("%s: %d %s", form, res.StatusCode, got)
		}
	}
	wantTold := func(sentence, shown string) {
		t.Helper()
		_, doc := ask("GET", gardenPath+"/archive?did=20&q=a+b", "")
		flash := doc.Find(".flash")
		if flash.Find("p").Text() != sentence || flash.Find("a").AttrOr("href", "") != shown {
			t.Errorf("it says %q, and shows %q", flash.Find("p").Text(), flash.Find("a").AttrOr("href", ""))
		}
		if flash.Find(`form[action="`+gardenPath+`/undo"] [name="back"]`).AttrOr("value", "") != gardenPath+"/archive?q=a+b" {
			t.Error("it can't be taken back from here")
		}
	}
	wantTold("Brought “Buy <b>seeds</b>” back to “To <do>”.", gardenPath+"#card-7")
	done.Verb = kanbanapi.ColumnRestored
	wantTold("Brought the column “To <do>” back.", gardenPath+"#column-"+todoID.String())
	if res, _ := ask("GET", gardenPath+"/trash/cards/"+seedsID.String()+"/restore", ""); res.Header.Get("Location") != gardenPath+"/trash" {
		t.Errorf("by hand: %d", res.StatusCode)
	}
}

func TestARefusedRestoreIsSaidOnItsShelf(t *testing.T) {
	t.Parallel()
	at := gardenAPI + "/cards/" + seedsID.String() + "/restore"
	for code, c := range map[string]struct {
		refusal *problem.Error
		status  int
		says    string
	}{
		"column_archived": {problem.New(problem.Conflict, "column_archived", "It is."), 409, "Restore the column first"},
		"column_deleted":  {problem.New(problem.Conflict, "column_deleted", "It is."), 409, "Its column is in the trash too"},
		"card_not_found":  {problem.New(problem.NotFound, "card_not_found", "It isn't."), 404, "deleted it for good"},
		"read_only":       {problem.New(problem.Forbidden, "read_only", "You can look."), 403, "You can look."},
		"board_archived":  {problem.New(problem.Conflict, "board_archived", "This board is in the archive."), 409, "This board is in the archive."},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			res, doc := setup(t, putAway(nil, "POST "+at, c.refusal))("POST", gardenPath+"/archive/cards/"+seedsID.String()+"/restore", "q=b")
			if res.StatusCode != c.status || !strings.Contains(doc.Find("main").Text(), c.says) {
				t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
			}
		})
	}
}

func TestTheArchiveOfAnArchivedBoardIsOnlyRead(t *testing.T) {
	t.Parallel()
	board := apitest.Garden()
	board.ArchivedAt = nullable.NewNullableWithValue(time.Unix(0, 0))
	_, doc := setup(t, putAway(nil, "GET "+gardenAPI, board))("GET", gardenPath+"/archive", "")
	if doc.Find(`main form[method="post"]`).Length() != 0 || !strings.Contains(doc.Find(".notice").Text(), "can be read, but not brought back") {
		t.Errorf("%s", doc.Find("main").Text())
	}
}

func TestWhoMayOnlyLookSeesNoWaysBack(t *testing.T) {
	t.Parallel()
	board := apitest.Garden()
	board.Role = kanbanapi.Viewer
	for _, page := range []string{"/archive", "/trash"} {
		_, doc := setup(t, putAway(nil, "GET "+gardenAPI, board))("GET", gardenPath+page, "")
		if doc.Find(`main form[method="post"]`).Length() != 0 || doc.Find(".rows > li").Length() < 2 {
			t.Errorf("%s: %s", page, doc.Find("main").Text())
		}
	}
}

func TestOnlyOwnersDeleteForGoodAndAreAskedFirst(t *testing.T) {
	t.Parallel()
	at := `.asks form[method="post"][action="` + gardenPath + "/trash"
	form := at + "/cards/" + seedsID.String() + `/purge"], ` + at + "/columns/" + rainID.String() + `/purge"]`
	for role, want := range map[kanbanapi.Role]int{kanbanapi.Owner: 2, kanbanapi.Editor: 0, kanbanapi.Viewer: 0} {
		board := apitest.Garden()
		board.Role = role
		ask := setup(t, putAway(nil, "GET "+gardenAPI, board))
		if _, doc := ask("GET", gardenPath+"/trash", ""); doc.Find(form).Length() != want || doc.Find("details[open]").Length() != 0 {
			t.Errorf("%s: %d forms, %d open", role, doc.Find(form).Length(), doc.Find("details[open]").Length())
		}
		if _, doc := ask("GET", gardenPath+"/archive", ""); doc.Find(".asks").Length() != 0 {
			t.Errorf("%s deletes for good from the archive", role)
		}
	}
}

func TestDeletingACardForGood(t *testing.T) {
	t.Parallel()
	at := "POST " + gardenAPI + "/cards/" + seedsID.String() + "/purge"
	form := gardenPath + "/trash/cards/" + seedsID.String() + "/purge"
	done := kanbanapi.Activity{Seq: 20, Verb: kanbanapi.CardPurged, CardId: &rainID, ColumnId: &todoID}
	ask := setup(t, putAway(nil, at, apitest.Seq(20), "GET "+gardenAPI+"/activity", kanbanapi.ActivityPage{Seq: 20, Items: []kanbanapi.Activity{done}}))
	res, _ := ask("POST", form, "q=a")
	if got := res.Header.Get("Location"); res.StatusCode != 303 || got != gardenPath+"/trash?did=20&q=a" {
		t.Errorf("%d %s", res.StatusCode, got)
	}
	if _, doc := ask("GET", gardenPath+"/trash?did=20", ""); doc.Find(".flash").Text() != "Deleted a card for good, which can’t be undone." {
		t.Errorf("it says %q", doc.Find(".flash").Text())
	}
	refused := setup(t, putAway(nil, at, problem.New(problem.Conflict, "not_in_trash", "No.")))
	if res, doc := refused("POST", form, ""); res.StatusCode != 409 || !strings.Contains(doc.Find("[role=alert]").Text(), "somebody has brought it back") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestAColumnThatChangedIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	stale := problem.New(problem.Stale, "stale_version", "Old.")
	ask := setup(t, putAway(nil, "DELETE "+gardenAPI+"/columns/"+todoID.String(), stale))
	res, doc := ask("POST", Archive.columnPath(gardenID, todoID)+"/delete", "version=2")
	if res.StatusCode != 412 || !strings.Contains(doc.Find("[role=alert]").Text(), "It wasn't deleted") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestAColumnIsDeletedFromTheArchiveAndForGoodFromTheTrash(t *testing.T) {
	t.Parallel()
	todoAPI := gardenAPI + "/columns/" + todoID.String()
	ask := setup(t, apitest.New("DELETE "+todoAPI, apitest.Seq(20), "POST "+todoAPI+"/purge", apitest.Seq(21)))
	for form, want := range map[string]string{
		Archive.columnPath(gardenID, todoID) + "/delete": "/archive?did=20&q=a",
		Trash.columnPath(gardenID, todoID) + "/purge":    "/trash?did=21&q=a",
	} {
		res, _ := ask("POST", form, "version=3&q=a")
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != gardenPath+want {
			t.Errorf("%s: %d %s", form, res.StatusCode, got)
		}
	}
}
