package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
)

// collapseColumn and expandColumn change how the wall looks to this person alone.
func (h Handlers) collapseColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err == nil {
		err = h.API.CollapseColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, onBoard(board, column))
}

func (h Handlers) expandColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err == nil {
		err = h.API.ExpandColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, onBoard(board, column))
}
