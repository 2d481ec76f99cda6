package kanban

import (
	"slices"

	"cardwall/packages/filter"
)

// Due is one of the things that can be true of a card's due date; exactly one of them is.
type Due string

// What there is.
const (
	DueNever   Due = "never"
	DueBefore  Due = "before" // today
	DueToday   Due = "today"
	DueInAWeek Due = "in a week" // after today, within six days
	DueLater   Due = "later"
)

var dues = []Due{DueNever, DueBefore, DueToday, DueInAWeek, DueLater}

// asked are the dues that each value of the filter lets pass.
var asked = map[string][]Due{
	filter.None:    {DueNever},
	filter.Overdue: {DueBefore},
	filter.Today:   {DueToday},
	filter.Week:    {DueToday, DueInAWeek},
}

func (m *Match) due(term filter.Term) {
	if m.Dues == nil {
		m.Dues = slices.Clone(dues)
	}
	m.Dues = slices.DeleteFunc(m.Dues, func(d Due) bool { return slices.Contains(asked[term.Value], d) == term.Not })
}
