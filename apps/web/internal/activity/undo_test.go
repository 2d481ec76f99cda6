package activity

import (
	"reflect"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/problem"
)

func TestARefusedUndoSaysWhyAndOffersWhatWasBefore(t *testing.T) {
	t.Parallel()
	since := &problem.Error{Kind: problem.Conflict, Code: "changed_since", Detail: "Grace moved this card to “Review” since. Nothing was undone.", Current: map[string]any{"seq": 13}}
	owners := &problem.Error{Kind: problem.Forbidden, Code: "owners_only", Detail: "Only an owner can rename a board.", Current: map[string]any{"seq": 13}}
	nothing := problem.New(problem.Conflict, "nothing_to_redo", "There is nothing to redo.")
	for name, c := range map[string]struct {
		way    string
		reason *problem.Error
		title  string
		past   string
	}{
		"changed since": {undoes, since, "Nothing was undone", "13"},
		"owners only":   {redoes, owners, "Nothing was redone", "13"},
		"nothing":       {redoes, nothing, "Nothing was redone", ""},
	} {
		api := apitest.New("POST "+boardAPI+"/"+c.way, c.reason)
		ask := asking(t, api)
		res, doc := ask("POST", boardAt+"/"+c.way, apitest.Form("back", boardAt+"/cards/7"))
		main := doc.Find("main")
		if res.StatusCode != c.reason.Kind.Status() || main.Find("h1").Text() != c.title || !strings.Contains(main.Text(), c.reason.Detail) || !strings.Contains(main.Text(), "Request ") {
			t.Errorf("%s: %d %s", name, res.StatusCode, main.Text())
		}
		if main.Find(`a[href="`+boardAt+`/cards/7"]`).Length() != 1 || main.Find(`[name="before"]`).AttrOr("value", "") != c.past {
			t.Errorf("%s: no way back, or not the way past it", name)
		}
		if c.past == "" {
			continue
		}
		ask("POST", main.Find("form").AttrOr("action", ""), apitest.Form("before", c.past))
		if !reflect.DeepEqual(api.Last().Body, map[string]any{"before": 13.0}) {
			t.Errorf("%s: goes on with %v", name, api.Last().Body)
		}
	}
}

func TestWhatHasNothingToDoWithTheUndoIsAnErrorPage(t *testing.T) {
	t.Parallel()
	for _, reason := range []*problem.Error{
		problem.New(problem.NotFound, "board_not_found", "There is no such board."), problem.New(problem.BadGateway, "api_away", "Away."),
	} {
		res, doc := setup(t, "POST "+boardAPI+"/undo", reason)("POST", boardAt+"/undo", "")
		if res.StatusCode != reason.Kind.Status() || doc.Find("main form").Length() != 0 {
			t.Errorf("%s: %d %s", reason.Code, res.StatusCode, doc.Find("main").Text())
		}
	}
	if res, _ := setup(t)("GET", boardAt+"/undo", ""); res.Header.Get("Location") != boardAt {
		t.Errorf("asked for by hand: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
}
