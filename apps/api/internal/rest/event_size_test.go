package rest_test

import (
	"strings"
	"testing"

	"cardwall/apps/api/internal/live"
	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
)

// What is sent waits in memory until it is read, or until whoever doesn't read is let go. So it is small, however much was written: of texts
// their beginning, and no more at once than a reader takes in one go.
func TestWhatWaitsForAReaderIsSmallHoweverMuchWasWritten(t *testing.T) {
	t.Parallel()
	book := &ledger{}
	database := pgtest.New(t, migrations.Kanban, "kanban")
	database.Tracer = book
	a := configuredLive(t, database, quick, func(c *live.Config) { c.Poll, c.Recheck = never, never })
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	before := a.seq(t, w.ID)
	const edits = 100
	for i := range edits {
		text, title := strings.Repeat("<", 10_000-i), strings.Repeat(">", 500-i)
		must(ada.UpdateCard(t.Context(), w.ID, "1", i+1, kanbanapi.CardPatch{Title: &title, Description: &text}))(t)
	}
	statements, _ := book.of(func() {
		f := ada.follow(t, seen(w, before))
		for range edits {
			event := f.next(t)
			if event.Activity == nil {
				t.Fatal(told(event))
			}
			if text, _ := event.Activity.After["description"].(string); text != strings.Repeat("<", 100) {
				t.Fatalf("of a description come %d characters", len(text))
			}
		}
	})
	if read := strings.Count(strings.Join(statements, " "), "EventListAfter"); read < 3 {
		t.Errorf("150 KB are read in %d parts", read)
	}
}
