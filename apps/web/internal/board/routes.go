package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Handlers are the pages and forms of boards and columns.
type Handlers struct {
	API *kanbanapi.Client // as the person who is asking: the token comes from the request's session

	faces *faceCache
}

// Register adds the routes. All of them are for signed-in people only.
func (h Handlers) Register(mux ui.Mux) {
	h.faces = newFaceCache()
	h.registerBoards(mux)
	h.registerSettings(mux)
	mux.Handle("GET /boards/{board}", ui.Handle(h.show))
	mux.Handle("POST /boards/{board}", ui.Handle(h.rename))
	mux.Handle("POST /boards/{board}/cards", ui.Handle(h.addCard))
	mux.Handle("POST /boards/{board}/selection", ui.Handle(h.changeSelection))
	mux.Handle("POST /boards/{board}/columns", ui.Handle(h.addColumn))
	mux.Handle("POST /boards/{board}/columns/starter", ui.Handle(h.addStarter))
	mux.Handle("GET /boards/{board}/faces", ui.Handle(faces{h.API, h.faces}.show))
	h.registerColumn(mux)

	// The addresses of forms, when somebody asks for them by hand after one failed.
	mux.Handle("GET /boards/{board}/cards", ui.Handle(toBoard))
	mux.Handle("GET /boards/{board}/selection", ui.Handle(toBoard))
	mux.Handle("GET /boards/{board}/columns", ui.Handle(toBoard))
}

// registerBoards adds what is about boards as such.
func (h Handlers) registerBoards(mux ui.Mux) {
	mux.Handle("GET /boards", ui.Handle(h.list))
	mux.Handle("POST /boards", ui.Handle(h.create))
	mux.Handle("POST /boards/sample", ui.Handle(h.createSample))
	mux.Handle("POST /boards/{board}/star", ui.Handle(h.star))
	mux.Handle("POST /boards/{board}/unstar", ui.Handle(h.unstar))
	mux.Handle("POST /boards/{board}/archive", ui.Handle(h.archiveBoard))
	mux.Handle("POST /boards/{board}/restore", ui.Handle(h.restoreBoard))
	mux.Handle("POST /boards/{board}/delete", ui.Handle(h.deleteBoard))
	mux.Handle("GET /boards/{board}/delete", ui.Handle(toSettings))
	for _, form := range []string{"star", "unstar", "restore"} { // what archives is the archive's own address
		mux.Handle("GET /boards/{board}/"+form, ui.Handle(toBoard))
	}
}

func (h Handlers) registerColumn(mux ui.Mux) {
	mux.Handle("GET /boards/{board}/columns/{column}", ui.Handle(h.showColumn))
	mux.Handle("GET /boards/{board}/columns/{column}/edit", ui.Handle(h.columnForm))
	mux.Handle("POST /boards/{board}/columns/{column}", ui.Handle(h.editColumn))
	mux.Handle("POST /boards/{board}/columns/{column}/move", ui.Handle(h.moveColumn))
	mux.Handle("POST /boards/{board}/columns/{column}/collapse", ui.Handle(h.collapseColumn))
	mux.Handle("POST /boards/{board}/columns/{column}/expand", ui.Handle(h.expandColumn))
	mux.Handle("POST /boards/{board}/columns/{column}/archive", ui.Handle(h.archiveColumn))
	mux.Handle("POST /boards/{board}/columns/{column}/restore", ui.Handle(h.restoreColumn))
	mux.Handle("POST /boards/{board}/columns/{column}/delete", ui.Handle(h.deleteColumn))
	mux.Handle("GET /boards/{board}/columns/{column}/delete", ui.Handle(toBoard)) // by hand, after it failed
	mux.Handle("GET /boards/{board}/columns/{column}/empty", ui.Handle(h.chooseEmpty))
	mux.Handle("POST /boards/{board}/columns/{column}/empty", ui.Handle(h.emptyColumn))
}

func toBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return ui.Seen(w, r, path(id))
}
