package activity

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
)

func ref[T any](value T) *T { return &value }

// told is a page of a story: of today, of yesterday and of before.
func told() kanbanapi.StoryPage {
	now := time.Now().UTC()
	line := func(seq int64, days int, verb kanbanapi.Verb, change func(*kanbanapi.Activity)) kanbanapi.StoryLine {
		a := kanbanapi.Activity{Seq: seq, At: now.AddDate(0, 0, -days), Verb: verb, Actor: kanbanapi.Actor{Id: somebody, Name: "Grace <b>"}, CardId: &seedsID, ColumnId: &doneID}
		change(&a)
		return kanbanapi.StoryLine{Activity: a, Cards: 1}
	}
	none := func(*kanbanapi.Activity) {}
	several := line(12, 0, kanbanapi.CardArchived, func(a *kanbanapi.Activity) { a.Batch = &batchID })
	several.Cards = 3
	return kanbanapi.StoryPage{
		NextCursor: nullable.NewNullableWithValue("older"), Seq: 14,
		Items: []kanbanapi.StoryLine{
			line(14, 0, kanbanapi.CardMoved, func(a *kanbanapi.Activity) { a.Undid, a.Redo = ref(int64(13)), ref(true) }),
			line(13, 0, kanbanapi.CardMoved, func(a *kanbanapi.Activity) { a.Undid = ref(int64(11)) }),
			several,
			line(9, 1, kanbanapi.CardCreated, func(a *kanbanapi.Activity) { a.After = map[string]any{"title": "As it was called"} }),
			line(8, 40, kanbanapi.CardDeleted, func(a *kanbanapi.Activity) { a.CardId, a.ColumnId = &retired, nil }),
			line(7, 40, "card_knitted", none),
		},
		Names: kanbanapi.StoryNames{
			Cards:   []kanbanapi.StoryCard{{Id: seedsID, Number: 7, Title: "Buy <b>seeds</b>"}, {Id: retired, Number: 3, Title: "Gone", Deleted: true}},
			Columns: []kanbanapi.StoryColumn{{Id: doneID, Title: "Done", Live: true}},
		},
	}
}

func TestAStoryTellsWhoDidWhatByDays(t *testing.T) {
	t.Parallel()
	ask := asking(t, apitest.New("GET "+boardAPI, kanbanapi.Board{Id: boardID, Title: "Garden"}, "GET "+boardAPI+"/story", told()))
	res, doc := ask("GET", boardAt+"/activity", "")
	if res.StatusCode != http.StatusOK || doc.Find("h1").Text() != "Activity" {
		t.Fatalf("%d %s", res.StatusCode, doc.Text())
	}
	var days []string
	for _, day := range doc.Find(".story-day h2").EachIter() {
		days = append(days, day.Text())
	}
	long := time.Now().UTC().AddDate(0, 0, -40).Format("Monday, 2 January 2006")
	if got := strings.Join(days, "|"); got != "Today|Yesterday|"+long {
		t.Errorf("days %s", got)
	}
	for seq, want := range map[string]string{
		"14": "Grace <b> moved “Buy <b>seeds</b>” to “Done” Redo", "13": "Grace <b> moved “Buy <b>seeds</b>” to “Done” Undo",
		"12": "Grace <b> archived 3 cards", "9": "Grace <b> added “As it was called” to “Done” #7", "8": "Grace <b> deleted “Gone”", "7": "Grace <b> changed the board #7",
	} {
		item := doc.Find("#activity-" + seq)
		item.Find("time, .avatar").Remove()
		if got := strings.Join(strings.Fields(item.Text()), " "); got != want {
			t.Errorf("%s says %q, want %q", seq, got, want)
		}
	}
	for seq, want := range map[string]int{"14": 2, "12": 0, "9": 2, "8": 0} {
		if got := doc.Find("#activity-" + seq + " a").Length(); got != want {
			t.Errorf("%s has %d links, want %d", seq, got, want)
		}
	}
	if card, column := doc.Find("#activity-14 a").Eq(0).AttrOr("href", ""), doc.Find("#activity-14 a").Eq(1).AttrOr("href", ""); card != boardAt+"/cards/7" || column != boardAt+"#column-"+doneID.String() {
		t.Errorf("leads to %s and %s", card, column)
	}
	if older := doc.Find("[data-older]").AttrOr("href", ""); older != boardAt+"/activity?cursor=older" {
		t.Errorf("older is at %s", older)
	}
}

func TestAStoryHasTheDaysOfItsReader(t *testing.T) {
	t.Parallel()
	late := kanbanapi.StoryPage{NextCursor: nullable.NewNullNullable[string](), Items: []kanbanapi.StoryLine{
		{Cards: 1, Activity: kanbanapi.Activity{Seq: 2, Verb: kanbanapi.BoardArchived, At: time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)}},
	}}
	s := Story{Board: kanbanapi.Board{Id: boardID}}
	for zone, want := range map[string]string{"": "Sunday, 1 March 2026", "Asia/Tokyo": "Monday, 2 March 2026"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: "zone", Value: zone}) //nolint:gosec // a request's
		if got := s.days(r, late); len(got) != 1 || got[0].Name != want {
			t.Errorf("in %q it was %+v", zone, got)
		}
	}
}

func TestACardsStoryIsAboutThisCard(t *testing.T) {
	t.Parallel()
	var asked string
	ask := asking(t, apitest.New("GET "+boardAPI, kanbanapi.Board{Id: boardID, Title: "Garden"}, "GET "+boardAPI+"/cards/7", kanbanapi.Card{Id: seedsID, Number: 7},
		"GET "+boardAPI+"/story", func(r *http.Request) any { asked = r.URL.RawQuery; return told() }))
	_, doc := ask("GET", boardAt+"/cards/7/activity", "")
	doc.Find(".story time, .story .avatar").Remove()
	if got := strings.Join(strings.Fields(doc.Find("#activity-14").Text()), " "); got != "Grace <b> moved this card to “Done” Redo" {
		t.Errorf("says %q", got)
	}
	if got := strings.Join(strings.Fields(doc.Find("#activity-9").Text()), " "); got != "Grace <b> added this card to “Done”" {
		t.Errorf("says %q", got)
	}
	if !strings.Contains(asked, "card_id="+seedsID.String()) || doc.Find("h1").Text() != "Activity of #7" {
		t.Errorf("asked %s, shows %s", asked, doc.Find("h1").Text())
	}
	for _, odd := range []string{"x", "07", "99999999999999999999"} {
		if res, _ := ask("GET", boardAt+"/cards/"+odd+"/activity", ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("card %s: %d", odd, res.StatusCode)
		}
	}
}

func TestAnEmptyStorySaysSo(t *testing.T) {
	t.Parallel()
	ask := asking(t, apitest.New("GET "+boardAPI, kanbanapi.Board{Id: boardID}, "GET "+boardAPI+"/story", kanbanapi.StoryPage{Items: []kanbanapi.StoryLine{}, NextCursor: nullable.NewNullNullable[string]()}))
	_, doc := ask("GET", boardAt+"/activity", "")
	if !strings.Contains(doc.Find("main").Text(), "Nothing has happened here yet") || doc.Find("[data-older]").Length() != 0 {
		t.Error(doc.Find("main").Text())
	}
}
