package board

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
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
	_, err = h.API.CreateColumn(r.Context(), board, column)
	return h.inSettings(w, r, board, addColumnForm, addColumnForm, err)
}

func (h Handlers) editColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	patch, err := settingsPatch(r.PostForm)
	if err == nil {
		_, err = h.API.UpdateColumn(r.Context(), board, column, ui.Version(r), patch)
	}
	return h.inSettings(w, r, board, settingsColumnForm(column), settingsColumnForm(column), err)
}

// settingsPatch is all of the form: saying what is there already changes nothing.
func settingsPatch(form url.Values) (kanbanapi.ColumnPatch, error) {
	title, kind, typed := ui.Line(form.Get("title")), kanbanapi.ColumnKind(form.Get("kind")), strings.TrimSpace(form.Get("wip_limit"))
	patch := kanbanapi.ColumnPatch{Title: &title, Kind: &kind, WipLimit: nullable.NewNullNullable[int](), Hue: nullable.NewNullNullable[kanbanapi.Hue]()}
	if hue := form.Get("hue"); hue != "" {
		patch.Hue = nullable.NewNullableWithValue(kanbanapi.Hue(hue))
	}
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
	_, err = h.API.MoveColumn(r.Context(), board, column, columnMove(r))
	return h.inSettings(w, r, board, columnMoveForm(column), at, err)
}

func (h Handlers) archiveColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	return h.putColumn(w, r, h.API.ArchiveColumn, "restore-")
}

func (h Handlers) restoreColumnInSettings(w http.ResponseWriter, r *http.Request) error {
	return h.putColumn(w, r, h.API.RestoreColumn, "settings-column-")
}

// putColumn puts a column into the archive or back, and opens the settings where it is then.
func (h Handlers) putColumn(w http.ResponseWriter, r *http.Request, put func(ctx context.Context, board, column uuid.UUID) (kanbanapi.Column, error), at string) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	_, err = put(r.Context(), board, column)
	return h.inSettings(w, r, board, settingsColumnForm(column), at+column.String(), err)
}

// columnWords says what a column's form could say.
func columnWords(c kanbanapi.BoardColumn) string {
	limit := "without a limit"
	if most, ok := limitOf(c); ok {
		limit = "with the limit " + strconv.Itoa(most)
	}
	return "“" + c.Title + "”, " + kindName(c.Kind) + ", " + limit + ","
}
