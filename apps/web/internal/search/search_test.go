package search

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const searchAPI = "GET /v1/search"

// setup serves the page on top of an api.
func setup(t *testing.T, api *apitest.API) apitest.Ask {
	t.Helper()
	return apitest.Serve(t, api, func(client *kanbanapi.Client, mux *http.ServeMux) { Handlers{API: client}.Register(mux) })
}

// searching is the page's address with a line and perhaps a cursor.
func searching(typed, cursor string) string {
	query := url.Values{"q": {typed}}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	return path + "?" + query.Encode()
}

// garden is a hit in the title and the description, with two labels and a due date, in a column of finished work.
func garden() kanbanapi.SearchHit {
	board, column := uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"), uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	return kanbanapi.SearchHit{
		Board: kanbanapi.Named{Id: board, Title: "Garden <&>"}, Column: kanbanapi.Named{Id: column, Title: "Done <i>"}, ColumnKind: kanbanapi.Done,
		Id: uuid.New(), Number: 12, Title: "Buy <b>seeds</b>",
		TitlePieces: []kanbanapi.Piece{{Text: "Buy <b>"}, {Text: "seeds", Match: true}, {Text: "</b>"}},
		Excerpt:     &[]kanbanapi.Piece{{Text: "…of the "}, {Text: "Seeds", Match: true}, {Text: " that\nare left"}},
		Labels:      []kanbanapi.BoardLabel{{Id: uuid.New(), Name: "on hold", Hue: kanbanapi.Red}, {Id: uuid.New(), Name: "wet", Hue: kanbanapi.Blue}},
		DueOn:       nullable.NewNullableWithValue(types.Date{Time: time.Now().AddDate(0, 0, -3)}),
	}
}

// finding answers with some hits and where they go on, and keeps what it was asked.
func finding(asked *[]url.Values, next string, hits ...kanbanapi.SearchHit) func(*http.Request) any {
	return func(r *http.Request) any {
		*asked = append(*asked, r.URL.Query())
		page := kanbanapi.SearchPage{Items: hits, NextCursor: nullable.NewNullNullable[string]()}
		if next != "" {
			page.NextCursor.Set(next)
		}
		return page
	}
}

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

func TestAHitShowsTheMatchAndWhereItIs(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	away := garden()
	away.Excerpt, away.Labels, away.DueOn, away.Archived, away.Number = nil, nil, nullable.NewNullNullable[types.Date](), true, 3
	ask := setup(t, apitest.New(searchAPI, finding(&asked, "", garden(), away)))
	res, doc := ask("GET", searching(`seeds -label:"on hold"`, ""), "")
	if res.StatusCode != 200 || asked[0].Get("q") != `seeds -label:"on hold"` || asked[0].Get("today") == "" || asked[0].Get("limit") != "20" || asked[0].Has("cursor") {
		t.Fatalf("%d, the api was asked for %v", res.StatusCode, asked)
	}
	first, second := doc.Find(".hits > li").First(), doc.Find(".hits > li").Last()
	if title := first.Find("h2 a"); title.Text() != "Buy <b>seeds</b>" || title.AttrOr("href", "") != "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01/cards/12" || title.Find("mark").Text() != "seeds" {
		t.Errorf("%q leads to %s", title.Text(), title.AttrOr("href", ""))
	}
	if part := first.Find(".excerpt"); part.Text() != "…of the Seeds that\nare left" || part.Find("mark").Text() != "Seeds" {
		t.Errorf("of the description it shows %q", part.Text())
	}
	if labels := texts(first.Find(".labels > *")); !slices.Equal(labels[:4], []string{"#12", "Garden <&> · Done <i>", "on hold", "wet"}) || !strings.HasPrefix(labels[4], "Done, was due") {
		t.Errorf("its face shows %q", labels)
	}
	if second.Find(".excerpt").Length() != 0 || !slices.Equal(texts(second.Find(".labels > *")), []string{"#3", "Garden <&> · Done <i>", "In the archive"}) {
		t.Errorf("the second shows %q", texts(second))
	}
	if counted := doc.Find("[data-found-count]").Text(); counted != "2 cards" || doc.Find("[data-more-hits]").Length() != 0 || doc.Find("title").Text() != `seeds -label:"on hold" · Search · Cardwall` {
		t.Errorf("it counts %q", counted)
	}
	if field := doc.Find(`main form[role="search"][action="/search"]:not([method]) input[name="q"]`); field.AttrOr("value", "") != `seeds -label:"on hold"` || field.Is("[autofocus]") {
		t.Errorf("the field holds %q", field.AttrOr("value", ""))
	}
	if chips := doc.Find(".chips a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }); !slices.Equal(chips, []string{searching(`-label:"on hold"`, ""), searching("seeds", "")}) {
		t.Errorf("the chips lead to %q", chips)
	}
}

