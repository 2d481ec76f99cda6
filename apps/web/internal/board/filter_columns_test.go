package board

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// narrowed is a board of so many columns of three cards; with a line, one card matches in each column at one of the places.
func narrowed(columns int, matching ...int) func(*http.Request) any {
	return func(r *http.Request) any {
		board := wide(columns, 3)
		for i := range board.Columns {
			if !r.URL.Query().Has("q") {
				continue
			}
			c := &board.Columns[i]
			fits := 0
			if slices.Contains(matching, i) {
				fits = 1
			}
			c.Cards, c.MatchCount = c.Cards[:fits], new(fits)
		}
		return board
	}
}

// inSight are the titles of the columns that a page doesn't leave out.
func inSight(doc *goquery.Document) string {
	return strings.Join(doc.Find(".column:not([hidden])").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("data-title", "") }), ", ")
}

func TestAFilterLeavesOutTheColumnsOfAWideWallInWhichNothingMatches(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, narrowed(250, 3, 200)))
	_, doc := ask("GET", lined("rain"), "")
	if shown := inSight(doc); shown != "Column 4, Column 201" || doc.Find(".column").Length() != 250 {
		t.Errorf("of %d columns are in sight %s", doc.Find(".column").Length(), shown)
	}
	if hidden := doc.Find(".column[hidden]"); hidden.Not("[data-bare]").Length() != 0 || hidden.Find("button, .column-foot, .card").Length() != 0 {
		t.Error("a column that is left out is drawn whole")
	}
	if pills := texts(doc.Find("[data-column-nav] a [data-name]")); !slices.Equal(pills, []string{"Column 4", "Column 201"}) {
		t.Errorf("there are pills for %q", pills)
	}
	if said := doc.Find("[data-filter-count]").Text(); said != "Showing 2 of 750 cards, in 2 of 250 columns" {
		t.Errorf("it says %q", said)
	}
	html, err := doc.Html()
	if err != nil {
		t.Fatal(err)
	}
	_, whole := ask("GET", gardenPath, "")
	if all, err := whole.Html(); err != nil || len(html) > len(all) {
		t.Errorf("%v: two columns of 250 are %d bytes, all of them %d", err, len(html), len(all))
	}
	if inSight(whole) != inSight(doc) && whole.Find(".column[hidden]").Length() != 0 {
		t.Error("without a filter nothing is left out")
	}
}

// Some walls one overlooks, and of what nothing matches nothing can stand side by side.
func TestAFilterLeavesOutNoColumn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		columns  int
		matching []int
		line     string
		says     string
	}{
		"a wall that one overlooks": {ui.ManyColumns, []int{3}, "rain", "Showing 1 of 36 cards"},
		"nothing matches":           {250, nil, "rain", "No card matches."},
		"everywhere is a match":     {13, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, "rain", "Showing 13 of 39 cards, in 13 of 13 columns"},
		"a line without sense":      {250, []int{3}, "labl:x", ""},
	} {
		_, doc := setup(t, apitest.New("GET "+gardenAPI, narrowed(c.columns, c.matching...)))("GET", lined(c.line), "")
		if n := doc.Find(".column[hidden]").Length(); n != 0 || strings.Contains(doc.Find(".filter-state").Text(), "empty columns") {
			t.Errorf("%s: %d are left out: %s", name, n, doc.Find(".filter-state").Text())
		}
		if said := doc.Find("[data-filter-count]").Text(); said != c.says {
			t.Errorf("%s: it says %q", name, said)
		}
	}
	_, doc := setup(t, apitest.New("GET "+gardenAPI, narrowed(ui.ManyColumns+1, 3)))("GET", lined("rain"), "")
	if shown := inSight(doc); shown != "Column 4" {
		t.Errorf("of one column more are in sight %s", shown)
	}
}

