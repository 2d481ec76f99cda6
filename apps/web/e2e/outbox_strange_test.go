package e2e_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
)

// kept is what a page of some version has kept of a card's move to the second column.
func (w wall) kept(t *testing.T, card int) map[string]any {
	t.Helper()
	return map[string]any{
		"id": must(uuid.NewV7())(t), "at": time.Now().UnixMilli(), "tries": 0,
		"path": "cards/" + w.Cards[card].Id.String() + "/move", "body": map[string]any{"column_id": w.Columns[1], "at": "end"},
	}
}

func allOf(t *testing.T, changes ...map[string]any) string {
	t.Helper()
	return string(must(json.Marshal(map[string]any{"changes": changes}))(t))
}

// What a page of a newer version has kept, and an older one doesn't know, it leaves as it is, with what was done after it. What was
// done before, and what is done on its own page, goes out.
func TestWhatAPageDoesNotKnowItLeavesForOneThatDoes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for name, alter := range map[string]func(change map[string]any){
		"a fact":       func(change map[string]any) { change["unless"] = "moved" },
		"a verb":       func(change map[string]any) { change["path"] = change["path"].(string) + "/far" },
		"a shape":      func(change map[string]any) { delete(change, "path") },
		"a page's own": func(change map[string]any) { change["cards"] = []string{"b"} },
	} {
		w := ada.wall(t, "Garden", "a", "b", "c", "d")
		v := s.at(t, ada, w.page())
		strange, after := w.kept(t, 1), w.kept(t, 2)
		alter(strange)
		left := allOf(t, strange, after)
		v.keep(allOf(t, w.kept(t, 0), strange, after))
		for _, page := range []string{"/boards", w.page()} {
			v.open(page)
			eventually(t, name+": what it doesn't know is left", func() bool { return v.changes() == left })
			ada.wantStored(t, w, "b c d", "a", "")
		}
		v.answers("/move", 200, func() { v.sends("d") })
		ada.wantStored(t, w, "b c", "a d", "")
		eventually(t, name+": it is left still", func() bool { return v.changes() == left })

		v.keep(allOf(t, w.kept(t, 1), after)) // a page that knows
		v.open("/boards")
		ada.wantStored(t, w, "", "a d b c", "")
		v.sentAll()
	}
}
