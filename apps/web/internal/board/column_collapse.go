package board

import (
	"net/http"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
)

// collapseColumn and expandColumn change how the wall looks to this person alone.
func (h Handlers) collapseColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err == nil {
		err = h.API.CollapseColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, address.ColumnOnBoard(board, column))
}

func (h Handlers) expandColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err == nil {
		err = h.API.ExpandColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, address.ColumnOnBoard(board, column))
}
