package board

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestDeletingAColumnLeadsToWhereItWas(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("DELETE "+todoAPI, apitest.Seq(20)))
	res, _ := ask("POST", columnDeletePath(gardenID, todoID), "version=3&q=a")
	if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != gardenPath+"?did=20" {
		t.Errorf("%d %s", res.StatusCode, got)
	}
}

// Somebody renamed it meanwhile, and may mean something by that: its menu is open, and says so.
func TestAColumnThatChangedIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	stale := problem.New(problem.Stale, "stale_version", "Old.")
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "DELETE "+todoAPI, stale))
	res, doc := ask("POST", columnDeletePath(gardenID, todoID), "version=1")
	menu := doc.Find("#" + address.ColumnID(todoID) + " .menu")
	if res.StatusCode != 412 || !strings.Contains(menu.Text(), "Somebody has changed this column meanwhile. Delete it again to delete it as it is now.") {
		t.Errorf("%d %s", res.StatusCode, menu.Text())
	}
	if got := menu.Find(`form[action="`+columnDeletePath(gardenID, todoID)+`"] [name="version"]`).AttrOr("value", ""); got == "" || got == "1" {
		t.Error("again would be as stale")
	}
}

func TestWhoMayOnlyLookDeletesNoColumn(t *testing.T) {
	t.Parallel()
	board := garden()
	board.Role = kanbanapi.Viewer
	_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", opening(gardenPath, "menu", todoID.String()), "")
	if doc.Find(`[action$="/delete"]`).Length() != 0 || doc.Find(".menu").Length() == 0 {
		t.Error("there is a button")
	}
}
