package board

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

var graceID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a09")

func face(id uuid.UUID, title string, labels ...uuid.UUID) kanbanapi.Card {
	return kanbanapi.Card{
		Id: id, BoardId: gardenID, Number: 7, ColumnId: todoID, Title: title, Description: "Red ones", Rank: "a4", Version: 3, LabelIds: labels,
		DueOn: nullable.NewNullNullable[openapi_types.Date](), ArchivedAt: nullable.NewNullNullable[time.Time](),
	}
}

func TestFacesAreCardsAsTheWallShowsThem(t *testing.T) {
	t.Parallel()
	shown, away, gone, label := seedsID, uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	archived := face(away, "Rake")
	archived.ArchivedAt = nullable.NewNullableWithValue(time.Now())
	seeds := face(shown, "Buy <b>seeds</b>", label)
	seeds.AssigneeIds = []uuid.UUID{graceID}
	ask := setup(t, apitest.New(
		"GET "+gardenAPI+"/members", kanbanapi.MemberList{Items: []kanbanapi.Member{{Id: graceID, Name: "Grace"}}},
		"GET "+gardenAPI+"/cards/"+shown.String(), seeds,
		"GET "+gardenAPI+"/cards/"+away.String(), archived,
		"GET "+gardenAPI+"/labels", kanbanapi.LabelList{Items: []kanbanapi.ListedLabel{{Id: label, Name: "bug", Hue: kanbanapi.Blue}}},
	))
	_, doc := ask("GET", gardenPath+"/faces?q=seeds&card="+shown.String()+"&card="+away.String()+"&card="+gone.String(), "")
	cards := doc.Find("[data-faces] > .card")
	if cards.Length() != 1 {
		t.Fatalf("%d faces, want the one that is on the wall", cards.Length())
	}
	for what, got := range map[string]string{
		"Buy <b>seeds</b>": cards.Find(".card-title").Text(), "bug": cards.Find(".label").Text(),
		"Grace": cards.Find(".who").AttrOr("title", ""),
		"a4":    cards.AttrOr("data-rank", ""), "3": cards.AttrOr("data-version", ""),
		gardenPath + "/cards/7?q=seeds": cards.Find(".card-title a").AttrOr("href", ""),
	} {
		if got != what {
			t.Errorf("%q, want %q", got, what)
		}
	}
	if cards.Find(".badge").Length() == 0 || cards.Find("button").Length() != 0 || doc.Find("main").Length() != 0 {
		t.Error("a face has its signs, and neither a menu nor a page around it")
	}
}

func TestFacesOfWhatIsNoCardAreNotFound(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New())
	if res, _ := ask("GET", gardenPath+"/faces?card=../columns", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("status %d", res.StatusCode)
	}
}
