package rest

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// A page may end before anything was found, and what is a letter away is looked for only when nothing was: its cursor tells.
func TestACursorTellsWhetherAnythingWasFound(t *testing.T) {
	t.Parallel()
	search, err := kanban.NewSearch("rain", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for tier := kanban.WholeTitle; tier <= kanban.Nearly; tier++ {
		for _, isBare := range []bool{false, true} {
			want := kanban.Mark{Tier: tier, Card: uuid.New(), Bare: isBare}
			cursor := markCursor(search, &want).MustGet()
			if got, err := mark(search, &cursor); err != nil || *got != want {
				t.Errorf("%+v came back as %+v, %v", want, got, err)
			}
		}
	}
	none := markCursor(search, &kanban.Mark{Tier: kanban.Nearly + 1}).MustGet()
	if got, err := mark(search, &none); err == nil {
		t.Errorf("there is no such tier: %+v", got)
	}
}
