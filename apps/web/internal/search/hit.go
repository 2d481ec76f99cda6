package search

import (
	"cardwall/apps/web/internal/address"
	"cardwall/packages/filter"
	"cardwall/packages/kanbanapi"
)

// cardPath is a found card's own page.
func cardPath(hit kanbanapi.SearchHit) string {
	return address.Card(hit.Board.Id, hit.Number)
}

// isDone reports whether a card's column is one where work is finished.
func isDone(hit kanbanapi.SearchHit) bool { return hit.ColumnKind == kanbanapi.Done }

// inPlace is the line that looks in the archive, or on the boards.
func (v searchView) inPlace(archived bool) string {
	here := v.Asked
	for i := len(here.Query.Terms) - 1; i >= 0; i-- {
		if here.Query.Terms[i].Kind == filter.Is {
			here.Query = here.Query.Without(i)
		}
	}
	if archived {
		return here.With(filter.Is, filter.Archived)
	}
	return here.Query.String()
}
