package board

import (
	"strconv"

	"cardwall/packages/kanbanapi"
)

// A board's page draws so many cards at most, of so many columns: more than a screen of 4K shows side by side. The rest
// waits behind each column's link.
const (
	mostCards   = 400
	mostColumns = 12
)

// drawFirst leaves as many columns their first cards as a page takes: the one that somebody is adding to, then the open
// ones from the left, then those that the reader has collapsed. A column keeps all of them or none, since only the api
// can say where the rest of a column begins.
func drawFirst(columns []kanbanapi.BoardColumn, adding string) {
	cards, wide := mostCards, mostColumns
	for _, turn := range []func(kanbanapi.BoardColumn) bool{
		func(c kanbanapi.BoardColumn) bool { return quickAddForm(c.Id) == adding },
		func(c kanbanapi.BoardColumn) bool { return quickAddForm(c.Id) != adding && !c.Collapsed },
		func(c kanbanapi.BoardColumn) bool { return quickAddForm(c.Id) != adding && c.Collapsed },
	} {
		for i := range columns {
			if c := &columns[i]; turn(*c) && len(c.Cards) > 0 {
				cards -= len(c.Cards)
				wide--
				if cards < 0 || wide < 0 {
					c.Cards = nil
				}
			}
		}
	}
}

// bare reports whether a column is drawn with its name and the way to its cards alone, as those are that none is drawn of,
// and those out of sight: js/bare-columns.js puts the rest there when one comes near.
func (v boardView) bare(c kanbanapi.BoardColumn) bool {
	return v.leavesOut(c) || len(c.Cards) == 0 && waiting(c) > 0 && !v.opensColumn(c) && !v.opensAdder(c)
}

// waiting is how many cards of a column its wall doesn't draw.
func waiting(c kanbanapi.BoardColumn) int { return shownOf(c) - len(c.Cards) }

// restPath is where the cards begin that a column doesn't draw.
func restPath(v boardView, c kanbanapi.BoardColumn) string {
	cursor, err := c.NextCursor.Get()
	if len(c.Cards) == 0 || err != nil {
		return v.onward(columnPath(v.Board.Id, c.Id))
	}
	return v.onward(moreOf(v.Board.Id, c.Id, cursor))
}

// restText says how many those are: "12 more", or "20 cards" where none is drawn.
func restText(c kanbanapi.BoardColumn) string {
	n := strconv.Itoa(waiting(c))
	switch {
	case len(c.Cards) > 0:
		return n + " more"
	case waiting(c) == 1:
		return "1 card"
	default:
		return n + " cards"
	}
}