func TestMoreHitsAreALinkAway(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New(searchAPI, finding(&asked, "a b", garden())))
	_, doc := ask("GET", searching("seeds", ""), "")
	if more := doc.Find("a[data-more-hits]").AttrOr("href", ""); more != searching("seeds", "a b") || doc.Find("[data-found-count]").Text() != "The best 1 card" {
		t.Errorf("more are at %s", more)
	}
	_, later := ask("GET", searching("seeds", "a b"), "")
	if asked[1].Get("cursor") != "a b" || later.Find("[data-found-count]").Text() != "The next 1 card" || later.Find(".more a").Last().AttrOr("href", "") != searching("seeds", "") {
		t.Errorf("the api was asked for %v: %s", asked[1], later.Find(".more").Text())
	}
}

func TestAPlaceThatIsNoneLeadsToTheFirstHits(t *testing.T) {
	t.Parallel()
	refused := problem.Validation(problem.Field{Field: "cursor", Code: "not_a_cursor", Detail: "This is no place to go on from."})
	ask := setup(t, apitest.New(searchAPI, refused))
	for _, cursor := range []string{"x", "%00", strings.Repeat("x", 10<<10)} {
		if res, _ := ask("GET", searching("seeds", cursor), ""); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != searching("seeds", "") {
			t.Errorf("%.10s: %d to %s", cursor, res.StatusCode, res.Header.Get("Location"))
		}
	}
}

func TestTheArchiveIsSearchedOnRequest(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New(searchAPI, finding(&asked, "", garden())))
	for typed, want := range map[string][]string{
		"seeds": {searching("seeds", ""), searching("seeds is:archived", "")}, "seeds is:archived": {searching("seeds", ""), searching("seeds is:archived", "")},
		"-is:archived seeds": {searching("seeds", ""), searching("seeds is:archived", "")},
	} {
		_, doc := ask("GET", searching(typed, ""), "")
		tabs := doc.Find(".tabs a")
		if to := tabs.Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }); !slices.Equal(to, want) {
			t.Errorf("%s: the tabs lead to %q", typed, to)
		}
		if here, archived := tabs.Filter("[aria-current]").Text(), strings.HasSuffix(typed, " is:archived"); (here == "In the archive") != archived {
			t.Errorf("%s: one is %q", typed, here)
		}
	}
}

func TestWithoutALineItSaysWhatCanBeAsked(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New(searchAPI, finding(&asked, "", garden())))
	for _, address := range []string{path, searching("", ""), searching(" \t", ""), searching("", "x")} {
		res, doc := ask("GET", address, "")
		if res.StatusCode != 200 || len(asked) > 0 || doc.Find("#search-line[autofocus]").Length() != 1 || doc.Find(".found, .hits").Length() != 0 {
			t.Errorf("%s: %d, the api was asked for %v", address, res.StatusCode, asked)
		}
		if examples := doc.Find(".asks-for code"); examples.Length() < 7 || doc.Find("h1").Text() != "Search" {
			t.Errorf("%s: %d examples", address, examples.Length())
		}
	}
}

