package board

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestAListIsACardForEachLineInItsOrder(t *testing.T) {
	t.Parallel()
	made := kanbanapi.CardsMade{Cards: []kanbanapi.Card{{Id: seedsID}, {}, {}}, Seq: 9}
	api := apitest.New("GET "+gardenAPI, garden(), "POST "+gardenAPI+"/cards/list", made)
	ask := setup(t, api)
	form := apitest.Form("column_id", todoID.String(), "id", seedsID.String(), "each", "line", "title", "Dig\r\n\r\n  Sow  \nReap")
	for range 2 {
		res, _ := ask("POST", cardsPath(gardenID), form)
		to, err := url.Parse(res.Header.Get("Location"))
		if query := to.Query(); err != nil || query.Get("made") != seedsID.String() || query.Get("did") != "9" || query.Get("cards") != "3" {
			t.Fatalf("%d %s", res.StatusCode, to)
		}
	}
	var titles, ids []string
	for _, change := range api.Changes() {
		for _, each := range change.Body["cards"].([]any) {
			card := each.(map[string]any)
			titles, ids = append(titles, fmt.Sprint(card["title"])), append(ids, fmt.Sprint(card["id"]))
		}
	}
	if !slices.Equal(titles, []string{"Dig", "Sow", "Reap", "Dig", "Sow", "Reap"}) {
		t.Errorf("titles %q", titles)
	}
	if ids[0] != seedsID.String() || !slices.Equal(ids[:3], ids[3:]) || ids[1] == ids[0] || ids[2] == ids[1] {
		t.Errorf("ids %q", ids)
	}
	for _, id := range ids {
		if uuid.MustParse(id).Version() != 7 {
			t.Errorf("%s is no UUIDv7", id)
		}
	}
}

func TestAListLosesItsBulletsOnly(t *testing.T) {
	t.Parallel()
	got := nonBlank("- Dig\n* Sow\n  + Reap\n• Eat\n- [ ] Ask\n- [x] Tell\n3. Liga\n-5 °C\n-\n[ ] Box")
	if want := []string{"Dig", "Sow", "Reap", "Eat", "Ask", "Tell", "3. Liga", "-5 °C", "-", "[ ] Box"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestWithoutTheChoiceAListIsOneCard(t *testing.T) {
	t.Parallel()
	api := apitest.New("POST "+gardenAPI+"/cards", kanbanapi.Card{Id: seedsID})
	setup(t, api)("POST", cardsPath(gardenID), apitest.Form("column_id", todoID.String(), "title", "Dig\nSow"))
	if got := api.Last().Body["title"]; got != "Dig Sow" || len(api.Changes()) != 1 {
		t.Errorf("title %v", got)
	}
}

func TestAListThatIsRefusedStaysInTheBox(t *testing.T) {
	t.Parallel()
	refused := problem.Validation(problem.Field{Field: "title", Code: "too_long", Detail: "A title has 500 characters at most."})
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+gardenAPI+"/cards/list", refused))
	send := func(list string) (int, string) {
		res, doc := ask("POST", cardsPath(gardenID), apitest.Form("column_id", todoID.String(), "each", "line", "title", list))
		return res.StatusCode, doc.Find(".adder[open] textarea").Text() + "|" + doc.Find(`.adder[open] [role="alert"]`).Text()
	}
	if status, got := send("Dig\nSow"); status != 400 || got != "Dig\nSow|"+refused.Detail {
		t.Errorf("%d %q", status, got)
	}
	if status, got := send(strings.Repeat("Dig\n", 101)); status != 400 || !strings.Contains(got, "101 lines") {
		t.Errorf("%d %q", status, got)
	}
}
