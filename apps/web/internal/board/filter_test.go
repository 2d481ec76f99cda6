package board

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/line"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// filtering answers for the garden: with a line, 2 cards of 12 match in the first column, and none in the second.
func filtering(asked *[]url.Values) func(*http.Request) any {
	return func(r *http.Request) any {
		*asked = append(*asked, r.URL.Query())
		board := garden()
		board.Labels = []kanbanapi.BoardLabel{{Id: uuid.New(), Name: "on hold", Hue: kanbanapi.Red}}
		if strings.Contains(r.URL.Query().Get("q"), "@no") {
			return problem.Validation(problem.Field{Field: "q", Code: "not_offered", Detail: "This filter makes no sense.", At: &problem.Span{Offset: 5, Length: 3}})
		}
		if r.URL.Query().Has("q") {
			board.Columns[0].MatchCount, board.Columns[1].MatchCount = new(2), new(0)
		}
		return board
	}
}

// lined is the garden's address with a line.
func lined(typed string) string { return gardenPath + "?" + url.Values{"q": {typed}}.Encode() }

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
}

func TestABoardIsFilteredByTheLineInItsAddress(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New("GET "+gardenAPI, filtering(&asked)))
	res, doc := ask("GET", lined(`seeds -label:"on hold"`), "")
	if res.StatusCode != 200 || asked[0].Get("q") != `seeds -label:"on hold"` || asked[0].Get("today") == "" {
		t.Fatalf("%d, the api was asked for %v", res.StatusCode, asked)
	}
	if field := doc.Find(`form[role="search"][action="` + gardenPath + `"]:not([method]) input[name="q"]`); field.AttrOr("value", "") != `seeds -label:"on hold"` {
		t.Errorf("the line holds %q", field.AttrOr("value", ""))
	}
	if chips := texts(doc.Find(".chips bdi")); !slices.Equal(chips, []string{"seeds", `-label:"on hold"`}) {
		t.Errorf("chips %q", chips)
	}
	if ways := doc.Find(".chips a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }); !slices.Equal(ways, []string{lined(`-label:"on hold"`), lined("seeds")}) {
		t.Errorf("they lead to %q", ways)
	}
	if said := doc.Find("[data-filter-count]").Text(); said != "Showing 2 of 12 cards" {
		t.Errorf("it says %q", said)
	}
	if counts := texts(doc.Find(".column-head [data-count-text]")); !slices.Equal(counts, []string{"2 of 12 / 10 · 2 over", "0 of 0"}) {
		t.Errorf("counts %q", counts)
	}
	if more := doc.Find("[data-more]"); !strings.HasPrefix(more.Text(), "1 more") || more.AttrOr("href", "") != columnPath(gardenID, todoID)+"?cursor=next+page&q=seeds+-label%3A%22on+hold%22" {
		t.Errorf("%q leads to %s", more.Text(), more.AttrOr("href", ""))
	}
	if all := doc.Find("[data-key=x]"); all.AttrOr("href", "") != gardenPath || doc.Find("title").Text() != `seeds -label:"on hold" · Garden <&> · Cardwall` {
		t.Errorf("clearing leads to %s, the title is %s", all.AttrOr("href", ""), doc.Find("title").Text())
	}
}

func TestALineOfNothingFiltersNothing(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New("GET "+gardenAPI, filtering(&asked)))
	for _, address := range []string{gardenPath, lined(""), lined(" \t")} {
		res, doc := ask("GET", address, "")
		if res.StatusCode != 200 || asked[len(asked)-1].Has("q") || doc.Find(".filter-state, [data-line], [data-matches]").Length() != 0 {
			t.Errorf("%s: %d, %v", address, res.StatusCode, asked)
		}
	}
}

