package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// settingsColumnForm is a column's form in the settings, and its row.
func settingsColumnForm(column uuid.UUID) string { return "settings-" + columnID(column) }

func settingsColumnsPath(board uuid.UUID) string { return settingsPath(board) + "/columns" }

func settingsColumnPath(board, column uuid.UUID) string {
	return settingsColumnsPath(board) + "/" + column.String()
}

func (h Handlers) addColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	board, err := readBoardForm(w, r)
	if err != nil {
		return err
	}
	column := kanbanapi.NewColumn{Id: ui.FormID(r.PostForm.Get("id")), Title: ui.Line(r.PostForm.Get("title"))}
	made, err := h.API.CreateColumn(r.Context(), board, column)
	return h.inSettings(w, r, board, addColumnForm, addColumnForm, made.Seq, err)
}

func (h Handlers) editColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	seq, err := h.saveColumn(r, board, column)
	return h.inSettings(w, r, board, settingsColumnForm(column), settingsColumnForm(column), seq, err)
}

// moveColumnInSettings comes back to the button that was pressed, so that it can be pressed again.
func (h Handlers) moveColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	at := "down-" + column.String()
	if r.PostForm.Has("before") {
		at = "up-" + column.String()
	}
	moved, err := h.API.MoveColumn(r.Context(), board, column, columnMove(r))
	return h.inSettings(w, r, board, columnMoveForm(column), at, moved.Seq, err)
}

// columnArchivedHere opens the settings at the way to where a column is that was archived there.
const columnArchivedHere = "archive"

func (h Handlers) archiveColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	archived, err := h.API.ArchiveColumn(r.Context(), board, column)
	return h.inSettings(w, r, board, settingsColumnForm(column), columnArchivedHere, archived.Seq, err)
}
