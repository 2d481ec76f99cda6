package card

import (
	"net/http"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestMovingAsksForAColumnAndThenAPlace(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden())
	_, doc := ask("GET", cardAt+"/move", "")
	if current := doc.Find(`.choices [aria-current]`); strings.TrimSpace(current.Text()) != "To do" {
		t.Errorf("begins with %q", current.Text())
	}
	if doc.Find("option").Length() != 2 {
		t.Error("the card itself is no neighbour")
	}
	to := doc.Find(`.choices a:not([aria-current])`).AttrOr("href", "")
	_, doc = ask("GET", to, "")
	if doc.Find(`form input[name="column_id"]`).AttrOr("value", "") != doneID.String() || doc.Find(`option[value="`+soilID.String()+`"]`).Text() != "After #3 Buy soil" {
		t.Errorf("%s: %s", to, doc.Find("main").Text())
	}
}

func TestALongColumnIsOfferedWhole(t *testing.T) {
	t.Parallel()
	long := board()
	long.Columns[1].NextCursor = nullable.NewNullableWithValue("c")
	all := kanbanapi.CardPage{Items: []kanbanapi.CardSummary{{Id: soilID, Number: 3}, {Id: seedsID, Number: 4}, {Id: doneID, Number: 5}}, NextCursor: nullable.NewNullNullable[string]()}
	ask := setup(t, garden("GET "+boardAPI, long, "GET "+boardAPI+"/columns/"+doneID.String()+"/cards", all))
	if _, doc := ask("GET", cardAt+"/move?column="+doneID.String(), ""); doc.Find("option").Length() != 4 {
		t.Errorf("%d places", doc.Find("option").Length())
	}
}

func TestAMoveNamesANeighbourOrAnEnd(t *testing.T) {
	t.Parallel()
	for place, want := range map[string][2]string{
		soilID.String(): {"after", soilID.String()}, "start": {"at", "start"}, "end": {"at", "end"},
	} {
		up := garden("POST "+cardAPI+"/move", seeds())
		res, _ := setup(t, up)("POST", cardAt+"/move", apitest.Form("column_id", doneID.String(), "place", place))
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != boardAt+"#card-7" {
			t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
		}
		if up.Last().Body[want[0]] != want[1] || up.Last().Body["column_id"] != doneID.String() || len(up.Last().Body) != 2 {
			t.Errorf("%q sends %v", place, up.Last().Body)
		}
	}
}

func TestAPlaceThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, place := range []string{"", "middle", "7"} {
		up := garden("POST "+cardAPI+"/move", seeds())
		res, doc := setup(t, up)("POST", cardAt+"/move", apitest.Form("column_id", doneID.String(), "place", place))
		if res.StatusCode != 400 || len(up.Changes()) != 0 || !strings.Contains(doc.Find(`main [role="alert"]`).Text(), "Choose a place") {
			t.Errorf("%q: %d, sent %v", place, res.StatusCode, up.Changes())
		}
	}
}

func TestARefusedMoveKeepsTheChosenPlace(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden("POST "+cardAPI+"/move", problem.New(problem.TooMany, "too_many", "A little slower, please.")))
	for _, place := range []string{"start", soilID.String(), "end"} {
		_, doc := ask("POST", cardAt+"/move", apitest.Form("column_id", doneID.String(), "place", place))
		if chosen := doc.Find("option[selected]"); chosen.Length() != 1 || chosen.AttrOr("value", "") != place {
			t.Errorf("%s became %s", place, chosen.AttrOr("value", "none"))
		}
	}
}

func TestANeighbourThatLeftIsSaidInPlace(t *testing.T) {
	t.Parallel()
	gone := problem.New(problem.Conflict, "neighbour_gone", "The card beside it has left that column.")
	res, doc := setup(t, garden("POST "+cardAPI+"/move", gone))("POST", cardAt+"/move", apitest.Form("column_id", doneID.String(), "place", soilID.String()))
	if res.StatusCode != http.StatusConflict || !strings.Contains(doc.Find(`[role="alert"]`).Text(), gone.Detail) || doc.Find("option").Length() != 3 {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestTheWayThroughTheFormsLeadsBackToTheBoardAsItWasFiltered(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden())
	for page, links := range map[string][]string{
		cardAt:             {".switcher a", `[data-key="m"]`, `a[href*="/delete"]`},
		cardAt + "/move":   {".choices a", "[data-back]", ".switcher a"},
		cardAt + "/delete": {"[data-back]"},
	} {
		_, doc := ask("GET", page+"?empty=shown&q=seeds", "")
		for _, link := range links {
			if href := doc.Find(link).First().AttrOr("href", ""); !strings.Contains(href, "empty=shown&q=seeds") {
				t.Errorf("%s: %s leads to %q", page, link, href)
			}
		}
	}
}
