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
