package board

import (
	"net/http"

	"cardwall/apps/web/internal/activity"
)

func (h Handlers) archiveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	archived, err := h.API.ArchiveColumn(r.Context(), board, column)
	if err != nil {
		return err
	}
	to := path(board)
	if isOfSettings(r) {
		to = settingsAt(board, columnArchivedHere)
	}
	return activity.Seen(w, r, to, archived.Seq)
}

func (h Handlers) restoreColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	restored, err := h.API.RestoreColumn(r.Context(), board, column)
	if err != nil {
		return err
	}
	return activity.Seen(w, r, onBoard(board, column), restored.Seq)
}
