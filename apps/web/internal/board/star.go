package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
)

// starPath is where the form goes that stars a board, or takes the star off.
func starPath(board uuid.UUID, starred bool) string {
	if starred {
		return path(board) + "/unstar"
	}
	return path(board) + "/star"
}

// star and unstar mark a board for this person alone.
func (h Handlers) star(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.ReadBoardForm(w, r)
	if err == nil {
		err = h.API.StarBoard(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, afterStar(r, id))
}

func (h Handlers) unstar(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.ReadBoardForm(w, r)
	if err == nil {
		err = h.API.UnstarBoard(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, afterStar(r, id))
}

// afterStar is the page that the form is on.
func afterStar(r *http.Request, board uuid.UUID) string {
	switch r.PostForm.Get("on") {
	case "tile":
		return "/boards"
	case "row":
		return "/boards#" + rowID(board)
	default:
		return path(board)
	}
}
