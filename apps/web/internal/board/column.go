package board

import (
	"net/http"

	"github.com/google/uuid"

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

// addStarter is for an empty board. What was made before an error stays, and sending the form again makes the rest.
func (h Handlers) addStarter(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	last, err := h.createStarter(r, board)
	if err != nil {
		return madeAlready(err)
	}
	return activity.Seen(w, r, path(board), last)
}

func (h Handlers) createStarter(r *http.Request, board uuid.UUID) (last int64, err error) {
	ids := r.PostForm["id"]
	for i, column := range starterColumns {
		if i < len(ids) {
			column.Id = ui.FormID(ids[i])
		}
		made, err := h.API.CreateColumn(r.Context(), board, column)
		if err != nil {
			return 0, err
		}
		last = made.Seq
	}
	return last, nil
}
