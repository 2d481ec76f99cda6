package activity

import (
	"net/http"
	"strconv"

	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

const (
	boardAPI = "/v1/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	boardAt  = "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
)

// history is an api whose board has had these activities, the first with seq 1, all of them the reader's unless they say otherwise.
func history(activities ...kanbanapi.Activity) []any {
	for i := range activities {
		activities[i].Seq = int64(i + 1)
	}
	return []any{
		"GET " + boardAPI + "/activity", func(r *http.Request) any {
			after, _ := strconv.Atoi(r.URL.Query().Get("after"))
			limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
			from := min(after, len(activities))
			return kanbanapi.ActivityPage{Seq: int64(len(activities)), Items: activities[from:min(from+limit, len(activities))]}
		},
		"GET " + boardAPI + "/columns", kanbanapi.ColumnList{Items: []kanbanapi.Column{{Id: retired, Title: "Retired", CardCount: 2}}},
	}
}

func garden() kanbanapi.Board {
	return kanbanapi.Board{
		Id: boardID, Role: kanbanapi.Editor, Columns: []kanbanapi.BoardColumn{
			{Id: todoID, Title: "To do", Cards: []kanbanapi.CardSummary{{Id: seedsID, Title: "Buy seeds"}}}, {Id: doneID, Title: "Done"},
		},
	}
}

// setup serves the forms, and at / a page of the board with its message.
func setup(t *testing.T, more ...any) apitest.Ask {
	t.Helper()
	return asking(t, apitest.New(more...))
}

func asking(t *testing.T, api *apitest.API) apitest.Ask {
	t.Helper()
	return apitest.Serve(t, api, func(client *kanbanapi.Client, mux *http.ServeMux) {
		Handlers{API: client}.Register(mux)
		mux.Handle("GET /{$}", ui.Handle(func(w http.ResponseWriter, r *http.Request) error {
			if who := r.URL.Query().Get("as"); who != "" {
				r = r.WithContext(session.Into(r.Context(), session.Session{Person: session.Person{ID: uuid.MustParse(who)}}))
			}
			return ui.Render(w, r, http.StatusOK, Flashed(Read(r, client, garden(), boardAt), r.URL.Query().Get("may") != "no"))
		}))
	})
}

func TestAPageSaysWhatWasDoneAndOffersTheWayBack(t *testing.T) {
	t.Parallel()
	moved := kanbanapi.Activity{Verb: kanbanapi.CardMoved, CardId: &seedsID, ColumnId: &doneID, Before: map[string]any{"column_id": todoID.String()}}
	back := moved
	back.ColumnId, back.Undid = &todoID, new(int64(1))
	again := moved
	again.Undid, again.Redo, again.Verb = new(int64(2)), new(true), kanbanapi.CardRestored // as what was added comes back
	several := moved
	several.Batch = &batchID
	for name, c := range map[string]struct {
		past      []kanbanapi.Activity
		query     string
		says, way string
	}{
		"done":               {[]kanbanapi.Activity{moved}, "did=1", "Moved “Buy seeds” to “Done”.", undoes},
		"undone":             {[]kanbanapi.Activity{moved, back}, "did=2", "Undone: moved “Buy seeds” to “Done”.", redoes},
		"redone":             {[]kanbanapi.Activity{moved, back, again}, "did=3", "Redone: moved “Buy seeds” to “Done”.", undoes},
		"several":            {[]kanbanapi.Activity{several, several}, "did=2&cards=2", "Moved 2 cards to “Done”.", undoes},
		"one, whatever said": {[]kanbanapi.Activity{moved}, "did=1&cards=9", "Moved “Buy seeds” to “Done”.", undoes},
		"in the archive":     {[]kanbanapi.Activity{{Verb: kanbanapi.ColumnArchived, ColumnId: &retired}}, "did=1", "Archived the column “Retired” and its 2 cards.", undoes},
		"what a board is":    {[]kanbanapi.Activity{{Verb: kanbanapi.BoardCreated}}, "did=1", "Put up the board.", ""},
		"a viewer's":         {[]kanbanapi.Activity{moved}, "did=1&may=no", "Moved “Buy seeds” to “Done”.", ""},
	} {
		_, doc := setup(t, history(c.past...)...)("GET", "/?"+c.query, "")
		if got := doc.Find(".flash p").Text(); got != c.says {
			t.Errorf("%s: says %q, want %q", name, got, c.says)
		}
		form := doc.Find(".flash form")
		if c.way == "" {
			if form.Length() != 0 {
				t.Errorf("%s: is offered a way back", name)
			}
			continue
		}
		if form.AttrOr("action", "") != boardAt+"/"+c.way || form.Find(`[name="back"]`).AttrOr("value", "") != boardAt || form.Find(`[name="seq"]`).AttrOr("value", "") != strconv.Itoa(len(c.past)) {
			t.Errorf("%s: the way back is %s", name, form.AttrOr("action", ""))
		}
	}
}

func TestAPageSaysNothingOfWhatIsNotSo(t *testing.T) {
	t.Parallel()
	moved := kanbanapi.Activity{Verb: kanbanapi.CardMoved, CardId: &seedsID, ColumnId: &doneID}
	others := moved
	others.Actor.Id = somebody
	back := moved
	back.Undid = new(int64(1))
	long := make([]kanbanapi.Activity, flashFor+1)
	for name, c := range map[string]struct {
		past  []kanbanapi.Activity
		query string
	}{
		"somebody else's": {[]kanbanapi.Activity{others}, "did=1"},
		"to others":       {[]kanbanapi.Activity{moved}, "did=1&as=" + somebody.String()},
		"taken back":      {[]kanbanapi.Activity{moved, back}, "did=1"},
		"long past":       {long, "did=1"},
		"to come":         {[]kanbanapi.Activity{moved}, "did=2"},
		"no seq":          {[]kanbanapi.Activity{moved}, "did=x"},
		"below all":       {[]kanbanapi.Activity{moved}, "did=-1"},
		"nothing":         {[]kanbanapi.Activity{moved}, ""},
	} {
		if _, doc := setup(t, history(c.past...)...)("GET", "/?"+c.query, ""); doc.Find(".flash").Length() != 0 {
			t.Errorf("%s: says %q", name, doc.Find(".flash").Text())
		}
	}
	if res, doc := setup(t)("GET", "/?did=1", ""); res.StatusCode != 200 || doc.Find(".flash").Length() != 0 {
		t.Errorf("without the api: %d %s", res.StatusCode, doc.Text())
	}
}

func TestAnAddressKeepsItsPartsBesideWhatWasDone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to    string
		seq   int64
		cards int
		want  string
	}{
		{"/boards/x", 12, 1, "/boards/x?did=12"},
		{"/boards/x?add=y#column-y", 12, 1, "/boards/x?add=y&did=12#column-y"},
		{"/boards/x", 12, 3, "/boards/x?cards=3&did=12"},
		{"/boards/x?did=3&cards=9", 12, 1, "/boards/x?did=12"},
		{"/boards/x#card-1", 0, 1, "/boards/x#card-1"},
	} {
		if got := did(c.to, c.seq, c.cards); got != c.want {
			t.Errorf("%s becomes %s, want %s", c.to, got, c.want)
		}
	}
}

