package board

import (
	"strconv"

	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// On a wall of many columns a filter leaves those out of sight in which nothing matches, so that all that does stands side by
// side. They are drawn in their places, bare and hidden: what is moved among the others goes by them, and one that gets a
// card appears (js/counts.js).

// matching is in how many columns something matches.
func (v boardView) matching() int {
	count := 0
	for _, c := range v.Board.Columns {
		if shownOf(c) > 0 {
			count++
		}
	}
	return count
}

// hasIdle reports whether there are columns to leave out: where nothing matches at all, the wall stays as it is.
func (v boardView) hasIdle() bool {
	n := v.matching()
	return v.Asked.On() && len(v.Board.Columns) > ui.ManyColumns && n > 0 && n < len(v.Board.Columns)
}

// leavesOut reports whether a column is out of sight. One that somebody has open or has just added isn't.
func (v boardView) leavesOut(c kanbanapi.BoardColumn) bool {
	isNew := v.AddingColumn && c.Id == v.Board.Columns[len(v.Board.Columns)-1].Id
	return v.Narrow && shownOf(c) == 0 && !isNew && !v.opensColumn(c) && !v.opensAdder(c)
}

// inSight are the columns that are not left out.
func (v boardView) inSight() []kanbanapi.BoardColumn {
	var columns []kanbanapi.BoardColumn
	for _, c := range v.Board.Columns {
		if !v.leavesOut(c) {
			columns = append(columns, c)
		}
	}
	return columns
}

// beside is the id of the next column in sight from a place on, to the right for 1 and to the left for -1; "" for none.
func (v boardView) beside(at, way int) string {
	for at += way; at >= 0 && at < len(v.Board.Columns); at += way {
		if c := v.Board.Columns[at]; !v.leavesOut(c) {
			return c.Id.String()
		}
	}
	return ""
}

// inColumns says in how many columns the cards are that match, where there are many.
func (v boardView) inColumns() string {
	if len(v.Board.Columns) <= ui.ManyColumns {
		return ""
	}
	return ", in " + strconv.Itoa(v.matching()) + " of " + strconv.Itoa(len(v.Board.Columns)) + " columns"
}

// page is the board without its line, with all columns in sight if they are.
func (v boardView) page() string { return line.WithEmpty(path(v.Board.Id), v.Asked.Empty) }

// turned is the board with the columns in sight that are left out now, or the other way round.
func (v boardView) turned() string {
	return line.Address(line.WithEmpty(path(v.Board.Id), !v.Asked.Empty), v.Asked.Line)
}
