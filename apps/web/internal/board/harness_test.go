package board

import (
	"net/http"
	"testing"

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
	gardenID = apitest.GardenID
	todoID   = apitest.TodoID
	doneID   = apitest.DoneID
	seedsID  = apitest.SeedsID
)

// garden is the board that the pages are asked for.
func garden() kanbanapi.Board { return apitest.Garden() }
