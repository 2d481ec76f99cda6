package board

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// addCard takes what was typed at a column's foot. The box stays open for the next card, unless the person
// wants to see this one.
func (h Handlers) addCard(w http.ResponseWriter, r *http.Request) error {
	board, err := readBoardForm(w, r)
	if err != nil {
		return err
	}
	column, err := uuid.Parse(r.PostForm.Get("column_id"))
	if err != nil {
		return problem.New(problem.NotFound, "column_not_found", "That column isn't on this board any more.").Because(err)
	}
	made, err := h.API.CreateCard(r.Context(), board, kanbanapi.NewCard{ColumnId: column, Title: ui.Line(r.PostForm.Get("title"))})
	switch {
	case err != nil:
		return h.again(w, r, quickAddForm(column), err)
	case r.PostForm.Get("then") == "open":
		return ui.Seen(w, r, cardPath(board, made.Number))
	default:
		return ui.Seen(w, r, path(board)+"?"+url.Values{"add": {column.String()}}.Encode())
	}
}

func cardPath(board uuid.UUID, number int) string {
	return path(board) + "/cards/" + strconv.Itoa(number)
}
