package apitest

import (
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

// What is in Garden.
var (
	GardenID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	TodoID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	DoneID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03")
	SeedsID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04")
)

// Garden is a board with two columns, the first with a card and eleven more to come.
func Garden() kanbanapi.Board {
	return kanbanapi.Board{
		Id: GardenID, Title: "Garden <&>", Version: 3, Role: kanbanapi.Owner, ArchivedAt: nullable.NewNullNullable[time.Time](),
		Columns: []kanbanapi.BoardColumn{
			{
				Id: TodoID, Title: "To <do>", Version: 2, CardCount: 12, WipLimit: nullable.NewNullableWithValue(10),
				Hue: nullable.NewNullableWithValue(kanbanapi.Blue), Kind: kanbanapi.Active,
				NextCursor: nullable.NewNullableWithValue("next page"),
				Cards:      []kanbanapi.CardSummary{{Id: SeedsID, Number: 7, ColumnId: TodoID, Title: "Buy <b>seeds</b>", HasDescription: true}},
			},
			{Id: DoneID, Title: "Done", Version: 1, Kind: kanbanapi.Done, Hue: nullable.NewNullNullable[kanbanapi.Hue](), WipLimit: nullable.NewNullNullable[int](), NextCursor: nullable.NewNullNullable[string](), Cards: []kanbanapi.CardSummary{}},
		},
	}
}