func TestNoCardMatches(t *testing.T) {
	t.Parallel()
	board := garden()
	for i := range board.Columns {
		board.Columns[i].MatchCount, board.Columns[i].Cards = new(0), nil
	}
	_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", lined("rain"), "")
	if doc.Find("[data-filter-count]").Text() != "No card matches." || doc.Find(`[data-key=x][href="`+gardenPath+`"]`).Text() != "Clear the filter" || doc.Find(".empty-column").First().Text() != "No card matches." {
		t.Errorf("it says %s", doc.Find(".filter-state").Text())
	}
	if doc.Find("[data-more]").Length() != 0 {
		t.Error("there are no more")
	}
}

func TestAnErrorPointsAtTheWordAndAllCardsAreShown(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New("GET "+gardenAPI, filtering(&asked)))
	for typed, want := range map[string]struct{ before, word, after, says string }{
		"rain labl:bug snow":             {"rain ", "labl:", "bug snow", "Did you mean label:?"},
		"🌱🌱 due:tomorow":                 {"🌱🌱 ", "due:tomorow", "", "After due: comes"},
		`rain "snow`:                     {"rain ", `"snow`, "", "none closes"},
		"rain @no":                       {"rain ", "@no", "", "This filter makes no sense."},
		"גינה is:open":                   {"גינה ", "is:open", "", "After is: comes"},
		"rain\x00snow":                   {"rain", "□", "snow", "can't be seen"},
		"rain \u202egnal":                {"rain ", "□", "gnal", "can't be seen"},
		strings.Repeat("drizzle ", 1280): {"…" + strings.Repeat("drizzle ", 70)[460:500], strings.Repeat("drizzle ", 70)[500:] + "…", "", "up to 500 characters"},
	} {
		res, doc := ask("GET", lined(typed), "")
		parts := doc.Find(".filter-state [role=alert] .filter-line bdi")
		got := []string{parts.Eq(0).Text(), parts.Eq(1).Text(), parts.Eq(2).Text()}
		if !slices.Equal(got, []string{want.before, want.word, want.after}) || doc.Find("mark").Text() != want.word {
			t.Errorf("%.40q: points at %q", typed, got)
		}
		if said := doc.Find("#filter-fault").Text(); res.StatusCode != 400 || !strings.Contains(said, want.says) || !strings.HasSuffix(strings.TrimSpace(said), "All cards are shown.") {
			t.Errorf("%.40q: %d, %s", typed, res.StatusCode, said)
		}
		if field := doc.Find(`#filter-line[aria-invalid="true"][aria-describedby="filter-fault"]`); field.Length() != 1 || doc.Find(".card").Length() == 0 || doc.Find("[data-matches]").Length() != 0 {
			t.Errorf("%.40q: the field doesn't say that it is wrong, or the board isn't shown", typed)
		}
	}
}

func TestTheArchiveIsShownForReading(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	_, doc := setup(t, apitest.New("GET "+gardenAPI, filtering(&asked)))("GET", lined("is:archived"), "")
	if said := doc.Find("[data-filter-count]").Text(); said != "Showing 2 cards of the archive, to open and to restore." {
		t.Errorf("it says %q", said)
	}
	if doc.Find(`[data-editable="false"]`).Length() != 1 || doc.Find("main form:not([data-fold])").Length() != 0 || doc.Find(".column-head [data-count-text]").First().Text() != "2" {
		t.Error("cards of the archive can't be moved, and have no limit")
	}
}

func TestACardThatTheFilterLeavesOutIsShownAfterItWasAdded(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	made := kanbanapi.Card{Id: uuid.New(), Number: 13, ColumnId: todoID, Title: "Dig for rain"}
	ask := setup(t, apitest.New("GET "+gardenAPI, filtering(&asked), "POST "+gardenAPI+"/cards", made, "GET "+gardenAPI+"/cards/"+made.Id.String(), made))
	_, open := ask("GET", opening(gardenPath, "add", todoID.String())+"&q=seeds", "")
	kept := open.Find(`.adder [name="q"]`).AttrOr("value", "")
	res, _ := ask("POST", gardenPath+"/cards", apitest.Form("column_id", todoID.String(), "title", "Dig for rain", "q", kept))
	back := res.Header.Get("Location")
	if !strings.HasSuffix(back, "&q=seeds") {
		t.Fatalf("it leads to %s", back)
	}
	_, doc := ask("GET", back, "")
	if doc.Find("#card-13.is-odd").Length() != 1 || !strings.Contains(doc.Find(".flash").Text(), "It doesn’t match the filter") {
		t.Errorf("the card isn't there, or nothing is said: %q", doc.Find(".flash").Text())
	}
	if _, fitting := ask("GET", strings.Replace(back, "q=seeds", "q=RAIN+due%3Anone", 1), ""); fitting.Find(".flash, .is-odd").Length() != 0 {
		t.Error("a card that fits is where it belongs, and nothing needs to be said")
	}
}

