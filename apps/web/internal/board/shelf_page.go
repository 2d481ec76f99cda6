package board

import (
	"context"
	"net/http"

	"github.com/google/uuid"

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
	Back    *returned       // what was just brought back
	Refused string          // why that couldn't be done
}

// returned is what was brought back, and where it is; At is "" for what is gone.
type returned struct{ Says, At string }

// MayEdit reports whether the reader may bring things back.
func (v shelfView) MayEdit() bool { return editable(v.Board) }

// MayPurge reports whether the reader may delete things for good.
func (v shelfView) MayPurge() bool {
	return v.Shelf == trashShelf && v.MayEdit() && v.Board.Role == kanbanapi.Owner
}

// Bare reports whether nothing is there.
func (v shelfView) Bare() bool { return len(v.Cards) == 0 && len(v.Columns) == 0 }

// registerShelf adds the pages of a board's archive and trash, and the forms on them. Each form answers with its page.
func (h Handlers) registerShelf(mux *http.ServeMux) {
	for _, s := range []shelf{archiveShelf, trashShelf} {
		at := "/boards/{board}" + s.path
		mux.Handle("GET "+at, ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.showShelf(w, r, s) }))
		mux.Handle("POST "+at+"/cards/{card}/restore", ui.Handle(func(w http.ResponseWriter, r *http.Request) error { return h.restoreFromShelf(w, r, s) }))
		mux.Handle("GET "+at+"/cards/{card}/restore", ui.Handle(toShelf(s))) // by hand, after it failed
	}
	column := "/boards/{board}" + archiveShelf.path + "/columns/{column}/restore"
	mux.Handle("POST "+column, ui.Handle(h.restoreColumnFromShelf))
	mux.Handle("GET "+column, ui.Handle(toShelf(archiveShelf)))
	card := "/boards/{board}" + trashShelf.path + "/cards/{card}/purge"
	mux.Handle("POST "+card, ui.Handle(h.purgeCard))
	mux.Handle("GET "+card, ui.Handle(toShelf(trashShelf)))
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
	v.Back = h.broughtBack(r, v.Board)
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
	if v.Only != cardList && v.Shelf == archiveShelf {
		columns, err := h.API.AwayColumns(ctx, id, find)
		if err != nil {
			return err
		}
		v.Columns = columns.Items
		v.Next[columnList], _ = columns.NextCursor.Get()
	}
	return nil
}

// broughtBack is what the address says came back just now, if it is still so.
func (h Handlers) broughtBack(r *http.Request, board kanbanapi.Board) *returned {
	query := r.URL.Query()
	if query.Has("purged") {
		return &returned{Says: "The card is gone for good."}
	}
	if id, err := uuid.Parse(query.Get("column")); err == nil {
		if column, there := find(board, id); there {
			return &returned{"“" + column.Title + "” is back on the board.", onBoard(board.Id, id)}
		}
	}
	if id, err := uuid.Parse(query.Get("card")); err == nil {
		card, err := h.API.Card(r.Context(), board.Id, id.String())
		if column, there := find(board, card.ColumnId); err == nil && there && card.ArchivedAt.IsNull() {
			return &returned{"“" + card.Title + "” is back in “" + column.Title + "”.", path(board.Id) + "#" + cardID(card.Number)}
		}
	}
	return nil
}
