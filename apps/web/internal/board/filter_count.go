package board

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// holdArchived has columns hold what they have in the archive, for which there is no limit.
func holdArchived(columns []kanbanapi.BoardColumn) {
	for i := range columns {
		columns[i].CardCount = shownOf(columns[i])
		columns[i].MatchCount, columns[i].WipLimit = nil, nullable.NewNullNullable[int]()
	}
}

// shownOf is how many cards of a column the board has to show, drawn or not.
func shownOf(c kanbanapi.BoardColumn) int {
	if c.MatchCount != nil {
		return *c.MatchCount
	}
	return c.CardCount
}

// matchText is what stands before a column's number: "3 of " where the rest is left out.
func matchText(c kanbanapi.BoardColumn) string {
	if c.MatchCount == nil {
		return ""
	}
	return strconv.Itoa(*c.MatchCount) + " of "
}

// matches is how many cards of all columns fit, and of how many.
func (v boardView) matches() (shown, all int) {
	for _, c := range v.Board.Columns {
		shown, all = shown+shownOf(c), all+c.CardCount
	}
	return shown, all
}

// Counted says it in words; js/filter.js says the same of what is changed meanwhile.
func (v boardView) Counted() string {
	shown, all := v.matches()
	switch {
	case shown == 0:
		return "No card matches."
	case v.Asked.Archived():
		return "Showing " + ui.Plural(shown, "card", "cards") + " of the archive" + v.inColumns() + ", to open and to restore."
	default:
		return "Showing " + strconv.Itoa(shown) + " of " + ui.Plural(all, "card", "cards") + v.inColumns()
	}
}

// emptyText stands in a column without cards.
func (v boardView) emptyText() string {
	if v.Asked.On() {
		return "No card matches."
	}
	return "No cards here yet."
}

// columnMarks tell a column's scripts how many of its cards fit, and whether no new one can; and whether it is out of sight.
func (v boardView) columnMarks(c kanbanapi.BoardColumn) templ.Attributes {
	marks := templ.Attributes{}
	if c.MatchCount != nil {
		marks["data-matches"] = strconv.Itoa(*c.MatchCount)
	}
	if v.Asked.On() && v.Asked.Misses(c.Title) {
		marks["data-misses"] = true
	}
	if v.leavesOut(c) {
		marks["hidden"] = true
	}
	return marks
}

// counted says how many cards a column's page is about: with a filter, how many of them fit.
func (v columnView) counted() string {
	if v.Shown == nil {
		return ui.Plural(v.Column.CardCount, "card", "cards")
	}
	return ui.Plural(*v.Shown, "card matches", "cards match")
}
