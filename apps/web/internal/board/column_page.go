package board

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// columnView is a page about one column.
type columnView struct {
	Board      kanbanapi.Board
	Column     kanbanapi.BoardColumn
	Cards      []kanbanapi.CardSummary // one page of them: the way to those that the board doesn't show
	Wall       boardView               // how the board would show them
	Here       string                  // the cursor that it begins at
	Next       string                  // the cursor of the next page, or ""
	Asked      asked
	Shown      *int // how many of all cards fit; nil without a filter
	Flash      *activity.Flash
	Failed     ui.Failure
	Back       string // where the reader came from to change the column
	OfSettings bool   // that is the settings
}

// showColumn is a column's cards, a page at a time, as the wall draws them: js/more-cards.js puts them there. With ?card=
// it is that one alone, if the column has it on its wall.
func (h Handlers) showColumn(w http.ResponseWriter, r *http.Request) error {
	v, err := h.columnView(r)
	if err != nil {
		return err
	}
	if v.Asked.Fault != nil {
		return ui.Seen(w, r, filteredPath(v.Board.Id, v.Asked.Line))
	}
	page, err := h.cardsOf(r, v)
	if problem.Is(err, problem.Invalid) && r.URL.Query().Has("cursor") { // the cursor's card has left the column
		return ui.Seen(w, r, line.Address(columnPath(v.Board.Id, v.Column.Id), v.Asked.Line))
	}
	if err != nil {
		return err
	}
	v.Cards, v.Shown, v.Here = page.Items, page.MatchCount, r.URL.Query().Get("cursor")
	v.Next, _ = page.NextCursor.Get()
	v.Wall = boardView{Board: v.Board, Menu: r.URL.Query().Get("menu"), Today: ui.Today(r), Asked: v.Asked, labels: byID(v.Board.Labels)}
	v.Flash = activity.Read(r, h.API, v.Board, columnPath(v.Board.Id, v.Column.Id))
	return ui.Render(w, r, http.StatusOK, columnPage(v))
}

func (h Handlers) cardsOf(r *http.Request, v columnView) (kanbanapi.CardPage, error) {
	if card := r.URL.Query().Get("card"); card != "" {
		return h.alone(r, v, card)
	}
	return h.cardsAsFiltered(r, v)
}

// alone is one card in the place of a page of them; none when it isn't on the column's wall.
func (h Handlers) alone(r *http.Request, v columnView, number string) (kanbanapi.CardPage, error) {
	page := kanbanapi.CardPage{NextCursor: nullable.NewNullNullable[string]()}
	n, err := strconv.Atoi(number)
	if err != nil {
		return page, ui.NotFound()
	}
	c, err := h.API.Card(r.Context(), v.Board.Id, strconv.Itoa(n))
	if problem.Is(err, problem.NotFound) {
		return page, nil
	}
	if err == nil && c.ColumnId == v.Column.Id && c.ArchivedAt.IsNull() {
		page.Items = []kanbanapi.CardSummary{summaryOf(c)}
	}
	return page, err
}

// renderColumn shows a page that changes a column. Who can't change the board has nothing to do there.
func (h Handlers) renderColumn(w http.ResponseWriter, r *http.Request, failed ui.Failure, page func(columnView) templ.Component) error {
	v, err := h.columnView(r)
	if err == nil {
		err = changeable(v.Board)
	}
	if err != nil {
		return err
	}
	v.Failed = besideColumn(v.Column, failed)
	v.Back, v.OfSettings = fromColumn(r, v.Board.Id, v.Column.Id), isOfSettings(r)
	return ui.Render(w, r, failed.Status(), page(v))
}

func (h Handlers) columnView(r *http.Request) (columnView, error) {
	boardID, err := ui.PathID(r, "board")
	if err != nil {
		return columnView{}, err
	}
	columnID, err := ui.PathID(r, "column")
	if err != nil {
		return columnView{}, err
	}
	board, err := h.API.Board(r.Context(), boardID)
	if err != nil {
		return columnView{}, err
	}
	column, ok := find(board, columnID)
	if !ok {
		return columnView{}, ui.NotFound()
	}
	return columnView{Board: board, Column: column, Asked: readAsked(r)}, nil
}

func find(board kanbanapi.Board, column uuid.UUID) (kanbanapi.BoardColumn, bool) {
	for _, c := range board.Columns {
		if c.Id == column {
			return c, true
		}
	}
	return kanbanapi.BoardColumn{}, false
}
