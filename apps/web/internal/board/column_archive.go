package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
)

func (h Handlers) archiveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err == nil {
		_, err = h.API.ArchiveColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, archivedColumn(board, column))
}

func (h Handlers) restoreColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err == nil {
		_, err = h.API.RestoreColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, onBoard(board, column))
}
