package e2e_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// toSearch puts up two boards with 26 cards about rain, of which the best is the last one made, and one in the archive.
func (p *person) toSearch(t *testing.T) (garden, office wall) {
	t.Helper()
	var cards []string
	for i := range 24 {
		cards = append(cards, fmt.Sprintf("Rainwater barrel %d", i+1))
	}
	garden, office = p.wall(t, "Garden", cards...), p.wall(t, "Office", "Rain", "Umbrellas", "Rained off")
	must(p.ArchiveCard(t.Context(), office.ID, "3"))(t)
	wet := must(p.CreateLabel(t.Context(), office.ID, kanbanapi.NewLabel{Name: "wet", Hue: kanbanapi.Blue}))(t)
	must(p.LabelCard(t.Context(), office.ID, "1", wet.Id))(t)
	about := "To lend to whoever forgot theirs when the rain began."
	must(p.UpdateCard(t.Context(), office.ID, "2", 1, kanbanapi.CardPatch{Description: &about}))(t)
	return garden, office
}

// hits are the titles of what was found, in order.
func (v *visitor) hits() []string {
	v.t.Helper()
	var titles []string
	for _, title := range v.page.MustElements(".hits h2") {
		titles = append(titles, strings.TrimSpace(title.MustText()))
	}
	return titles
}

func (v *visitor) wantHits(first string, count int, last string) {
	v.t.Helper()
	if hits := v.hits(); len(hits) != count || hits[0] != first || hits[count-1] != last {
		v.t.Errorf("found are %q", hits)
	}
}

func TestSearchingByClicking(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with_JavaScript": true, "without_JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			ada := s.person(t, "Ada")
			_, office := ada.toSearch(t)
			v := s.at(t, ada, office.page())
			v.script(scripts)
			v.reload()
			v.fill(".search input", "rain")
			v.leaving(func() { v.hit(input.Enter) })
			v.wantHits("Rain", 20, "Rainwater barrel 6")
			if first := v.find(".hits li"); first.MustElement("mark").MustText() != "Rain" || !strings.Contains(first.MustText(), "wet") || !strings.Contains(first.MustText(), "Office · To do") {
				t.Errorf("the first is %s", first.MustText())
			}
			if scripts {
				v.click("a", "^More cards$")
				v.find(".hits li:nth-child(21)")
				v.wantHits("Rain", 26, "Umbrellas")
				v.wantSaid("6 more: 26 cards are here")
				v.find("[data-found-count]", "^26 cards$")
			} else {
				v.follow("a", "^More cards$")
				v.wantHits("Rainwater barrel 5", 6, "Umbrellas")
			}
			if v.page.MustHas("[data-more-hits]") {
				t.Error("there are no more")
			}
			if part := v.find(".excerpt"); !strings.HasSuffix(part.MustText(), "when the rain began.") || part.MustElement("mark").MustText() != "rain" {
				t.Errorf("of the description it shows %q", part.MustText())
			}
			v.follow(".tabs a", "In the archive")
			v.wantHits("Rained off", 1, "Rained off")
			v.find(".hits .badge", "In the archive")
			v.fill("#search-line", "umbrella snow")
			v.follow("main button", "Search")
			v.find("[data-found-count]", "No card was found.")
			v.follow(".chip", "snow")
			v.wantHits("Umbrellas", 1, "Umbrellas")
			v.fill("#search-line", "rain labl:wet")
			v.follow("main button", "Search")
			if word := v.find("main mark").MustText(); word != "labl:" || !v.says("Did you mean label:?") || v.status() != 400 {
				t.Errorf("the error points at %q", word)
			}
			v.fill("#search-line", "rain label:wet")
			v.follow("main button", "Search")
			v.follow(".hits a", "Rain")
			if v.path() != office.page()+"/cards/1" {
				t.Errorf("the hit leads to %s", v.path())
			}
		})
	}
}

func TestSearchingByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	garden, _ := ada.toSearch(t)
	v := s.at(t, ada, "/boards")
	v.find(".search input").MustFocus()
	v.do(v.page.InsertText("barrel"))
	v.leaving(func() { v.hit(input.Enter) })
	v.wantFocus(".hits li:first-child a")
	v.wantSaid("The best 20 cards")
	v.hit(input.Tab)
	v.wantFocus(".hits li:nth-child(2) a")
	v.wantFocusSeen("the second hit")
	v.find("[data-more-hits]").MustFocus()
	v.hit(input.Enter)
	v.wantFocus(".hits li:nth-child(21) a")
	v.wantSaid("4 more: 24 cards are here")
	v.leaving(func() { v.hit(input.Enter) })
	if v.path() != garden.page()+"/cards/4" {
		t.Errorf("it leads to %s", v.path())
	}
	v.open("/search")
	v.wantFocus("#search-line")
	v.do(v.page.InsertText(`barrel "10`))
	v.leaving(func() { v.hit(input.Enter) })
	v.wantFocus("#search-line[aria-invalid]")
	if chosen := v.page.MustEval(`() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)`).Str(); chosen != `"10` {
		t.Errorf("of the line is selected %q", chosen)
	}
}

