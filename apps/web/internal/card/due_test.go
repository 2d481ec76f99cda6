package card

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func dueOn(card kanbanapi.Card, day time.Time) kanbanapi.Card {
	card.DueOn = nullable.NewNullableWithValue(openapi_types.Date{Time: day})
	return card
}

func TestADueDateIsSetAndCleared(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]any{
		apitest.Form("version", "4", "due_on", "2026-12-24"):                 "2026-12-24",
		apitest.Form("version", "4", "due_on", ""):                           nil,
		apitest.Form("version", "4", "due_on", "2026-12-24", "clear", "yes"): nil,
	} {
		up := garden("PATCH "+cardAPI, seeds())
		res, _ := setup(t, up)("POST", cardAt, form)
		sent, there := up.Last().Body["due_on"]
		if res.StatusCode != http.StatusSeeOther || !there || sent != want || len(up.Last().Body) != 1 || up.Last().IfMatch != `"4"` {
			t.Errorf("%s: %d, sent %v", form, res.StatusCode, up.Last())
		}
	}
}

func TestWhatIsNoDayIsRefusedInPlace(t *testing.T) {
	t.Parallel()
	up := garden()
	res, doc := setup(t, up)("POST", cardAt, apitest.Form("version", "4", "due_on", "soon"))
	if res.StatusCode != 400 || len(up.Changes()) != 0 || doc.Find("details[open] #due").AttrOr("value", "") != "soon" || !strings.Contains(doc.Find("#due-fault").Text(), "Choose a day") {
		t.Errorf("%d %s", res.StatusCode, doc.Find(".meta").Text())
	}
}

func TestAStaleDateShowsBoth(t *testing.T) {
	t.Parallel()
	theirs := dueOn(seeds(), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	ask := setup(t, garden("GET "+cardAPI, theirs, "PATCH "+cardAPI, problem.New(problem.Stale, "stale", "It has changed.")))
	res, doc := ask("POST", cardAt, apitest.Form("version", "2", "clear", "yes"))
	if res.StatusCode != http.StatusPreconditionFailed || pane(doc, "mine") != "No due date" || pane(doc, "theirs") != "Tuesday, 1 December 2026" {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
	keep := doc.Find("section:has(#mine) form")
	if keep.Find(`[name="due_on"]`).AttrOr("value", "none") != "" || keep.Find(`[name="version"]`).AttrOr("value", "") != "4" || doc.Find("details.merge").Length() != 0 {
		t.Error("keeping mine doesn't clear the date, or two dates are to become one")
	}
}

func TestWordsOfADueDate(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for days, want := range map[int]string{-2: "2 days late is-late", -1: "1 day late is-late", 0: "Today is-soon", 1: "Tomorrow is-soon", 2: "In 2 days is-soon", 3: " "} {
		v := cardView{Card: dueOn(seeds(), today.AddDate(0, 0, days)), Board: board(), Today: today}
		if words, class := v.DueWords(); words+" "+class != want {
			t.Errorf("%d days: %q %q", days, words, class)
		}
		v.Board.Columns[0].Kind = kanbanapi.Done
		if words, class := v.DueWords(); words != "Done" || class != "is-done" {
			t.Errorf("%d days, in a column of what is done: %q %q", days, words, class)
		}
	}
}
