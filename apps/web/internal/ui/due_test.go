package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

func TestADueDateSaysHowUrgentItIs(t *testing.T) {
	t.Parallel()
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	today := day("2026-12-30") // a Wednesday
	for on, want := range map[string]string{
		"2025-12-30": "badge is-late|#i-alert|Overdue: 30 Dec 2025",
		"2026-12-29": "badge is-late|#i-alert|Overdue: 29 Dec",
		"2026-12-30": "badge is-soon|#i-clock|Due soon: Today",
		"2026-12-31": "badge is-soon|#i-clock|Due soon: Tomorrow",
		"2027-01-01": "badge is-soon|#i-clock|Due soon: Fri",
		"2027-01-02": "badge|#i-clock|Due 2 Jan 2027",
	} {
		if got := drawnDue(t, day(on), today, false); got != want {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
	}
	if got := drawnDue(t, day("2026-12-29"), today, true); got != "badge is-done|#i-check|Done, was due 29 Dec" {
		t.Errorf("done: %s", got)
	}
}

// On a wall both kinds of column have their words, and a day that is near has another name in each.
func TestADueDateOnAWallHasTheWordsOfBothKindsOfColumn(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 12, 30, 0, 0, 0, 0, time.UTC)
	for days, want := range map[int]string{-1: "Overdue: Done, was due 29 Dec", 0: "Due soon: Done, was due Today 30 Dec", 9: "Due Done, was due 8 Jan 2027"} {
		var html strings.Builder
		if err := DueOnWall(today.AddDate(0, 0, days), today).Render(t.Context(), &html); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
		if err != nil {
			t.Fatal(err)
		}
		badge := doc.Find("time.badge")
		if got := strings.Join(strings.Fields(badge.Text()), " "); got != want || badge.AttrOr("datetime", "") == "" {
			t.Errorf("in %d days: %s, want %s", days, got, want)
		}
		if open := badge.Find(".while-open").Length(); open != badge.Find(".while-done").Length() || open == 0 {
			t.Errorf("in %d days: %d words are for open columns", days, open)
		}
	}
}

// drawnDue is a badge's class, icon and words.
func drawnDue(t *testing.T, on, today time.Time, done bool) string {
	t.Helper()
	var html strings.Builder
	if err := Due(on, today, done).Render(t.Context(), &html); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
	if err != nil {
		t.Fatal(err)
	}
	badge := doc.Find(".badge")
	icon := badge.Find("use").AttrOr("href", "")
	return badge.AttrOr("class", "") + "|" + icon[strings.Index(icon+"#", "#"):] + "|" + strings.TrimSpace(badge.Text())
}
