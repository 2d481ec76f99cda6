package board

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// shelfAtOnce is how many cards or columns a shelf's page shows.
const shelfAtOnce = 50

// shelfView is the page of a board's archive, or of its trash.
type shelfView struct {
	Board   kanbanapi.Board
	Shelf   shelf
	Words   string // what is looked for
	Cards   []kanbanapi.AwayCard
	Columns []kanbanapi.Column
	Next    map[list]string // the cursors of the next pages
	Only    list            // the list that goes on, or "" for both
	Flash   *activity.Flash
	Back    string // where that is which was just brought back, or ""
	Refused string // why that couldn't be done
}

// MayEdit reports whether the reader may bring things back.
func (v shelfView) MayEdit() bool { return editable(v.Board) }

// MayPurge reports whether the reader may delete things for good.
func (v shelfView) MayPurge() bool {
	return v.Shelf == trashShelf && v.MayEdit() && v.Board.Role == kanbanapi.Owner
}

// Bare reports whether nothing is there.
func (v shelfView) Bare() bool { return len(v.Cards) == 0 && len(v.Columns) == 0 }

// registerShelf adds the pages of a board's archive and trash, and the forms on them. Each form answers with its page.
func (h Handlers) registerShelf(mux ui.Mux) {
	for _, s := range []shelf{archiveShelf, trashShelf} {
		at := "/boards/{board}" + s.path
		mux.Handle("GET "+at, ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.showShelf(w, r, s) }))
		mux.Handle("POST "+at+"/cards/{card}/restore", ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.restoreFromShelf(w, r, s) }))
		mux.Handle("POST "+at+"/columns/{column}/restore", ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.restoreColumnFromShelf(w, r, s) }))
		for _, form := range []string{"/cards/{card}/restore", "/columns/{column}/restore"} { // by hand, after it failed
			mux.Handle("GET "+at+form, ui.Handle(toShelf(s)))
		}
	}
	for _, form := range []struct {
		shelf
		at string
		do ui.HandlerFunc
	}{
		{archiveShelf, "/columns/{column}/delete", h.deleteArchivedColumn},
		{trashShelf, "/columns/{column}/purge", h.purgeColumn},
		{trashShelf, "/cards/{card}/purge", h.purgeCard},
	} {
		at := "/boards/{board}" + form.path + form.at
		mux.Handle("POST "+at, ui.Handle(form.do))
		mux.Handle("GET "+at, ui.Handle(toShelf(form.shelf)))
	}
}

func toShelf(s shelf) ui.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := ui.PathID(r, "board")
		if err != nil {
			return err
		}
		return ui.Seen(w, r, s.Path(id))
	}
}

func (h Handlers) showShelf(w http.ResponseWriter, r *http.Request, s shelf) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	query := r.URL.Query()
	v := shelfView{Shelf: s, Words: ui.Line(query.Get("q"))}
	if only := list(query.Get("of")); only == cardList || only == columnList {
		v.Only = only
	}
	if err := h.readShelf(r.Context(), id, query.Get("cursor"), &v); err != nil {
		return err
	}
	v.Flash = activity.Read(r, h.API, v.Board, s.searched(id, v.Words))
	v.Back = h.back(r, v.Board, v.Flash)
	return ui.Render(w, r, http.StatusOK, shelfPage(v))
}

// readShelf reads what the page shows: both lists from their beginning, or one of them from a cursor on.
func (h Handlers) readShelf(ctx context.Context, id uuid.UUID, cursor string, v *shelfView) error {
	var err error
	if v.Board, err = h.API.Board(ctx, id); err != nil {
		return err
	}
	v.Next = map[list]string{}
	find := kanbanapi.Find{State: v.Shelf.State, Words: v.Words, Limit: shelfAtOnce}
	if v.Only != "" {
		find.Cursor = cursor
	}
	if v.Only != columnList {
		cards, err := h.API.AwayCards(ctx, id, find)
		if err != nil {
			return err
		}
		v.Cards = cards.Items
		v.Next[cardList], _ = cards.NextCursor.Get()
	}
	if v.Only != cardList {
		columns, err := h.API.AwayColumns(ctx, id, find)
		if err != nil {
			return err
		}
		v.Columns = columns.Items
		v.Next[columnList], _ = columns.NextCursor.Get()
	}
	return nil
}

// back is where on the board that is which was brought back just now, "" for nothing.
func (h Handlers) back(r *http.Request, board kanbanapi.Board, flash *activity.Flash) string {
	switch {
	case flash == nil || !flash.Stands():
	case flash.Of.Verb == kanbanapi.ColumnRestored:
		return onBoard(board.Id, *flash.Of.ColumnId)
	case flash.Of.Verb == kanbanapi.CardRestored:
		if card, err := h.API.Card(r.Context(), board.Id, flash.Of.CardId.String()); err == nil && card.ArchivedAt.IsNull() {
			return path(board.Id) + "#" + cardID(card.Number)
		}
	}
	return ""
}
