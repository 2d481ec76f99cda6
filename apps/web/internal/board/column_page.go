package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// columnView is one page of a column's cards: the way to those that the board doesn't show.
type columnView struct {
	Board  kanbanapi.Board
	Column kanbanapi.BoardColumn
	Cards  []kanbanapi.CardSummary
	Next   string // the cursor of the next page, or ""
}

func (h Handlers) showColumn(w http.ResponseWriter, r *http.Request) error {
	v, err := h.columnView(r)
	if problem.Is(err, problem.Invalid) && r.URL.Query().Has("cursor") { // the cursor's card has left the column
		return ui.Seen(w, r, columnPath(v.Board.Id, v.Column.Id))
	}
	if err != nil {
		return err
	}
	return ui.Render(w, r, http.StatusOK, columnPage(v))
}

func (h Handlers) columnView(r *http.Request) (columnView, error) {
	boardID, err := ui.PathID(r, "board")
	if err != nil {
		return columnView{}, err
	}
	columnID, err := ui.PathID(r, "column")
	if err != nil {
		return columnView{}, err
	}
	board, err := h.API.Board(r.Context(), boardID)
	if err != nil {
		return columnView{}, err
	}
	column, ok := find(board, columnID)
	if !ok {
		return columnView{}, ui.NotFound()
	}
	page, err := h.API.Cards(r.Context(), boardID, columnID, r.URL.Query().Get("cursor"), 0)
	next, _ := page.NextCursor.Get()
	return columnView{Board: board, Column: column, Cards: page.Items, Next: next}, err
}

func find(board kanbanapi.Board, column uuid.UUID) (kanbanapi.BoardColumn, bool) {
	for _, c := range board.Columns {
		if c.Id == column {
			return c, true
		}
	}
	return kanbanapi.BoardColumn{}, false
}