func TestWhatANewCardFits(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]bool{
		"rain": true, "RAIN": true, "-rain": false, "snow": false, "-snow": true, "label:bug": false, "-label:bug": true, "due:none": true, "-due:none": false,
		"due:today": false, "col:doing": true, "-col:doing": false, "col:Done": false, "is:archived": false, "rain col:doing -due:week": true, `"the rain"`: true, "ÜBER": true,
	} {
		if got := readLine(typed).fits("Über the Rain", "Doing"); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestAColumnsPageGoesOnWithTheLine(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	page := func(r *http.Request) any {
		asked = append(asked, r.URL.Query())
		return kanbanapi.CardPage{Items: garden().Columns[0].Cards, MatchCount: new(2), NextCursor: nullable.NewNullableWithValue("a b")}
	}
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+todoAPI+"/cards", page))
	_, doc := ask("GET", line.Address(moreOf(gardenID, todoID, "next page"), "seeds"), "")
	if asked[0].Get("q") != "seeds" || asked[0].Get("cursor") != "next page" || asked[0].Get("today") == "" {
		t.Errorf("the api was asked for %v", asked)
	}
	if next := doc.Find("a[data-next]").AttrOr("href", ""); next != line.Address(moreOf(gardenID, todoID, "a b"), "seeds") {
		t.Errorf("the next page is %s", next)
	}
	if back := doc.Find(".page-head a").Last().AttrOr("href", ""); back != lined("seeds")+"#"+address.ColumnID(todoID) || !strings.Contains(doc.Find(".page-head").Text(), "2 cards match") || doc.Find(`#opens [name="q"]`).AttrOr("value", "") != "seeds" {
		t.Errorf("back leads to %s", back)
	}
	if res, _ := ask("GET", line.Address(columnPath(gardenID, todoID), "labl:x"), ""); res.Header.Get("Location") != lined("labl:x") {
		t.Errorf("a line that makes no sense leads to %s", res.Header.Get("Location"))
	}
}

func TestWhatCanBeAskedIsOffered(t *testing.T) {
	t.Parallel()
	var asked []url.Values
	ask := setup(t, apitest.New("GET "+gardenAPI, filtering(&asked)))
	_, doc := ask("GET", lined("seeds"), "")
	if offers := texts(doc.Find("datalist option")); !slices.Equal(offers, []string{`label:"on hold"`, `col:"To <do>"`, "col:Done"}) {
		t.Errorf("offered are %q", offers)
	}
	ways := doc.Find(".filter-help a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") })
	if want := []string{lined("seeds @me"), lined("seeds due:overdue"), lined("seeds due:today"), lined("seeds due:week"), lined("seeds due:none"), lined("seeds is:archived")}; !slices.Equal(ways, want) {
		t.Errorf("the help leads to %q", ways)
	}
	for _, way := range ways {
		if res, _ := ask("GET", way, ""); res.StatusCode != 200 {
			t.Errorf("%s: %d", way, res.StatusCode)
		}
	}
}

