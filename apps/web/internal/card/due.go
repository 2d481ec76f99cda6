package card

import (
	"strconv"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// isSet reports whether a field of an answer holds something.
func isSet[T any](n nullable.Nullable[T]) bool { return n.IsSpecified() && !n.IsNull() }

// dueOf is a card's due date as its field has it: 2026-12-01, or "".
func dueOf(card kanbanapi.Card) string {
	if !isSet(card.DueOn) {
		return ""
	}
	return card.DueOn.MustGet().Format(time.DateOnly)
}

// readDue reads such a field; what is no day is problem.Invalid.
func readDue(field string) (nullable.Nullable[openapi_types.Date], error) {
	if field == "" {
		return nullable.NewNullNullable[openapi_types.Date](), nil
	}
	day, err := time.Parse(time.DateOnly, field)
	if err != nil {
		return nil, problem.Validation(problem.Field{Field: dueForm, Code: "malformed", Detail: "Choose a day, such as 2026-12-24, or clear the date."})
	}
	return nullable.NewNullableWithValue(openapi_types.Date{Time: day}), nil
}

// dueText is a due date in words, from how its field has it.
func dueText(field string) string {
	day, err := time.Parse(time.DateOnly, field)
	if err != nil {
		return "No due date"
	}
	return day.Format("Monday, 2 January 2006")
}

// DueDay is the date on the button, without the year if it is this one.
func (v cardView) DueDay() string {
	on := v.Card.DueOn.MustGet()
	if on.Year() == v.Today.Year() {
		return on.Format("2 Jan")
	}
	return on.Format("2 Jan 2006")
}

// DueWords say how urgent a date is, and the badge's class; "" when there is nothing to say.
func (v cardView) DueWords() (words, class string) {
	days := int(v.Card.DueOn.MustGet().Sub(v.Today).Hours() / 24)
	switch {
	case v.Column().Kind == kanbanapi.Done:
		return "Done", "is-done"
	case days < -1:
		return strconv.Itoa(-days) + " days late", "is-late"
	case days == -1:
		return "1 day late", "is-late"
	case days == 0:
		return "Today", "is-soon"
	case days == 1:
		return "Tomorrow", "is-soon"
	case days == 2:
		return "In 2 days", "is-soon"
	default:
		return "", ""
	}
}
