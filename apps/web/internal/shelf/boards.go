package shelf

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// boards is where boards are that are out of sight.
type boards struct {
	Shelf
	Address string
	Title   string
	Empty   string
}

var (
	boardsInArchive = boards{Archive, "/boards/archived", "Archived boards", "There is no board in the archive. To put one there, open its settings."}
	boardsInTrash   = boards{Trash, "/boards/trash", "Deleted boards", "There is no board in the trash. A board that its owner deletes waits here for 30 days, until an owner brings it back."}
)

// boardsAtOnce is how many boards a page shows.
const boardsAtOnce = 100

// boardsView is the page of archived boards, or of deleted ones.
type boardsView struct {
	Shelf  boards
	Boards []kanbanapi.BoardSummary
	Words  string // what is looked for
	Next   string // the address of the next page, or ""
	Purged bool   // one was just deleted for good
}

// empty says why there is nothing to show.
func (v boardsView) empty() string {
	if v.Words != "" {
		return "No board here has a word that begins with “" + v.Words + "”."
	}
	return v.Shelf.Empty
}

func (h Handlers) listBoards(s boards) ui.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		query := r.URL.Query()
		v := boardsView{Shelf: s, Words: ui.Line(query.Get("q")), Purged: query.Has("purged")}
		page, err := h.API.AwayBoards(r.Context(), kanbanapi.Find{State: s.State, Words: v.Words, Cursor: query.Get("cursor"), Limit: boardsAtOnce})
		if err != nil {
			return err
		}
		v.Boards = page.Items
		if next, err := page.NextCursor.Get(); err == nil {
			v.Next = s.Address + "?" + url.Values{"q": {v.Words}, "cursor": {next}}.Encode()
		}
		return ui.Render(w, r, http.StatusOK, boardsPage(v))
	}
}

func boardPurgePath(board uuid.UUID) string { return address.Board(board) + "/purge" }

// purgeBoard deletes a board for good.
func (h Handlers) purgeBoard(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	if err := h.API.PurgeBoard(r.Context(), id); err != nil {
		return err
	}
	return ui.Seen(w, r, boardsInTrash.Address+"?purged=yes")
}

func toBoardsInTrash(w http.ResponseWriter, r *http.Request) error {
	return ui.Seen(w, r, boardsInTrash.Address)
}
