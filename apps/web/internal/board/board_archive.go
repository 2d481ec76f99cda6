package board

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
)

func boardArchivePath(board uuid.UUID) string { return path(board) + "/archive" }

func boardRestorePath(board uuid.UUID) string { return path(board) + "/restore" }

func (h Handlers) archiveBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	archived, err := h.API.ArchiveBoard(r.Context(), id)
	if err != nil {
		return err
	}
	return activity.Seen(w, r, "/boards?"+url.Values{"archived": {id.String()}}.Encode(), archived.Seq)
}

func (h Handlers) restoreBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	restored, err := h.API.RestoreBoard(r.Context(), id)
	if err != nil {
		return err
	}
	return activity.Seen(w, r, path(id), restored.Seq)
}