// The filter's part of a board's page grows with its labels and columns, up to a bound, and not with its cards.
func TestTheFilterWeighsLittle(t *testing.T) {
	t.Parallel()
	weigh := func(board kanbanapi.Board) int {
		_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", gardenPath, "")
		all := 0
		doc.Find("#filter, .filter-sign").Each(func(_ int, s *goquery.Selection) {
			html, _ := goquery.OuterHtml(s)
			all += len(html)
		})
		return all
	}
	if bytes := weigh(garden()); bytes > 3000 {
		t.Errorf("a small board's filter has %d bytes", bytes)
	}
	vast := wide(80, 5)
	for range 500 {
		vast.Labels = append(vast.Labels, kanbanapi.BoardLabel{Id: uuid.New(), Name: "A label of some length", Hue: kanbanapi.Red})
	}
	if bytes := weigh(vast); bytes > 6500 {
		t.Errorf("a vast board's filter has %d bytes", bytes)
	}
}

// What is opened from a filtered board leads back to it as it is.
// However often a form is refused, its page is filtered as the one on which it stood.
func TestEveryFormThatIsRefusedKeepsTheLine(t *testing.T) {
	t.Parallel()
	refused := problem.Validation(problem.Field{Field: "title", Code: "required", Detail: "A title needs at least one character."})
	column := gardenAPI + "/columns/" + todoID.String()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "PATCH "+gardenAPI, refused, "POST "+gardenAPI+"/cards", refused, "POST "+gardenAPI+"/columns", refused,
		"POST "+gardenAPI+"/batch", refused, "DELETE "+column, refused, "PATCH "+column, refused, "POST "+column+"/cards/move", refused))
	drawn := map[string]bool{} // the forms whose page comes back
	for _, page := range []string{lined("seeds") + "&menu=" + todoID.String(), lined("seeds") + "&select=7", columnEditPath(gardenID, todoID) + "?q=seeds", emptyPath(gardenID, todoID) + "?q=seeds"} {
		_, doc := ask("GET", page, "")
		doc.Find(`form[method="post"][action]`).Each(func(_ int, form *goquery.Selection) {
			action := form.AttrOr("action", "")
			for range 2 {
				_, again := ask("POST", action, filled(form))
				back := again.Find("#filter-line").AttrOr("value", "")
				if again.Find("#filter-line").Length() == 0 {
					back = again.Find(`main a[href*="?q="]`).AttrOr("href", "")
				}
				if again.Find("main [role=alert], header [role=alert]").Length() == 0 {
					return // no form is drawn again: an error's page, or another
				}
				form = again.Find(`form[method="post"][action="` + action + `"]`)
				drawn[strings.TrimPrefix(action, gardenPath)] = true
				if !strings.Contains(back, "seeds") || form.Length() == 0 || !strings.Contains(action, "q=seeds") {
					t.Errorf("%s: on the page of the refused form is the line %q, and %d such forms", action, back, form.Length())
				}
			}
		})
	}
	if len(drawn) < 5 {
		t.Errorf("only %v were drawn again", drawn)
	}
}

// filled is what a form sends with a text in each field that is empty.
func filled(form *goquery.Selection) string {
	typed := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		value := field.AttrOr("value", field.Text())
		if value == "" {
			value = "1"
		}
		if kind := field.AttrOr("type", "text"); kind != "checkbox" && kind != "radio" || typed.Get(field.AttrOr("name", "")) == "" {
			typed.Set(field.AttrOr("name", ""), value)
		}
	})
	return typed.Encode()
}

func TestPagesThatAreOpenedFromAFilteredBoardKnowItsLine(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	_, doc := ask("GET", lined("seeds")+"&menu=7", "")
	for _, link := range []string{".card-title a", "[data-rename]", "[data-move]", "[data-select]", "[data-unselect]", "h2 a"} {
		if href := doc.Find("main "+link+", .selection "+link).First().AttrOr("href", ""); !strings.Contains(href, "q=seeds") {
			t.Errorf("%s leads to %s", link, href)
		}
	}
	for _, page := range []string{columnEditPath(gardenID, todoID), emptyPath(gardenID, todoID)} {
		if _, doc := ask("GET", page+"?q=seeds", ""); doc.Find(`main a[href="`+gardenPath+`?q=seeds#`+address.ColumnID(todoID)+`"]`).Length() == 0 {
			t.Errorf("%s leads back to %s", page, doc.Find("main a").AttrOr("href", ""))
		}
	}
}
