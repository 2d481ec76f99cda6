package shelf

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Handlers are the pages and forms of the archive and the trash.
type Handlers struct {
	API *kanbanapi.Client // as the person who is asking: the token comes from the request's session
}

// Register adds the routes. All of them are for signed-in people only.
func (h Handlers) Register(mux ui.Mux) {
	h.registerOfBoard(mux)
	mux.Handle("GET "+boardsInArchive.Address, ui.Handle(h.listBoards(boardsInArchive)))
	mux.Handle("GET "+boardsInTrash.Address, ui.Handle(h.listBoards(boardsInTrash)))
	mux.Handle("POST /boards/{board}/purge", ui.Handle(h.purgeBoard))
	mux.Handle("GET /boards/{board}/purge", ui.Handle(toBoardsInTrash)) // by hand, after it failed
}

// registerOfBoard adds the pages of a board's archive and trash, and the forms on them. Each form answers with its page.
func (h Handlers) registerOfBoard(mux ui.Mux) {
	for _, s := range []Shelf{Archive, Trash} {
		at := "/boards/{board}" + s.path
		mux.Handle("GET "+at, ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.show(w, r, s) }))
		mux.Handle("POST "+at+"/cards/{card}/restore", ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.restoreCard(w, r, s) }))
		mux.Handle("POST "+at+"/columns/{column}/restore", ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.restoreColumn(w, r, s) }))
		for _, form := range []string{"/cards/{card}/restore", "/columns/{column}/restore"} { // by hand, after it failed
			mux.Handle("GET "+at+form, ui.Handle(to(s)))
		}
	}
	for _, form := range []struct {
		Shelf
		at string
		do ui.HandlerFunc
	}{
		{Archive, "/columns/{column}/delete", h.deleteColumn},
		{Trash, "/columns/{column}/purge", h.purgeColumn},
		{Trash, "/cards/{card}/purge", h.purgeCard},
	} {
		at := "/boards/{board}" + form.path + form.at
		mux.Handle("POST "+at, ui.Handle(form.do))
		mux.Handle("GET "+at, ui.Handle(to(form.Shelf)))
	}
}

func to(s Shelf) ui.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := ui.PathID(r, "board")
		if err != nil {
			return err
		}
		return ui.Seen(w, r, s.Path(id))
	}
}