func TestWhoFindsNothingIsToldWhatToDoNext(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New(searchAPI, finding(&asked, "")))
	_, doc := ask("GET", searching("seeds rhubarb", ""), "")
	if said := doc.Find("[data-found-count]").Text(); said != "No card was found." || doc.Find("#search-line[autofocus]").Length() != 1 {
		t.Errorf("it says %q", said)
	}
	if next := doc.Find("main .prose"); next.Find("li").Length() != 3 || next.Find("a").AttrOr("href", "") != searching("seeds rhubarb is:archived", "") {
		t.Errorf("it offers %q", next.Text())
	}
	_, doc = ask("GET", searching("is:archived", ""), "")
	if next := doc.Find("main .prose"); next.Find("li").Length() != 2 || next.Find("a").AttrOr("href", "") != path {
		t.Errorf("in the archive it offers %q", next.Text())
	}
}

// The api ends a page where it has looked through much: what it hasn't looked at may have more.
func TestAPageWithoutHitsLeadsOn(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New(searchAPI, finding(&asked, "a b")))
	for cursor, offered := range map[string]int{"": 1, "before": 2} {
		_, doc := ask("GET", searching("seeds due:today", cursor), "")
		if said := doc.Find("[data-found-count]").Text(); said != "No card was found so far. There is more to look through." || doc.Find("main .prose, .hits").Length() != 0 {
			t.Errorf("from %q on, it says %q", cursor, said)
		}
		if more := doc.Find(".more a"); more.Length() != offered || more.First().AttrOr("href", "") != searching("seeds due:today", "a b") || strings.TrimSpace(more.First().Text()) != "Look further" {
			t.Errorf("from %q on, it offers %q", cursor, texts(more))
		}
	}
	ask = setup(t, apitest.New(searchAPI, finding(&asked, "")))
	_, doc := ask("GET", searching("seeds due:today", "a b"), "")
	if said := doc.Find("[data-found-count]").Text(); said != "No more cards were found." || doc.Find("main .prose").Length() != 0 || doc.Find(".more a").Length() != 1 {
		t.Errorf("at the end it says %q", said)
	}
}

func TestAnErrorPointsAtTheWord(t *testing.T) {
	t.Parallel()
	refused := func(r *http.Request) any {
		if strings.Contains(r.URL.Query().Get("q"), "@") {
			return problem.Validation(problem.Field{Field: "q", Code: "not_offered", Detail: "This filter makes no sense.", At: &problem.Span{Offset: 5, Length: 3}})
		}
		return problem.Validation(problem.Field{Field: "q", Code: "no_word", Detail: "Say at least one word."})
	}
	ask := setup(t, apitest.New(searchAPI, refused))
	for typed, want := range map[string]struct{ word, says string }{
		"rain labl:bug snow":        {"labl:", "Did you mean label:?"},
		`rain "snow`:                {`"snow`, "none closes"},
		"rain @me":                  {"@me", "This filter makes no sense."},
		"due:today":                 {"", "Say at least one word."},
		"rain\x00snow":              {"□", "can't be seen"},
		strings.Repeat("x", 10<<10): {strings.Repeat("x", 60) + "…", "up to 500 characters"},
	} {
		res, doc := ask("GET", searching(typed, ""), "")
		if said := doc.Find("main [role=alert]"); res.StatusCode != 400 || said.Find("mark").Text() != want.word || !strings.Contains(said.Text(), want.says) {
			t.Errorf("%.40q: %d, %s", typed, res.StatusCode, said.Text())
		}
		if field := doc.Find(`#search-line[aria-invalid="true"][aria-describedby="filter-fault"][autofocus]`); field.Length() != 1 || field.AttrOr("value", "") != strings.ReplaceAll(typed, "\x00", "�") || doc.Find(".asks-for").Length() != 1 {
			t.Errorf("%.40q: the field holds %.40q", typed, field.AttrOr("value", ""))
		}
	}
}

func TestAnAPIThatIsAwayIsSaid(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New(searchAPI, problem.New(problem.Unavailable, "busy", "There is too much to do just now.")))
	if res, doc := ask("GET", searching("seeds", ""), ""); res.StatusCode != 503 || doc.Find("main a.primary").AttrOr("href", "") != searching("seeds", "") {
		t.Errorf("%d: %s", res.StatusCode, doc.Find("main").Text())
	}
}
