package shelf

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// atOnce is how many cards or columns a shelf's page shows.
const atOnce = 50

// view is the page of a board's archive, or of its trash.
type view struct {
	Board   kanbanapi.Board
	Shelf   Shelf
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
func (v view) MayEdit() bool { return v.Board.MayEdit() }

// MayPurge reports whether the reader may delete things for good.
func (v view) MayPurge() bool {
	return v.Shelf == Trash && v.MayEdit() && v.Board.Role == kanbanapi.Owner
}

// Bare reports whether nothing is there.
func (v view) Bare() bool { return len(v.Cards) == 0 && len(v.Columns) == 0 }

func (h Handlers) show(w http.ResponseWriter, r *http.Request, s Shelf) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	query := r.URL.Query()
	v := view{Shelf: s, Words: ui.Line(query.Get("q"))}
	if only := list(query.Get("of")); only == cardList || only == columnList {
		v.Only = only
	}
	if err := h.read(r.Context(), id, query.Get("cursor"), &v); err != nil {
		return err
	}
	v.Flash = activity.Read(r, h.API, v.Board, s.searched(id, v.Words))
	v.Back = h.back(r, v.Board, v.Flash)
	return ui.Render(w, r, http.StatusOK, page(v))
}

// read reads what the page shows: both lists from their beginning, or one of them from a cursor on.
func (h Handlers) read(ctx context.Context, id uuid.UUID, cursor string, v *view) error {
	var err error
	if v.Board, err = h.API.Board(ctx, id); err != nil {
		return err
	}
	v.Next = map[list]string{}
	find := kanbanapi.Find{State: v.Shelf.State, Words: v.Words, Limit: atOnce}
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
		return address.ColumnOnBoard(board.Id, *flash.Of.ColumnId)
	case flash.Of.Verb == kanbanapi.CardRestored:
		if card, err := h.API.Card(r.Context(), board.Id, flash.Of.CardId.String()); err == nil && card.ArchivedAt.IsNull() {
			return address.CardOnBoard(board.Id, card.Number)
		}
	}
	return ""
}
