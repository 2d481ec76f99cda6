package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/filter"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// asked is what the line in a board's bar asks for. One that makes no sense leaves no card out.
type asked struct {
	line.Asked
	Empty bool // columns in which nothing matches are in sight, on a wall of many too
}

func readLine(typed string) asked { return asked{Asked: line.Read(typed)} }

// readAsked is what a page's address asks for.
func readAsked(r *http.Request) asked {
	a := readLine(line.Of(r))
	a.Empty = line.Empty(r)
	return a
}

// onward adds to an address what leads from there back to the board as it is filtered.
func (a asked) onward(address string) string {
	return line.Address(line.WithEmpty(address, a.Empty), a.filters())
}

// filters is the line that leaves cards out, "" when none does.
func (a asked) filters() string {
	if a.On() {
		return a.Line
	}
	return ""
}

// onward is the address of a page that leads back to the board as it is filtered.
func (v boardView) onward(address string) string { return v.Asked.onward(address) }

func (v columnView) onward(address string) string { return v.Asked.onward(address) }

// filteredPath is the board with those cards alone that fit a line.
func filteredPath(board uuid.UUID, typed string) string { return line.Address(path(board), typed) }

// boardAsFiltered reads a board as its address asks for it.
func (h Handlers) boardAsFiltered(r *http.Request, id uuid.UUID) (kanbanapi.Board, asked, error) {
	a := readAsked(r)
	if a.On() {
		board, err := h.API.FilteredBoard(r.Context(), id, a.Line, ui.Today(r))
		if !problem.Is(err, problem.Invalid) {
			if a.Archived() {
				holdArchived(board.Columns)
			}
			return board, a, err
		}
		a.Fault = line.FaultOf(a.Line, err)
	}
	board, err := h.API.Board(r.Context(), id)
	return board, a, err
}

// cardsAsFiltered reads one page of a column's.
func (h Handlers) cardsAsFiltered(r *http.Request, v columnView) (kanbanapi.CardPage, error) {
	cursor := r.URL.Query().Get("cursor")
	if v.Asked.Line == "" {
		return h.API.Cards(r.Context(), v.Board.Id, v.Column.Id, cursor, 0)
	}
	return h.API.FilteredCards(r.Context(), v.Board.Id, v.Column.Id, v.Asked.Line, ui.Today(r), cursor, 0)
}

// title is that of the browser's tab.
func (v boardView) title() string {
	if v.Asked.On() {
		return v.Asked.Query.String() + " · " + v.Board.Title
	}
	return v.Board.Title
}

// offers are what the field proposes: the board's own labels and columns, as terms.
func (v boardView) offers() []string {
	var offers []string
	for _, l := range v.Board.Labels {
		offers = append(offers, filter.Term{Kind: filter.Label, Value: l.Name}.String())
	}
	for _, c := range v.Board.Columns {
		offers = append(offers, filter.Term{Kind: filter.Column, Value: c.Title}.String())
	}
	return offers[:min(len(offers), mostOffers)]
}

// mostOffers keeps a board of very many labels and columns from growing by them.
const mostOffers = 60