func TestTheEmptyColumnsAreALinkAway(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, narrowed(20, 3, 7)))
	_, doc := ask("GET", lined("rain"), "")
	way := doc.Find(`.filter-state a[data-filters]:contains("Show empty columns")`).AttrOr("href", "")
	if way != gardenPath+"?empty=shown&q=rain" {
		t.Fatalf("it leads to %q", way)
	}
	_, all := ask("GET", way, "")
	if all.Find(".column[hidden]").Length() != 0 || gardenPath+all.Find("main").AttrOr("data-query", "") != way {
		t.Errorf("in sight are %s", inSight(all))
	}
	if said := all.Find("[data-filter-count]").Text(); said != "Showing 2 of 60 cards, in 2 of 20 columns" {
		t.Errorf("it says %q", said)
	}
	if back := all.Find(`.filter-state a:contains("Hide empty columns")`).AttrOr("href", ""); back != lined("rain") {
		t.Errorf("back leads to %q", back)
	}
	// Another line, and what is opened from there, leaves them in sight.
	for _, form := range []string{"#filter", "#opens"} {
		if kept := all.Find(form+` input[type="hidden"][name="empty"]`).AttrOr("value", ""); kept != "shown" {
			t.Errorf("%s sends %q", form, kept)
		}
	}
	for _, link := range []string{".chip", ".filter-help a", ".card-title a", ".column h2 a"} {
		if href := all.Find(link).First().AttrOr("href", ""); !strings.Contains(href, "empty=shown") {
			t.Errorf("%s leads to %s", link, href)
		}
	}
	if way := all.Find("[data-key=x]").AttrOr("href", ""); way != gardenPath {
		t.Errorf("clearing leads to %s", way)
	}
}

// What somebody is at stays in sight.
func TestAColumnThatIsOpenIsNotLeftOut(t *testing.T) {
	t.Parallel()
	columns := wide(20, 3).Columns
	ask := setup(t, apitest.New("GET "+gardenAPI, narrowed(20, 3)))
	for query, want := range map[string]string{
		"&menu=" + columns[1].Id.String(): "Column 2, Column 4",
		"&add=" + columns[9].Id.String():  "Column 4, Column 10",
		"&adding=column":                  "Column 4, Column 20",
	} {
		_, doc := ask("GET", lined("rain")+query, "")
		if shown := inSight(doc); shown != want {
			t.Errorf("%s: in sight are %s", query, shown)
		}
	}
}

// A menu's ways left and right lead past those in sight.
func TestAColumnMovesBesideTheNextInSight(t *testing.T) {
	t.Parallel()
	columns := wide(20, 3).Columns
	ask := setup(t, apitest.New("GET "+gardenAPI, narrowed(20, 3, 7, 15)))
	for at, want := range map[int][2]string{
		3:  {"", columns[7].Id.String()},
		7:  {columns[3].Id.String(), columns[15].Id.String()},
		15: {columns[7].Id.String(), ""},
	} {
		_, doc := ask("GET", lined("rain")+"&menu="+columns[at].Id.String(), "")
		menu := doc.Find("#" + address.ColumnID(columns[at].Id) + " .column-tools .menu")
		if got := [2]string{menu.Find(`[name="before"]`).AttrOr("value", "-"), menu.Find(`[name="after"]`).AttrOr("value", "-")}; got != want {
			t.Errorf("the ways of column %d lead beside %q", at+1, got)
		}
	}
}

func TestTheArchiveOfAWideWallStandsSideBySide(t *testing.T) {
	t.Parallel()
	_, doc := setup(t, apitest.New("GET "+gardenAPI, narrowed(20, 3, 7)))("GET", lined("is:archived"), "")
	if said := doc.Find("[data-filter-count]").Text(); inSight(doc) != "Column 4, Column 8" || said != "Showing 2 cards of the archive, in 2 of 20 columns, to open and to restore." {
		t.Errorf("in sight are %s, and it says %q", inSight(doc), said)
	}
}

// A card that is added to a column in which nothing matches is shown there.
func TestAColumnWithACardThatWasJustAddedIsInSight(t *testing.T) {
	t.Parallel()
	board := wide(20, 3)
	made := kanbanapi.Card{Id: ids()(), Number: 99, ColumnId: board.Columns[9].Id, Title: "Dig"}
	_, doc := setup(t, apitest.New("GET "+gardenAPI, narrowed(20, 3), "GET "+gardenAPI+"/cards/"+made.Id.String(), made))("GET", lined("rain")+"&made="+made.Id.String(), "")
	if shown := inSight(doc); shown != "Column 4, Column 10" {
		t.Errorf("in sight are %s", shown)
	}
}
