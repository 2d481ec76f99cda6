package board

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

// setup serves the pages on top of an api, and returns a way to ask them.
func setup(t *testing.T, api *apitest.API) apitest.Ask {
	t.Helper()
	return apitest.Serve(t, api, func(client *kanbanapi.Client, mux *http.ServeMux) { Handlers{API: client}.Register(mux) })
}

var (
	gardenID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	todoID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	doneID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03")
	seedsID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04")
)

// garden is a board with two columns, the first with a card and eleven more to come.
func garden() kanbanapi.Board {
	return kanbanapi.Board{
		Id: gardenID, Title: "Garden <&>", Version: 3, Role: kanbanapi.Owner, ArchivedAt: nullable.NewNullNullable[time.Time](),
		Columns: []kanbanapi.BoardColumn{
			{
				Id: todoID, Title: "To <do>", Version: 2, CardCount: 12, WipLimit: nullable.NewNullableWithValue(10),
				Hue: nullable.NewNullableWithValue(kanbanapi.Blue), Kind: kanbanapi.Active,
				NextCursor: nullable.NewNullableWithValue("next page"),
				Cards:      []kanbanapi.CardSummary{{Id: seedsID, Number: 7, ColumnId: todoID, Title: "Buy <b>seeds</b>", HasDescription: true}},
			},
			{Id: doneID, Title: "Done", Version: 1, Kind: kanbanapi.Done, Hue: nullable.NewNullNullable[kanbanapi.Hue](), WipLimit: nullable.NewNullNullable[int](), NextCursor: nullable.NewNullNullable[string](), Cards: []kanbanapi.CardSummary{}},
		},
	}
}
