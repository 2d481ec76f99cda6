package board

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

var urgentID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05")

// labelled is the garden with a label, which its card carries or not.
func labelled(carried bool) kanbanapi.Board {
	board := garden()
	board.Labels = []kanbanapi.BoardLabel{{Id: urgentID, Name: "Urgent", Hue: kanbanapi.Red}}
	if carried {
		board.Columns[0].Cards[0].LabelIds = []uuid.UUID{urgentID}
	}
	return board
}

// assigned is the garden whose card is Grace's to do.
func assigned() kanbanapi.Board {
	board := labelled(false)
	board.Columns[0].Cards[0].AssigneeIds = []uuid.UUID{graceID}
	return board
}

func TestABoxIsOnEachCardWhereTheAddressAsksForIt(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, labelled(false)))
	_, doc := ask("GET", gardenPath, "")
	bar := doc.Find("form#selection")
	if _, hidden := bar.Attr("hidden"); !hidden || doc.Find(".pick").Length() != 0 {
		t.Error("a board shows boxes that nobody asked for")
	}
	_, doc = ask("GET", opening(gardenPath, "menu", "7"), "")
	way := doc.Find("#card-7 [data-select]").AttrOr("href", "")
	_, doc = ask("GET", way, "")
	if _, hidden := doc.Find("form#selection").Attr("hidden"); hidden || doc.Find(`#card-7 .pick[form="selection"][checked]`).AttrOr("value", "") != seedsID.String() {
		t.Errorf("%s shows no bar, or no ticked box", way)
	}
	for _, button := range []string{`[name="to"][value="` + doneID.String() + `"]`, `[name="label"][value="` + urgentID.String() + `"]`, `[name="archive"]`} {
		if doc.Find("form#selection button"+button).Length() != 1 {
			t.Errorf("no button %s", button)
		}
	}
}

func TestTheTickedCardsAreChangedTogether(t *testing.T) {
	t.Parallel()
	cards := []any{seedsID.String(), doneID.String()}
	behind := kanbanapi.Card{Id: todoID, LabelIds: []uuid.UUID{urgentID}}
	for name, c := range map[string]struct {
		board kanbanapi.Board
		ids   []any
		form  []string
		want  map[string]any
	}{
		"moved":    {labelled(false), cards, []string{"to", doneID.String()}, map[string]any{"move": map[string]any{"column_id": doneID.String(), "at": "end"}}},
		"archived": {labelled(false), cards, []string{"archive", "yes"}, map[string]any{"archive": true}},
		"labelled": {labelled(true), cards, []string{"label", urgentID.String()}, map[string]any{"label": map[string]any{"id": urgentID.String(), "on": true}}},
		"unlabelled": {
			labelled(true), cards[:1],
			[]string{"label", urgentID.String()},
			map[string]any{"label": map[string]any{"id": urgentID.String(), "on": false}},
		},
		"assigned": {labelled(true), cards, []string{"assign", graceID.String()}, map[string]any{"assign": map[string]any{"id": graceID.String(), "on": true}}},
		"unassigned": {
			assigned(), cards[:1],
			[]string{"assign", graceID.String()},
			map[string]any{"assign": map[string]any{"id": graceID.String(), "on": false}},
		},
		"unlabelled, one behind the first fifty": {
			labelled(true), []any{seedsID.String(), behind.Id.String()},
			[]string{"label", urgentID.String()},
			map[string]any{"label": map[string]any{"id": urgentID.String(), "on": false}},
		},
	} {
		api := apitest.New("GET "+gardenAPI, c.board, "GET "+gardenAPI+"/cards/"+doneID.String(), kanbanapi.Card{}, "GET "+gardenAPI+"/cards/"+behind.Id.String(), behind, "POST "+gardenAPI+"/cards/batch", kanbanapi.CardBatchResult{})
		form := c.form
		for _, id := range c.ids {
			form = append(form, "card", id.(string))
		}
		res, _ := setup(t, api)("POST", selectionPath(gardenID), apitest.Form(form...))
		c.want["card_ids"] = c.ids
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != gardenPath || !reflect.DeepEqual(api.Last().Body, c.want) {
			t.Errorf("%s: %d %v, want %v", name, res.StatusCode, api.Last().Body, c.want)
		}
	}
}

func TestARefusedSelectionStaysTicked(t *testing.T) {
	t.Parallel()
	gone := problem.New(problem.Conflict, "neighbour_gone", "The card to stand beside is gone.")
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+gardenAPI+"/cards/batch", gone))
	for name, c := range map[string]struct {
		form, says string
		ticked     int
	}{
		"refused":   {apitest.Form("card", seedsID.String(), "to", doneID.String()), gone.Detail, 1},
		"no card":   {apitest.Form("archive", "yes"), "Tick the cards first", 0},
		"no card's": {apitest.Form("card", "x", "archive", "yes"), "Tick the cards first", 0},
		"no button": {apitest.Form("card", seedsID.String()), "what to do with the cards", 1},
	} {
		res, doc := ask("POST", selectionPath(gardenID), c.form)
		if res.StatusCode < 400 || !strings.Contains(doc.Find("#selection").Text(), c.says) || doc.Find(".pick[checked]").Length() != c.ticked {
			t.Errorf("%s: %d %s", name, res.StatusCode, doc.Find("#selection").Text())
		}
	}
}
