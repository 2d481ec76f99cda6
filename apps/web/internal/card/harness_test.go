package card

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

// setup serves the pages on top of an api, and returns a way to ask them.
func setup(t *testing.T, api *apitest.API) apitest.Ask {
	t.Helper()
	return apitest.Serve(t, api, func(client *kanbanapi.Client, mux *http.ServeMux) { Handlers{API: client}.Register(mux) })
}

// garden is an api with the board and the card on it, and further answers by "METHOD path" pairs.
func garden(more ...any) *apitest.API {
	return apitest.New(append([]any{"GET " + boardAPI, board(), "GET " + cardAPI, seeds(), "GET " + cardAPI + "/versions", edits()}, more...)...)
}

const (
	boardAPI = "/v1/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	cardAPI  = boardAPI + "/cards/7"
	boardAt  = "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	cardAt   = boardAt + "/cards/7"
)

var (
	boardID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	todoID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	doneID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03")
	seedsID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04")
	bugID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a06")
	rainID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a07")
	soilID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05")
)

func seeds() kanbanapi.Card {
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	return kanbanapi.Card{
		Id: seedsID, BoardId: boardID, Number: 7, ColumnId: todoID, Title: "Buy <b>seeds</b>", Description: "\nBeans\n<i>Peas</i>",
		Version: 4, CreatedAt: at, UpdatedAt: at, ArchivedAt: nullable.NewNullNullable[time.Time](),
		DueOn: nullable.NewNullNullable[openapi_types.Date](), LabelIds: kanbanapi.LabelIDs{bugID},
	}
}

func board() kanbanapi.Board {
	none := nullable.NewNullNullable[string]()
	return kanbanapi.Board{
		Id: boardID, Title: "Garden", Role: kanbanapi.Editor, ArchivedAt: nullable.NewNullNullable[time.Time](),
		Labels: []kanbanapi.BoardLabel{{Id: bugID, Name: "Bug", Hue: kanbanapi.Red}, {Id: rainID, Name: "Rain", Hue: kanbanapi.Blue}},
		Columns: []kanbanapi.BoardColumn{
			{Id: todoID, Title: "To do", NextCursor: none, Cards: []kanbanapi.CardSummary{{Id: seedsID, Number: 7, Title: "Buy seeds"}}},
			{Id: doneID, Title: "Done", NextCursor: none, Cards: []kanbanapi.CardSummary{{Id: soilID, Number: 3, Title: "Buy soil"}}},
		},
	}
}
