package board

import (
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

// press follows a button as a browser does without scripts.
func press(t *testing.T, doc *goquery.Document, ask apitest.Ask, button string) *goquery.Document {
	t.Helper()
	pressed := doc.Find(button)
	form := doc.Find("form#" + pressed.AttrOr("form", "?"))
	if pressed.Length() != 1 || form.Length() != 1 {
		t.Fatalf("%s: %d buttons of %d forms", button, pressed.Length(), form.Length())
	}
	query := url.Values{pressed.AttrOr("name", ""): {pressed.AttrOr("value", "")}}
	form.Find("input").Each(func(_ int, s *goquery.Selection) { query.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	_, next := ask("GET", form.AttrOr("action", "")+"?"+query.Encode(), "")
	return next
}

func TestAButtonOpensAMenuAndClosesItWithoutScripts(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	for _, of := range []string{"#card-7 > ", "#" + address.ColumnID(doneID) + " .column-tools > "} {
		_, doc := ask("GET", gardenPath, "")
		if doc.Find("main .menu").Length() != 0 {
			t.Error("a menu is drawn that nobody opened")
		}
		doc = press(t, doc, ask, of+`[name="menu"]`)
		if menu := doc.Find(of + `[name="menu"][aria-expanded="true"] + .menu`); menu.Length() != 1 || menu.Find("[autofocus]").Length() != 1 || doc.Find("main .menu").Length() != 1 {
			t.Errorf("%s: the menu isn't open, or others are", of)
		}
		if press(t, doc, ask, of+`[name="menu"]`).Find("main .menu").Length() != 0 {
			t.Errorf("%s: the menu stays open", of)
		}
	}
}

func TestAMenuOpensOnAColumnsOwnPageToo(t *testing.T) {
	t.Parallel()
	page := kanbanapi.CardPage{Items: garden().Columns[0].Cards, NextCursor: nullable.NewNullNullable[string]()}
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+todoAPI+"/cards", page))
	_, doc := ask("GET", moreOf(gardenID, todoID, "a b"), "")
	doc = press(t, doc, ask, `#card-7 > [name="menu"]`)
	if doc.Find("#card-7 > .menu").Length() != 1 || doc.Find(`#opens [name="cursor"]`).AttrOr("value", "") != "a b" {
		t.Error("the menu isn't open where the button was")
	}
}

func TestTheQuickAddBoxOpensWithoutScripts(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	_, doc := ask("GET", gardenPath, "")
	if doc.Find("main .adder").Length() != 0 {
		t.Error("a box is drawn that nobody opened")
	}
	doc = press(t, doc, ask, "#"+address.ColumnID(doneID)+" .adds")
	if box := doc.Find("main .adder[open]"); box.Length() != 1 || box.Find(`[name="column_id"]`).AttrOr("value", "") != doneID.String() {
		t.Error("the box isn't open")
	}
}
