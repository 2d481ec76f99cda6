package board

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// flash is a passing message about what was just done to a card or a column.
type flash struct {
	Says string
	Undo string // the form that takes it back, or ""
}

// flashOf is what the address says was just done, if it is still so. The message is an extra: when what it tells of
// can't be read, the board is shown without it.
func (h Handlers) flashOf(r *http.Request, board kanbanapi.Board) *flash {
	query := r.URL.Query()
	if number, err := strconv.Atoi(query.Get("archived")); err == nil && number > 0 {
		return h.cardArchived(r, board, number)
	}
	if id, err := uuid.Parse(query.Get("archived_column")); err == nil {
		return h.columnArchived(r, board, id)
	}
	if to, err := uuid.Parse(query.Get("to")); err == nil {
		return cardsMoved(board, to, query.Get("moved"))
	}
	return nil
}

func (h Handlers) cardArchived(r *http.Request, board kanbanapi.Board, number int) *flash {
	card, err := h.API.Card(r.Context(), board.Id, strconv.Itoa(number))
	if err != nil || card.ArchivedAt.IsNull() {
		return nil
	}
	return &flash{Says: "Archived “" + card.Title + "”", Undo: cardPath(board.Id, number) + "/restore"}
}

func (h Handlers) columnArchived(r *http.Request, board kanbanapi.Board, id uuid.UUID) *flash {
	archived, err := h.API.AwayColumns(r.Context(), board.Id, kanbanapi.Find{State: kanbanapi.Archived})
	if err != nil {
		return nil
	}
	for _, c := range archived.Items {
		if c.Id == id {
			return &flash{Says: "Archived “" + c.Title + "”" + itsCards(c), Undo: restorePath(board.Id, id)}
		}
	}
	return nil
}

func itsCards(c kanbanapi.Column) string {
	if c.CardCount == 0 {
		return ""
	}
	return " and its " + ui.Plural(c.CardCount, "card", "cards")
}

func cardsMoved(board kanbanapi.Board, to uuid.UUID, moved string) *flash {
	count, err := strconv.Atoi(moved)
	column, there := find(board, to)
	if err != nil || count < 0 || !there {
		return nil
	}
	return &flash{Says: "Moved " + ui.Plural(count, "card", "cards") + " to “" + column.Title + "”"}
}
