package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// archiveView is the page of a board's columns that are out of sight.
type archiveView struct {
	Board   kanbanapi.Board
	Columns []kanbanapi.Column
}

func (h Handlers) archiveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err == nil {
		_, err = h.API.ArchiveColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, archivedColumn(board, column))
}

func (h Handlers) restoreColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err == nil {
		_, err = h.API.RestoreColumn(r.Context(), board, column)
	}
	if err != nil {
		return err
	}
	return ui.Seen(w, r, onBoard(board, column))
}

func (h Handlers) archivedColumns(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	v, err := h.archiveView(r, id)
	if err != nil {
		return err
	}
	return ui.Render(w, r, http.StatusOK, archivedColumnsPage(v))
}

func (h Handlers) archiveView(r *http.Request, id uuid.UUID) (archiveView, error) {
	board, err := h.API.Board(r.Context(), id)
	if err != nil {
		return archiveView{}, err
	}
	columns, err := h.API.AwayColumns(r.Context(), id, kanbanapi.Find{State: kanbanapi.Archived})
	return archiveView{board, columns.Items}, err
}
