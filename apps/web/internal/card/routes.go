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
func (h Handlers) Register(mux ui.Mux) {
	mux.Handle("GET /boards/{board}/cards/{card}", ui.Handle(h.show))
	mux.Handle("POST /boards/{board}/cards/{card}", ui.Handle(h.edit))
	mux.Handle("GET /boards/{board}/cards/{card}/move", ui.Handle(h.choosePlace))
	mux.Handle("POST /boards/{board}/cards/{card}/move", ui.Handle(h.move))
	mux.Handle("POST /boards/{board}/cards/{card}/archive", ui.Handle(h.archive))
	mux.Handle("POST /boards/{board}/cards/{card}/restore", ui.Handle(h.restore))
	mux.Handle("POST /boards/{board}/cards/{card}/preview", ui.Handle(h.preview))
	mux.Handle("POST /boards/{board}/cards/{card}/tasks", ui.Handle(h.tick))
	mux.Handle("POST /boards/{board}/cards/{card}/labels", ui.Handle(h.setLabels))
	mux.Handle("POST /boards/{board}/cards/{card}/labels/new", ui.Handle(h.newLabel))
	mux.Handle("POST /boards/{board}/cards/{card}/assignees", ui.Handle(h.setAssignees))
	mux.Handle("GET /boards/{board}/cards/{card}/delete", ui.Handle(h.confirmDelete))
	mux.Handle("POST /boards/{board}/cards/{card}/delete", ui.Handle(h.delete))
	mux.Handle("GET /boards/{board}/cards/{card}/trash", ui.Handle(h.trash))
	mux.Handle("GET /boards/{board}/cards/{card}/history", ui.Handle(h.history))
	mux.Handle("POST /boards/{board}/cards/{card}/history", ui.Handle(h.bringBack))

	// The addresses of forms, when somebody asks for them by hand after one failed.
	for _, form := range []string{"archive", "restore", "preview", "tasks", "labels", "labels/new", "assignees"} {
		mux.Handle("GET /boards/{board}/cards/{card}/"+form, ui.Handle(toCard))
	}
}

func toCard(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	return ui.Seen(w, r, at.path())
}
