package board

import (
	"net/http"
	"net/url"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// boardShelf is where boards are that are out of sight.
type boardShelf struct {
	shelf
	Address string
	Title   string
	Empty   string
}

var (
	boardsInArchive = boardShelf{archiveShelf, "/boards/archived", "Archived boards", "There is no board in the archive. To put one there, open its settings."}
	boardsInTrash   = boardShelf{trashShelf, "/boards/trash", "Deleted boards", "There is no board in the trash. A board that its owner deletes waits here for 30 days, until an owner brings it back."}
)

// boardShelfView is the page of archived boards, or of deleted ones.
type boardShelfView struct {
	Shelf  boardShelf
	Boards []kanbanapi.BoardSummary
	Words  string // what is looked for
	Next   string // the address of the next page, or ""
	Purged bool   // one was just deleted for good
}

// empty says why there is nothing to show.
func (v boardShelfView) empty() string {
	if v.Words != "" {
		return "No board here has a word that begins with “" + v.Words + "”."
	}
	return v.Shelf.Empty
}

func (h Handlers) listShelf(s boardShelf) ui.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		query := r.URL.Query()
		v := boardShelfView{Shelf: s, Words: ui.Line(query.Get("q")), Purged: query.Has("purged")}
		page, err := h.API.AwayBoards(r.Context(), kanbanapi.Find{State: s.State, Words: v.Words, Cursor: query.Get("cursor"), Limit: archivedAtOnce})
		if err != nil {
			return err
		}
		v.Boards = page.Items
		if next, err := page.NextCursor.Get(); err == nil {
			v.Next = s.Address + "?" + url.Values{"q": {v.Words}, "cursor": {next}}.Encode()
		}
		return ui.Render(w, r, http.StatusOK, boardShelfPage(v))
	}
}
