package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
)

// star and unstar mark a board for this person alone.
func (h Handlers) star(w http.ResponseWriter, r *http.Request) error {
	id, err := readBoardForm(w, r)
	if err == nil {
		err = h.API.StarBoard(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, path(id))
}

func (h Handlers) unstar(w http.ResponseWriter, r *http.Request) error {
	id, err := readBoardForm(w, r)
	if err == nil {
		err = h.API.UnstarBoard(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, path(id))
}

// restore brings an archived board back.
func (h Handlers) restore(w http.ResponseWriter, r *http.Request) error {
	id, err := readBoardForm(w, r)
	if err == nil {
		_, err = h.API.RestoreBoard(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, path(id))
}
