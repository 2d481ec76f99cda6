package rest

import (
	"time"

	"github.com/oapi-codegen/nullable"
	"github.com/oapi-codegen/runtime/types"
)

// day is a date of the contract as the domain has it: midnight UTC.
func day(date *types.Date) *time.Time {
	if date == nil {
		return nil
	}
	return &date.Time
}

// dayPatch tells a date that is to go (a nil inside) from one that isn't spoken of (nil).
func dayPatch(date nullable.Nullable[types.Date]) **time.Time {
	if !date.IsSpecified() {
		return nil
	}
	patch := new(*time.Time)
	if given, err := date.Get(); err == nil {
		*patch = &given.Time
	}
	return patch
}

func contractDay(day *time.Time) nullable.Nullable[types.Date] {
	if day == nil {
		return nullable.NewNullNullable[types.Date]()
	}
	return nullable.NewNullableWithValue(types.Date{Time: *day})
}

// checkTime wants a time of such a day (RFC 3339 §5.6, date-time).
func checkTime(text string) error {
	_, err := time.Parse(time.RFC3339, text)
	return err
}

// checkDate wants a day that the calendar has (RFC 3339 §5.6, full-date).
func checkDate(text string) error {
	_, err := time.Parse(time.DateOnly, text)
	return err
}
