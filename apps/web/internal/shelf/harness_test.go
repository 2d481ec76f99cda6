package shelf

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

// setup serves the pages on top of an api, and returns a way to ask them.
func setup(t *testing.T, api *apitest.API) apitest.Ask {
	t.Helper()
	return apitest.Serve(t, api, func(client *kanbanapi.Client, mux *http.ServeMux) { Handlers{API: client}.Register(mux) })
}

// What is in garden.
var (
	gardenID   = apitest.GardenID
	todoID     = apitest.TodoID
	doneID     = apitest.DoneID
	seedsID    = apitest.SeedsID
	rainID     = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05")
	gardenPath = address.Board(gardenID)
)

const gardenAPI = "/v1/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"

// putAway is garden with a column and two cards away, the second of them in that column; asked is where the questions go.
func putAway(asked *[]url.Values, more ...any) *apitest.API {
	away := kanbanapi.AwaySince{At: time.Unix(0, 0), By: kanbanapi.Actor{Id: seedsID, Name: "Grace <Hopper>"}}
	cards := kanbanapi.AwayCardPage{NextCursor: nullable.NewNullableWithValue("on & on"), Items: []kanbanapi.AwayCard{
		{Id: seedsID, Number: 7, Title: "Buy <seeds>", Column: kanbanapi.HomeColumn{Id: todoID, Title: "To <do>"}, Away: away},
		{Id: doneID, Number: 8, Title: "Dig", Column: kanbanapi.HomeColumn{Id: rainID, Title: "Icebox", Archived: true}, Away: away},
		{Id: gardenID, Number: 9, Title: "Weed", Column: kanbanapi.HomeColumn{Id: todoID, Title: "Ideas", Deleted: true}, Away: away},
	}}
	columns := kanbanapi.ColumnList{Items: []kanbanapi.Column{{Id: rainID, Title: "Icebox", CardCount: 23, Version: 2, Away: &away}}}
	answer := func(with any) func(*http.Request) any {
		return func(r *http.Request) any {
			if asked != nil {
				*asked = append(*asked, r.URL.Query())
			}
			return with
		}
	}
	return apitest.New(append([]any{
		"GET " + gardenAPI, apitest.Garden(), "GET " + gardenAPI + "/cards", answer(cards), "GET " + gardenAPI + "/columns", answer(columns),
	}, more...)...)
}
