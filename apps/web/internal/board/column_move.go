package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/packages/kanbanapi"
)

func columnMoveForm(column uuid.UUID) string { return "move-" + column.String() }

func (h Handlers) moveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	moved, err := h.API.MoveColumn(r.Context(), board, column, columnMove(r))
	if err != nil {
		return h.again(w, r, board, columnMoveForm(column), err)
	}
	return activity.Seen(w, r, onBoard(board, column), moved.Seq)
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
