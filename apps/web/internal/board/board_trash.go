package board

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
)

// deleteBoardForm is the name of the form that puts a board into the trash.
const deleteBoardForm = "delete-board"

func boardDeletePath(board uuid.UUID) string { return path(board) + "/delete" }

// deleteBoard puts a board into the trash, if it still is what its owner saw; else the settings ask again.
func (h Handlers) deleteBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	seq, err := h.API.DeleteBoard(r.Context(), id, ui.Version(r))
	switch {
	case err != nil && r.PostForm.Has("from"): // the settings of an archived board have no such form
		return err
	case err != nil:
		return h.inSettings(w, r, id, deleteBoardForm, deleteBoardForm, 0, err)
	}
	return activity.Seen(w, r, "/boards?"+url.Values{"deleted": {id.String()}}.Encode(), seq)
}
