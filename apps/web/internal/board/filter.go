package board

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/filter"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// asked is what the line in a board's bar asks for.
type asked struct {
	Line  string     // as it was typed, "" without one
	Fault *lineFault // why it makes no sense: then all cards are shown
	query filter.Query
}

// lineOf is the line of a page's address, or of a form on such a page.
func lineOf(r *http.Request) string {
	line := r.URL.Query().Get("q")
	if r.PostForm.Has("q") {
		line = r.PostForm.Get("q")
	}
	return strings.TrimSpace(line)
}

func readLine(line string) asked {
	query, err := filter.Parse(line)
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		return asked{Line: line, Fault: faultAt(line, wrong.Detail, wrong.Span)}
	}
	return asked{Line: line, query: query}
}

// On reports whether some cards are left out.
func (a asked) On() bool { return a.Line != "" && a.Fault == nil }

// filters is the line that leaves cards out, "" when none does.
func (a asked) filters() string {
	if a.On() {
		return a.Line
	}
	return ""
}

// Archived reports whether the cards are those of the archive.
func (a asked) Archived() bool { return a.On() && a.query.Asks(filter.Is, filter.Archived) }

// Status is that of the page: a line that makes no sense is the client's fault.
func (a asked) Status() int {
	if a.Fault != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// With is the line with one more term.
func (a asked) With(kind filter.Kind, value string) string {
	terms := append(append([]filter.Term{}, a.query.Terms...), filter.Term{Kind: kind, Value: value})
	return filter.Query{Terms: terms}.String()
}

// filteredPath is the board with those cards alone that fit a line.
func filteredPath(board uuid.UUID, line string) string { return withLine(path(board), line) }

// withLine adds a line to an address.
func withLine(address, line string) string {
	if line == "" {
		return address
	}
	page, anchor, anchored := strings.Cut(address, "#")
	join := "?"
	if strings.Contains(page, "?") {
		join = "&"
	}
	page += join + url.Values{"q": {line}}.Encode()
	if anchored {
		page += "#" + anchor
	}
	return page
}

// boardAsFiltered reads a board as its address asks for it.
func (h Handlers) boardAsFiltered(r *http.Request, id uuid.UUID) (kanbanapi.Board, asked, error) {
	a := readLine(lineOf(r))
	if a.On() {
		board, err := h.API.FilteredBoard(r.Context(), id, a.Line, ui.Today(r))
		if !problem.Is(err, problem.Invalid) {
			if a.Archived() {
				holdArchived(board.Columns)
			}
			return board, a, err
		}
		a.Fault = faultOf(a.Line, err)
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
		return v.Asked.query.String() + " · " + v.Board.Title
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
