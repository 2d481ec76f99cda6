package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

func columnMoveForm(column uuid.UUID) string { return "move-" + column.String() }

func (h Handlers) moveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	at := "down-" + column.String() // the button that was pressed, so that it can be pressed again
	if r.PostForm.Has("before") {
		at = "up-" + column.String()
	}
	moved, err := h.API.MoveColumn(r.Context(), board, column, columnMove(r))
	return h.answerColumn(w, r, board, columnForm{columnMoveForm(column), at, address.ColumnOnBoard(board, column)}, moved.Seq, err)
}

// columnMove leaves out what is no id; a move without a neighbour is for the api to refuse.
func columnMove(r *http.Request) kanbanapi.ColumnMove {
	var to kanbanapi.ColumnMove
	if id, err := uuid.Parse(r.PostForm.Get("before")); err == nil {
		to.Before = &id
	}
	if id, err := uuid.Parse(r.PostForm.Get("after")); err == nil {
		to.After = &id
	}
	return to
}

// neighbour is the id of the column at a place, "" beyond the ends.
func neighbour(board kanbanapi.Board, at int) string {
	if at < 0 || at >= len(board.Columns) {
		return ""
	}
	return board.Columns[at].Id.String()
}
