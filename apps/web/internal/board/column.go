package board

import (
	"net/http"
	"slices"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// addColumnForm is the name of the form that adds a column.
const addColumnForm = "add-column"

// starterColumns are what a new board is offered.
var starterColumns = []kanbanapi.NewColumn{
	{Title: "To do", Kind: new(kanbanapi.Backlog)},
	{Title: "Doing", Kind: new(kanbanapi.Active)},
	{Title: "Done", Kind: new(kanbanapi.Done)},
}

func (h Handlers) addColumn(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	column := kanbanapi.NewColumn{Id: ui.FormID(r.PostForm.Get("id")), Title: ui.Line(r.PostForm.Get("title"))}
	made, err := h.API.CreateColumn(r.Context(), board, column)
	return h.answerColumn(w, r, board, columnForm{addColumnForm, addColumnForm, addingColumn(board)}, made.Seq, err)
}

// addStarter is for an empty board.
func (h Handlers) addStarter(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	made, err := h.API.CreateColumns(r.Context(), board, starter(r.PostForm["id"])...)
	if err != nil {
		return madeAlready(err)
	}
	return activity.SeenMany(w, r, path(board), made.Seq, len(made.Columns))
}

func starter(ids []string) []kanbanapi.NewColumn {
	columns := slices.Clone(starterColumns)
	for i := range min(len(ids), len(columns)) {
		columns[i].Id = ui.FormID(ids[i])
	}
	return columns
}
