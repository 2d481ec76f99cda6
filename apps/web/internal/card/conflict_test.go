package card

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// stale is a garden whose card was saved meanwhile; version 2 is what the person wrote over.
func stale(base kanbanapi.CardVersion) *apitest.API {
	refusal := problem.New(problem.Stale, "stale", "It has changed.")
	return garden("PATCH "+cardAPI, refusal, "GET "+cardAPI+"/versions/2", base)
}

// pane is one of the texts, with what went in [] and what came in {}.
func pane(doc *goquery.Document, id string) string {
	var lines []string
	doc.Find("section:has(#" + id + ") .line").Each(func(_ int, line *goquery.Selection) {
		var text strings.Builder
		line.Find(".said").Each(func(_ int, piece *goquery.Selection) {
			switch goquery.NodeName(piece.Parent()) {
			case "del":
				text.WriteString("[" + piece.Text() + "]")
			case "ins":
				text.WriteString("{" + piece.Text() + "}")
			default:
				text.WriteString(piece.Text())
			}
		})
		lines = append(lines, text.String())
	})
	return strings.Join(lines, "\n")
}

func TestAStaleSaveShowsAllThreeTexts(t *testing.T) {
	t.Parallel()
	base := seedsThen()
	base.Title = "Buy <b>bulbs</b>"
	res, doc := setup(t, stale(base))("POST", cardAt, apitest.Form("title", "Buy <u>bulbs</u> now", "version", "2"))
	if res.StatusCode != http.StatusPreconditionFailed || doc.Find("main u, main b").Length() != 0 {
		t.Fatalf("status %d", res.StatusCode)
	}
	if got := []string{pane(doc, "base"), pane(doc, "mine"), pane(doc, "theirs")}; got[0] != "Buy <b>bulbs</b>" ||
		got[1] != "Buy <[b]{u}>bulbs</[b]{u}>{ now}" || got[2] != "Buy <b>[bulbs]{seeds}</b>" {
		t.Errorf("the texts are %q", got)
	}
	mine, theirs := doc.Find("section:has(#mine)"), doc.Find("section:has(#theirs)")
	if mine.Find(`[name="version"]`).AttrOr("value", "") != "4" || mine.Find(`[name="title"]`).AttrOr("value", "") != "Buy <u>bulbs</u> now" {
		t.Error("keeping mine must be made from the present version")
	}
	if theirs.Find(`a[href="`+cardAt+`"]`).Length() != 1 || doc.Find(`details textarea[name="title"]`).Text() != "Buy <u>seeds</u> now" {
		t.Errorf("no way to take theirs, or both in one are %q", doc.Find(`details textarea`).Text())
	}
}

func TestDifferentLinesAreMergedAndTheSameOnesMarked(t *testing.T) {
	t.Parallel()
	base := seedsThen() // Corn in its last line, which they made Peas
	for typed, want := range map[string]struct{ mine, both, hint string }{
		"\r\nRed beans\r\n<i>Corn</i>": {"\n[Beans]\n{Red beans}\n<i>Corn</i>", "\nRed beans\n<i>Peas</i>", "different parts"},
		"\r\nBeans\r\n<i>Maize</i>":    {"\nBeans\n<i>[Corn]{Maize}</i>", "\nBeans\n▼ Written here\n<i>Maize</i>\n▼ Saved meanwhile\n<i>Peas</i>\n▲", "between ▼ and ▲"},
	} {
		_, doc := setup(t, stale(base))("POST", cardAt, apitest.Form("description", typed, "version", "2"))
		if got := pane(doc, "mine"); got != want.mine {
			t.Errorf("mine is told as %q", got)
		}
		if got := pane(doc, "theirs"); !strings.HasSuffix(got, "<i>[Corn]{Peas}</i>") {
			t.Errorf("theirs is told as %q", got)
		}
		if got := doc.Find(`details textarea[name="description"]`).Text(); got != want.both || !strings.Contains(doc.Find("#both-hint").Text(), want.hint) {
			t.Errorf("both are %q: %s", got, doc.Find("#both-hint").Text())
		}
	}
}

func TestAConflictSaysWhoSavedAndWhen(t *testing.T) {
	t.Parallel()
	_, doc := setup(t, stale(seedsThen()))("POST", cardAt, apitest.Form("description", "Mine", "version", "2"))
	if got := doc.Find("main h1").Text(); got != "Grace <b>Hopper</b> saved this card while you were writing" {
		t.Errorf("headed %q", got)
	}
	if got := doc.Find("main").Text(); !strings.Contains(got, "Grace <b>Hopper</b> saved it 22 Nov 2026, 08:00 UTC") || doc.Find(`main a[href="`+cardAt+`/history"]`).Length() != 1 {
		t.Errorf("it says %q", got)
	}
}

// The version that a form names may be made up, or of before there was a history.
func TestAConflictWithoutABaseLosesNothing(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"", "0", "-1", "nonsense", "99"} {
		res, doc := setup(t, stale(seedsThen()))("POST", cardAt, apitest.Form("description", "Mine\nBeans", "version", version))
		if res.StatusCode != http.StatusPreconditionFailed || doc.Find("#base").Length() != 0 {
			t.Errorf("%q: %d %s", version, res.StatusCode, doc.Find("main").Text())
		}
		if pane(doc, "mine") != "Mine\nBeans" || !strings.Contains(pane(doc, "theirs"), "<i>Peas</i>") {
			t.Errorf("%q: mine %q, theirs %q", version, pane(doc, "mine"), pane(doc, "theirs"))
		}
		if both := doc.Find("details textarea").Text(); !strings.Contains(both, "Mine") || !strings.Contains(both, "<i>Peas</i>") {
			t.Errorf("%q: both in one are %q", version, both)
		}
	}
}
