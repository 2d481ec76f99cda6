package board

import (
	"net/http"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
)

func (h Handlers) archiveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
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
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	restored, err := h.API.RestoreColumn(r.Context(), board, column)
	if err != nil {
		return err
	}
	return activity.Seen(w, r, address.ColumnOnBoard(board, column), restored.Seq)
}
