package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
)

// columnDeletePrefix begins the names of the forms that put a column into the trash.
const columnDeletePrefix = "delete-column-"

func columnDeleteForm(column uuid.UUID) string { return columnDeletePrefix + column.String() }

func columnDeletePath(board, column uuid.UUID) string { return columnPath(board, column) + "/delete" }

// deleteColumn puts a column and its cards into the trash, if it still is what the person saw; else its menu says so.
func (h Handlers) deleteColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	seq, err := h.API.DeleteColumn(r.Context(), board, column, ui.Version(r))
	if err != nil {
		return h.again(w, r, board, columnDeleteForm(column), err)
	}
	return activity.Seen(w, r, path(board), seq)
}
