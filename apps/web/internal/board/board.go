package board

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// renameForm is the name of the form that renames a board, in its menu and in its settings.
const renameForm = "rename"

// boardView is what a board's page shows.
type boardView struct {
	Board        kanbanapi.Board
	Adding       string // the quick-add form that is open, or ""
	Made         string // the id of the card that was just added, or ""
	Menu         string // the card or column whose menu is open: its number or id
	AddingColumn bool   // the form for one more column is open: one was just added
	Flash        *activity.Flash
	Failed       ui.Failure
	Today        time.Time // the reader's
	Selection    selection
	Asked        asked
	Odd          uuid.UUID // a card that is shown although the filter leaves it out
	Narrow       bool      // columns in which nothing matches are left out of sight
	labels       map[uuid.UUID]kanbanapi.BoardLabel
}

// MayEdit reports whether the reader may change columns and cards. What a filter shows of the archive is for reading.
func (v boardView) MayEdit() bool { return v.Board.MayEdit() && !v.Asked.Archived() }

// MayRename reports whether the reader may change the board itself.
func (v boardView) MayRename() bool { return v.IsOwner() && v.MayEdit() }

// IsOwner reports whether the reader may archive the board and bring it back.
func (v boardView) IsOwner() bool { return v.Board.Role == kanbanapi.Owner }

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return h.renderBoard(w, r, id, ui.Failure{})
}

func (h Handlers) rename(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	title := ui.Line(r.PostForm.Get("title"))
	renamed, err := h.API.UpdateBoard(r.Context(), id, ui.Version(r), kanbanapi.BoardPatch{Title: &title})
	if err != nil {
		return h.again(w, r, id, renameForm, err)
	}
	return activity.Seen(w, r, path(id), changed(r, renamed.Version, renamed.Seq))
}

func (h Handlers) renderBoard(w http.ResponseWriter, r *http.Request, id uuid.UUID, failed ui.Failure) error {
	began := time.Now()
	board, asked, err := h.boardAsFiltered(r, id)
	if err != nil {
		return err
	}
	h.faces.seen(id, board.Seq, began)
	v := boardView{Board: board, Failed: explained(board, failed), Today: ui.Today(r), Selection: selected(r, failed), Asked: asked, labels: byID(board.Labels)}
	v.Adding, v.Made = justAdded(r)
	drawFirst(v.Board.Columns, v.Adding)
	v.Menu = r.URL.Query().Get("menu")
	v.AddingColumn = r.URL.Query().Get("adding") == "column"
	v.Flash = activity.Read(r, h.API, board, path(id))
	h.showMade(r, &v)
	v.Narrow = v.hasIdle() && !asked.Empty
	return ui.Render(w, r, max(failed.Status(), asked.Status()), boardPage(v))
}
