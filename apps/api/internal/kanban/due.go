package kanban

import (
	"time"

	"cardwall/packages/problem"
)

// earliestDue keeps out years that somebody hasn't finished typing.
var earliestDue = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// checkDueOn returns a Field that says what is wrong with a due date, or nil; no date is one, too.
func checkDueOn(day *time.Time) *problem.Field {
	if day != nil && day.Before(earliestDue) {
		return &problem.Field{Field: "due_on", Code: "out_of_range", Detail: "A due date is a day of 1900 or later."}
	}
	return nil
}

func sameDay(a, b *time.Time) bool {
	return a == b || (a != nil && b != nil && a.Equal(*b))
}

// dayFact is a day as activity tells it.
func dayFact(day *time.Time) any {
	if day == nil {
		return nil
	}
	return day.Format(time.DateOnly)
}
