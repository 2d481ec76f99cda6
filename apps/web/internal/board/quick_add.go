package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func quickAddForm(column uuid.UUID) string { return "add-" + column.String() }

// addCard takes what was typed at a column's foot.
func (h Handlers) addCard(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	card, err := readNewCard(r)
	if err != nil {
		return err
	}
	if r.PostForm.Has("each") && len(nonBlank(r.PostForm.Get("title"))) > 1 {
		return h.addCards(w, r, board, card)
	}
	made, err := h.API.CreateCard(r.Context(), board, card)
	if err != nil {
		return h.again(w, r, board, quickAddForm(card.ColumnId), err)
	}
	return activity.Seen(w, r, afterAdding(r, board, card.ColumnId, made), made.Seq)
}

func readNewCard(r *http.Request) (kanbanapi.NewCard, error) {
	column, err := uuid.Parse(r.PostForm.Get("column_id"))
	if err != nil {
		return kanbanapi.NewCard{}, problem.New(problem.NotFound, "column_not_found", "That column isn't on this board any more.").Because(err)
	}
	return kanbanapi.NewCard{Id: ui.FormID(r.PostForm.Get("id")), ColumnId: column, Title: ui.Line(r.PostForm.Get("title"))}, nil
}

// afterAdding leads back to the open box, for the next card, unless the person wants to see this one.
func afterAdding(r *http.Request, board, column uuid.UUID, made kanbanapi.Card) string {
	if r.PostForm.Get("then") == "open" {
		return address.Card(board, made.Number)
	}
	return line.Address(added(board, column, made), line.Of(r))
}

// justAdded is what the address made by adding or added says: the open form and the new card's id.
func justAdded(r *http.Request) (form, made string) {
	query := r.URL.Query()
	if id, err := uuid.Parse(query.Get("made")); err == nil {
		made = id.String()
	}
	return "add-" + query.Get("add"), made
}
