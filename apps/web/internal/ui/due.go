package ui

import "time"

// soonDays is how many days ahead a due date counts as soon.
const soonDays = 2

// DueState is how urgent a due date is, which is also its badge's class: "late", "soon", "done", or "" for later.
func DueState(on, today time.Time, done bool) string {
	switch days := DaysUntil(on, today); {
	case done:
		return "done"
	case days < 0:
		return "late"
	case days <= soonDays:
		return "soon"
	default:
		return ""
	}
}

// dueIntro is what a screen reader says before the day.
func dueIntro(state string) string {
	switch state {
	case "done":
		return "Done, was due "
	case "late":
		return "Overdue: "
	case "soon":
		return "Due soon: "
	default:
		return "Due "
	}
}

func dueIcon(state string) string {
	switch state {
	case "done":
		return "check"
	case "late":
		return "alert"
	default:
		return "clock"
	}
}

// dueText names the day: "Today", "Tomorrow", "Wed", "4 Dec", in another year "4 Dec 2027".
func dueText(on, today time.Time, state string) string {
	days := DaysUntil(on, today)
	switch {
	case state == "soon" && days == 0:
		return "Today"
	case state == "soon" && days == 1:
		return "Tomorrow"
	case state == "soon":
		return on.Format("Mon")
	default:
		return DueDay(on, today)
	}
}

// DueDay is the day in short: "4 Dec", in another year "4 Dec 2027".
func DueDay(on, today time.Time) string {
	if on.Year() == today.Year() {
		return on.Format("2 Jan")
	}
	return on.Format("2 Jan 2006")
}

// DueDayInFull is "Friday, 4 December 2026".
func DueDayInFull(on time.Time) string { return on.Format("Monday, 2 January 2006") }

// DaysUntil counts from one day to another; both are days at midnight UTC.
func DaysUntil(on, today time.Time) int { return int(on.Sub(today).Hours() / 24) }
