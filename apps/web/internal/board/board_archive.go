package board

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

func boardArchivePath(board uuid.UUID) string { return path(board) + "/archive" }

func boardRestorePath(board uuid.UUID) string { return path(board) + "/restore" }

// archivedView is what the page of archived boards shows.
type archivedView struct {
	Boards []kanbanapi.BoardSummary
	Next   string // the cursor of the next page, or ""
}

func (h Handlers) listArchived(w http.ResponseWriter, r *http.Request) error {
	page, err := h.API.AwayBoards(r.Context(), kanbanapi.Find{State: kanbanapi.Archived, Cursor: r.URL.Query().Get("cursor"), Limit: archivedAtOnce})
	if err != nil {
		return err
	}
	next, _ := page.NextCursor.Get()
	return ui.Render(w, r, http.StatusOK, archivedPage(archivedView{Boards: byTitle(page.Items), Next: next}))
}

func (h Handlers) archiveBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	if _, err := h.API.ArchiveBoard(r.Context(), id); err != nil {
		return err
	}
	return ui.Seen(w, r, "/boards?"+url.Values{"archived": {id.String()}}.Encode())
}

func (h Handlers) restoreBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	if _, err := h.API.RestoreBoard(r.Context(), id); err != nil {
		return err
	}
	return ui.Seen(w, r, path(id))
}

// moreArchived is the address of the list of archived boards from a cursor on.
func moreArchived(cursor string) string {
	return "/boards/archived?" + url.Values{"cursor": {cursor}}.Encode()
}
