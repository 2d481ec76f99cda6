package board

import (
	"strconv"

	"cardwall/packages/kanbanapi"
)

// opensForm is the form that the buttons of menus and boxes belong to, one for the whole page: it leads to the page again,
// with that drawn open. js/opens.js has the same at once, out of the page's templates.
const opensForm = "opens"

// opensCard reports whether a card's menu is to be drawn, opensColumn whether a column's is.
func (v boardView) opensCard(c kanbanapi.CardSummary) bool {
	return c.Number > 0 && v.Menu == strconv.Itoa(c.Number)
}

func (v boardView) opensColumn(c kanbanapi.BoardColumn) bool {
	return v.Menu == c.Id.String() || v.Failed.Is(columnMoveForm(c.Id)) || v.Failed.Is(columnDeleteForm(c.Id))
}

// opensAdder reports whether a column's quick-add box is to be drawn: after a card was added, and when one was refused.
func (v boardView) opensAdder(c kanbanapi.BoardColumn) bool {
	form := quickAddForm(c.Id)
	return v.Adding == form || v.Failed.Is(form)
}
