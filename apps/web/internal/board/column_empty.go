package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const emptyForm = "empty"

// Others are the columns that this one's cards can go to.
func (v columnView) Others() []kanbanapi.BoardColumn {
	var others []kanbanapi.BoardColumn
	for _, c := range v.Board.Columns {
		if c.Id != v.Column.Id {
			others = append(others, c)
		}
	}
	return others
}

func (h Handlers) chooseEmpty(w http.ResponseWriter, r *http.Request) error {
	return h.renderColumn(w, r, ui.Failure{}, emptyPage)
}

// emptyColumn moves all cards of a column to the foot of another.
func (h Handlers) emptyColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	to, err := uuid.Parse(r.PostForm.Get("to"))
	if err != nil {
		err = problem.Validation(problem.Field{Field: "to", Code: "no_column", Detail: "Choose the column that the cards go to."})
	} else {
		var moved kanbanapi.CardsMoved
		if moved, err = h.API.MoveColumnCards(r.Context(), board, column, to); err == nil {
			return activity.SeenMany(w, r, address.ColumnOnBoard(board, to), moved.Seq, moved.Moved)
		}
	}
	if failed, ok := ui.Retry(r, emptyForm, err); ok {
		return h.renderColumn(w, r, failed, emptyPage)
	}
	return err
}
