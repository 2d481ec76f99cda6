package card

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/apitest"
)

// A browser looks for the direction of an element that is to find its own through all that is in it, each time that a line comes there:
// what holds a text of many lines leaves it to each of them.
func TestNoElementSeeksADirectionThroughManyLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ method, at, form string }{
		"the_card":    {"GET", cardAt, ""},
		"its_preview": {"POST", cardAt + "/preview", apitest.Form("description", "Beans\n\nPeas")},
		"its_history": {"GET", cardAt + "/history", ""},
		"a_conflict":  {"POST", cardAt, apitest.Form("description", "Mine\nBeans\nPeas", "version", "2")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, doc := setup(t, stale(seedsThen()))(c.method, c.at, c.form)
			if text := doc.Find("main").Text(); !strings.Contains(text, "Beans") || !strings.Contains(text, "Peas") {
				t.Fatalf("the page doesn't show the text: %s", text)
			}
			doc.Find(`[dir="auto"]`).Each(func(_ int, element *goquery.Selection) {
				if text := element.Text(); strings.Contains(text, "Beans") && strings.Contains(text, "Peas") {
					t.Errorf("<%s> seeks its direction in %q", goquery.NodeName(element), text)
				}
			})
		})
	}
}