// Hits that don't come are asked for again by the same link.
func TestHitsThatDoNotComeAreSaid(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	ada.toSearch(t)
	v := s.at(t, ada, "/search?q=rain")
	router := v.page.HijackRequests()
	v.do(router.Add("*cursor=*", "", func(h *rod.Hijack) { h.Response.Fail(proto.NetworkErrorReasonConnectionFailed) }))
	go router.Run()
	v.click("[data-more-hits]")
	v.find(".toast", "[a-z]")
	v.do(router.Stop())
	v.click("[data-more-hits]")
	v.find(".hits li:nth-child(26)")
}

func TestNobodyFindsCardsOfOthersOnThePage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, eve := s.person(t, "Ada"), s.person(t, "Eve")
	_, office := ada.toSearch(t)
	eve.wall(t, "Hers", "Rain of her own")
	for _, line := range []string{"rain", "umbrella", "rain is:archived", "rein", "rain label:wet", `rain col:"To do"`} {
		if got := eve.get(t, "/search?"+url.Values{"q": {line}}.Encode()); got.Status != 200 || strings.Contains(got.Body, "Office") || strings.Contains(got.Body, office.ID.String()) || strings.Contains(got.Body, "barrel") {
			t.Errorf("%s: %d %s", line, got.Status, got.Body)
		}
	}
	next := must(ada.Search(t.Context(), "rain", time.Now(), "", 20))(t).NextCursor.MustGet()
	if got := eve.get(t, "/search?"+url.Values{"q": {"rain"}, "cursor": {next}}.Encode()); got.Status != 200 || strings.Contains(got.Body, "Office") || strings.Contains(got.Body, "Garden") {
		t.Errorf("with a cursor of hers: %d %s", got.Status, got.Body)
	}
}

// Lines that nobody should type do no harm.
func TestSearchesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	ada.toSearch(t)
	next := must(ada.Search(t.Context(), "rain", time.Now(), "", 20))(t).NextCursor.MustGet()
	for query, want := range map[string]int{
		"": 200, "q=": 200, "q=%20": 200, "cursor=x": 200, "q=" + strings.Repeat("rain%20", 1500): 400, "q=%00": 400, "q=rain%00": 400, "q=%E2%80%AEniar": 400, "q=%FF": 400,
		"q=rain%20%25%20_%20%5C": 200, "q=%3Cscript%3E": 200, "q=%22": 400, "q=%22rain": 400, "q=rain%3Bx": 200, "q=@me": 400, "q=rain&cursor=" + next: 200,
		"q=rained&cursor=" + next: 303, "q=rain&cursor=x": 303, "q=rain&cursor=%00": 303, "q=rain&cursor=" + strings.Repeat("A", 5000): 303, "q=rain&q=snow": 200,
		"q='%3B%20DROP%20TABLE": 200, "q=%D7%92%D7%99%D7%A0%D7%94": 200,
	} {
		if got := ada.get(t, "/search?"+query); got.Status != want || want != 303 && !strings.Contains(got.Body, "</html>") {
			t.Errorf("%.40s: %d, want %d", query, got.Status, want)
		}
	}
	if got := ada.submit(t, "/search", url.Values{"q": {"rain"}}); got.Status != 405 {
		t.Errorf("a POST: %d", got.Status)
	}
}

func searchViews(t *testing.T, maya *person) []view {
	t.Helper()
	w := maya.furnish(t, few)
	maya.toSearch(t)
	maya.write(t, w, 5)
	page := func(line string) string { return "/search?" + url.Values{"q": {line}}.Encode() }
	return []view{
		{name: "search", path: "/search"},
		{name: "search-hits", path: page("rain")},
		{name: "search-odd", path: page("title OF unbreak")},
		{name: "search-long", path: page("paragraph -label:wet")},
		{name: "search-labels", path: page(`dig label:Beds`)},
		{name: "search-archive", path: page("rain is:archived")},
		{name: "search-nothing", path: page("rain rhubarb " + strings.Repeat("unbreakable", 20))},
		{name: "search-wrong", path: page(`rain labl:wet "heavy `)},
		{name: "search-more", path: page("rain"), then: func(v *visitor) {
			v.click("[data-more-hits]")
			v.find(".hits li:nth-child(21)")
		}},
	}
}
