package card

import (
	"strconv"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// isSet reports whether a field of an answer holds something.
func isSet[T any](n nullable.Nullable[T]) bool { return n.IsSpecified() && !n.IsNull() }

// dueOf is a card's due date as its field has it: 2026-12-01, or "".
func dueOf(card kanbanapi.Card) string { return dayOf(card.DueOn) }

// dayOf is a date of an answer in that way.
func dayOf(on nullable.Nullable[openapi_types.Date]) string {
	if !isSet(on) {
		return ""
	}
	return on.MustGet().Format(time.DateOnly)
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
	return ui.DueDayInFull(day)
}

// DueDay is the date on the button.
func (v cardView) DueDay() string { return ui.DueDay(v.Card.DueOn.MustGet().Time, v.Today) }

// DueWords say how urgent a date is, and the badge's class; "" when there is nothing to say.
func (v cardView) DueWords() (words, class string) {
	on := v.Card.DueOn.MustGet().Time
	days := ui.DaysUntil(on, v.Today)
	switch state := ui.DueState(on, v.Today, v.Column().Kind == kanbanapi.Done); {
	case state == "":
		return "", ""
	case state == "done":
		return "Done", "is-done"
	case state == "late":
		return ui.Plural(-days, "day", "days") + " late", "is-late"
	case days == 0:
		return "Today", "is-soon"
	case days == 1:
		return "Tomorrow", "is-soon"
	default:
		return "In " + strconv.Itoa(days) + " days", "is-soon"
	}
}