func TestTakingBackLeadsToWhereOneWas(t *testing.T) {
	t.Parallel()
	undone := func(verb kanbanapi.Verb, seqs ...int64) kanbanapi.Undone {
		u := kanbanapi.Undone{Seq: seqs[len(seqs)-1]}
		for _, seq := range seqs {
			u.Activities = append(u.Activities, kanbanapi.Activity{Seq: seq, Verb: verb, ColumnId: &todoID})
		}
		return u
	}
	settings, card := boardAt+"/settings?at=labels", boardAt+"/cards/7"
	for name, c := range map[string]struct {
		way, back string
		undone    kanbanapi.Undone
		want      string
	}{
		"the wall":                {undoes, boardAt, undone(kanbanapi.CardMoved, 14), boardAt + "?did=14#column-" + todoID.String()},
		"the menu":                {redoes, "", undone(kanbanapi.CardMoved, 14), boardAt + "?did=14#column-" + todoID.String()},
		"several":                 {undoes, boardAt, undone(kanbanapi.CardMoved, 14, 15, 16), boardAt + "?cards=3&did=16#column-" + todoID.String()},
		"a card's page":           {undoes, card, undone(kanbanapi.CardEdited, 14), card + "?did=14"},
		"a card that is gone":     {undoes, card, undone(kanbanapi.CardDeleted, 14), boardAt + "?did=14"},
		"a column that is gone":   {undoes, boardAt, undone(kanbanapi.ColumnArchived, 14), boardAt + "?did=14"},
		"settings":                {undoes, settings, undone(kanbanapi.ColumnArchived, 14), settings + "&did=14"},
		"a shelf":                 {undoes, boardAt + "/trash?q=a", undone(kanbanapi.CardDeleted, 14), boardAt + "/trash?did=14&q=a"},
		"a board that is gone":    {redoes, boardAt, undone(kanbanapi.BoardDeleted, 14), "/boards?deleted=" + boardID.String() + "&did=14"},
		"another board":           {undoes, "/boards/" + somebody.String() + "/settings", undone(kanbanapi.CardEdited, 14), boardAt + "?did=14#column-" + todoID.String()},
		"another site":            {undoes, "https://evil.example" + boardAt + "/settings", undone(kanbanapi.LabelEdited, 14), boardAt + "?did=14#column-" + todoID.String()},
		"another site, no scheme": {undoes, "//evil.example" + boardAt + "/settings", undone(kanbanapi.LabelEdited, 14), boardAt + "?did=14#column-" + todoID.String()},
		"a way out of the board":  {undoes, boardAt + "/../../account", undone(kanbanapi.LabelEdited, 14), boardAt + "?did=14#column-" + todoID.String()},
	} {
		api := apitest.New("POST "+boardAPI+"/"+c.way, c.undone)
		res, _ := asking(t, api)("POST", boardAt+"/"+c.way, apitest.Form("seq", "12", "back", c.back))
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != c.want || api.Last().Body["seq"] != 12.0 {
			t.Errorf("%s: %d to %s, want %s; asked %v", name, res.StatusCode, got, c.want, api.Last().Body)
		}
	}
}
