package board

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// starterColumns are what a new board is offered.
var starterColumns = []string{"To do", "Doing", "Done"}

func columnPath(board, column uuid.UUID) string {
	return path(board) + "/columns/" + column.String()
}

func columnID(column uuid.UUID) string { return "column-" + column.String() }

func (h Handlers) addColumn(w http.ResponseWriter, r *http.Request) error {
	board, err := readBoardForm(w, r)
	if err != nil {
		return err
	}
	made, err := h.API.CreateColumn(r.Context(), board, kanbanapi.NewColumn{Title: ui.Line(r.PostForm.Get("title"))})
	if err == nil {
		return ui.Seen(w, r, path(board)+"#"+columnID(made.Id))
	}
	return h.again(w, r, addColumnForm, err)
}

// addStarter is for an empty board. What was made before an error stays, and is shown.
func (h Handlers) addStarter(w http.ResponseWriter, r *http.Request) error {
	board, err := readBoardForm(w, r)
	if err != nil {
		return err
	}
	for _, title := range starterColumns {
		if _, err := h.API.CreateColumn(r.Context(), board, kanbanapi.NewColumn{Title: title}); err != nil {
			return h.again(w, r, starterForm, err)
		}
	}
	return ui.Seen(w, r, path(board))
}

func (h Handlers) editColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	patch, err := columnPatch(r)
	if err == nil {
		_, err = h.API.UpdateColumn(r.Context(), board, column, version(r), patch)
	}
	if err == nil {
		return ui.Seen(w, r, path(board)+"#"+columnID(column))
	}
	return h.again(w, r, columnForm(column), err)
}

func columnPatch(r *http.Request) (kanbanapi.ColumnPatch, error) {
	title := ui.Line(r.PostForm.Get("title"))
	patch := kanbanapi.ColumnPatch{Title: &title, WipLimit: nullable.NewNullNullable[int]()}
	typed := strings.TrimSpace(r.PostForm.Get("wip_limit"))
	if typed == "" {
		return patch, nil
	}
	limit, err := strconv.Atoi(typed)
	if err != nil {
		return patch, problem.Validation(problem.Field{Field: "wip_limit", Code: "not_a_number", Detail: "A limit is a whole number from 1 to 999, or nothing."})
	}
	patch.WipLimit = nullable.NewNullableWithValue(limit)
	return patch, nil
}

func (h Handlers) moveColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	if _, err := h.API.MoveColumn(r.Context(), board, column, columnMove(r)); err != nil {
		return h.again(w, r, columnForm(column), err)
	}
	return ui.Seen(w, r, path(board)+"#"+columnID(column))
}

// columnMove leaves out what is no id; a move without a neighbour is for the api to refuse.
func columnMove(r *http.Request) kanbanapi.ColumnMove {
	var to kanbanapi.ColumnMove
	if id, err := uuid.Parse(r.PostForm.Get("before")); err == nil {
		to.Before = &id
	}
	if id, err := uuid.Parse(r.PostForm.Get("after")); err == nil {
		to.After = &id
	}
	return to
}

func readColumnForm(w http.ResponseWriter, r *http.Request) (board, column uuid.UUID, err error) {
	if board, err = readBoardForm(w, r); err != nil {
		return
	}
	column, err = ui.PathID(r, "column")
	return
}

// neighbour is the id of the column at a place, "" beyond the ends.
func neighbour(board kanbanapi.Board, at int) string {
	if at < 0 || at >= len(board.Columns) {
		return ""
	}
	return board.Columns[at].Id.String()
}
