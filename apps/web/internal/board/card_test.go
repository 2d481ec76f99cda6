package board

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

func TestACardShowsItsLabelsAndWhenItIsDue(t *testing.T) {
	t.Parallel()
	board := garden()
	bug, gone := uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05"), uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a06")
	board.Labels = []kanbanapi.BoardLabel{{Id: bug, Name: "Bug <b>", Hue: kanbanapi.Red}}
	board.Columns[1].Kind = kanbanapi.Done
	card := &board.Columns[0].Cards[0]
	card.LabelIds = []uuid.UUID{bug, gone}
	card.DueOn = nullable.NewNullableWithValue(openapi_types.Date{Time: time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC)})
	_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", gardenPath, "")

	face := doc.Find("#card-7")
	if labels := face.Find(".labels .label"); labels.Length() != 1 || labels.Text() != "Bug <b>" || !labels.HasClass("hue-red") {
		t.Errorf("labels %q", labels.Text())
	}
	due := face.Find(".due.is-late")
	if open, done := worded(due, ".while-done"), worded(due, ".while-open"); open != "Overdue: 31 Dec 1999" || done != "Done, was due 31 Dec 1999" {
		t.Errorf("due %q, in a done column %q", open, done)
	}
	if n := due.Find("*").Length() + 1; n > 3 {
		t.Errorf("the badge is %d elements", n)
	}
	if kind := doc.Find(".column").Last().AttrOr("data-kind", ""); kind != "done" {
		t.Errorf("the last column's kind is %q", kind)
	}
}

// worded is what is read of a badge without some of its words.
func worded(badge *goquery.Selection, without string) string {
	badge = badge.Clone()
	badge.Find(without).Remove()
	return strings.Join(strings.Fields(badge.Text()), " ")
}

func TestACardWithoutFactsHasNoRowForThem(t *testing.T) {
	t.Parallel()
	board := garden()
	card := &board.Columns[0].Cards[0]
	card.HasDescription, card.DueOn = false, nullable.NewNullNullable[openapi_types.Date]()
	_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", gardenPath, "")
	if doc.Find("#card-7 .card-facts").Length() != 0 {
		t.Error("an empty row")
	}
}
