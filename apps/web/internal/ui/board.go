package ui

import "cardwall/packages/kanbanapi"

// Holds says in a few words what a board holds.
func Holds(b kanbanapi.BoardSummary) string {
	if len(b.Columns) == 0 {
		return "Empty"
	}
	return Plural(b.CardCount, "card", "cards")
}
