package card

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Handlers are the pages and forms of cards.
type Handlers struct {
	API *kanbanapi.Client // as the person who is asking: the token comes from the request's session
}

// Register adds the routes. All of them are for signed-in people only.
func (h Handlers) Register(mux *http.ServeMux) {
	mux.Handle("GET /boards/{board}/cards/{card}", ui.Handle(h.show))
	mux.Handle("POST /boards/{board}/cards/{card}", ui.Handle(h.edit))
	mux.Handle("GET /boards/{board}/cards/{card}/move", ui.Handle(h.choosePlace))
	mux.Handle("POST /boards/{board}/cards/{card}/move", ui.Handle(h.move))
	mux.Handle("POST /boards/{board}/cards/{card}/archive", ui.Handle(h.archive))
	mux.Handle("POST /boards/{board}/cards/{card}/restore", ui.Handle(h.restore))
}
