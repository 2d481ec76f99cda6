package board

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// The names of the board page's forms; a column's own carry its id.
const (
	renameForm    = "rename"
	addColumnForm = "add-column"
	starterForm   = "starter"
)

func quickAddForm(column uuid.UUID) string { return "add-" + column.String() }
func columnForm(column uuid.UUID) string   { return "edit-" + column.String() }

// boardView is what a board's page shows.
type boardView struct {
	Board    kanbanapi.Board
	Adding   string          // the quick-add form that is open, or ""
	Archived *kanbanapi.Card // the card that was just archived, to offer its way back
	Failed   ui.Failure
}

// Editable reports whether the reader may change the board.
func (v boardView) Editable() bool { return v.Board.Role != kanbanapi.Viewer }

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	return h.renderBoard(w, r, ui.Failure{})
}

func (h Handlers) rename(w http.ResponseWriter, r *http.Request) error {
	id, err := readBoardForm(w, r)
	if err != nil {
		return err
	}
	title := ui.Line(r.PostForm.Get("title"))
	now, err := h.API.UpdateBoard(r.Context(), id, version(r), kanbanapi.BoardPatch{Title: &title})
	if err == nil {
		return ui.Seen(w, r, path(now.Id))
	}
	return h.again(w, r, renameForm, err)
}

// again shows the board with a form that was refused, or passes on what no form can mend.
func (h Handlers) again(w http.ResponseWriter, r *http.Request, form string, err error) error {
	if failed, ok := ui.Retry(r, form, err); ok {
		return h.renderBoard(w, r, failed)
	}
	return err
}

func (h Handlers) renderBoard(w http.ResponseWriter, r *http.Request, failed ui.Failure) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	board, err := h.API.Board(r.Context(), id)
	if err != nil {
		return err
	}
	v := boardView{Board: board, Failed: explained(board, failed), Adding: "add-" + r.URL.Query().Get("add")}
	v.Archived = h.justArchived(r, id)
	return ui.Render(w, r, failed.Status(), boardPage(v))
}

// explained puts the present name into a stale rename's sentence: the api's own is for programs.
func explained(board kanbanapi.Board, failed ui.Failure) ui.Failure {
	if failed.Reason == nil || failed.Reason.Kind != problem.Stale {
		return failed
	}
	now := board.Title
	for _, column := range board.Columns {
		if failed.Form == columnForm(column.Id) {
			now = column.Title
		}
	}
	failed.Reason = stale(now)
	return failed
}

// justArchived is the card that ?archived= names, if it is in the archive still. The notice is an extra: when
// the card can't be read, the board is shown without it.
func (h Handlers) justArchived(r *http.Request, board uuid.UUID) *kanbanapi.Card {
	number, err := strconv.Atoi(r.URL.Query().Get("archived"))
	if err != nil || number < 1 {
		return nil
	}
	card, err := h.API.Card(r.Context(), board, strconv.Itoa(number))
	if err != nil || card.ArchivedAt.IsNull() {
		return nil
	}
	return &card
}

func readBoardForm(w http.ResponseWriter, r *http.Request) (uuid.UUID, error) {
	if err := ui.ReadForm(w, r); err != nil {
		return uuid.Nil, err
	}
	return ui.PathID(r, "board")
}

// version is the one the form was made from; a missing one is as stale as can be.
func version(r *http.Request) int {
	v, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return 0
	}
	return v
}
