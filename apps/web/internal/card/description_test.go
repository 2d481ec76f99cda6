package card

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// planting is a card with boxes in its description.
func planting() kanbanapi.Card {
	card := seeds()
	card.Description = "After #3:\n\n- [x] Rake\n- [ ] Sow <b>\n"
	return card
}

func TestADescriptionIsDrawnWithItsBoxesAndCards(t *testing.T) {
	t.Parallel()
	_, doc := setup(t, garden("GET "+cardAPI, planting()))("GET", cardAt, "")
	form := doc.Find(`form.prose[method="post"][action="` + cardAt + `/tasks"]`)
	if form.Find(`button[name="tick"]`).Length() != 2 || form.Find(`input[name="version"]`).AttrOr("value", "") != "4" {
		t.Error("the boxes can't be ticked")
	}
	if form.Find(`a[href="`+boardAt+`/cards/3"]`).Length() != 1 || doc.Find("[data-tasks]").Text() != "1 of 2 done" || doc.Find("progress").AttrOr("value", "") != "1" {
		t.Errorf("no link, or a wrong count: %s", doc.Find(".block").Text())
	}
}

func TestATickSavesOneCharacterOverTheVersionOnThePage(t *testing.T) {
	t.Parallel()
	up := garden("GET "+cardAPI, planting(), "PATCH "+cardAPI, planting())
	ask := setup(t, up)
	_, doc := ask("GET", cardAt, "")
	res, _ := ask("POST", cardAt+"/tasks", apitest.Form("version", "4", "tick", doc.Find(".tick").Last().AttrOr("value", "")))
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != cardAt {
		t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if up.Last().IfMatch != `"4"` || up.Last().Body["description"] != "After #3:\n\n- [x] Rake\n- [x] Sow <b>\n" || len(up.Last().Body) != 1 {
		t.Errorf("If-Match %s, sent %v", up.Last().IfMatch, up.Last().Body)
	}
}

func TestAStaleTickAsksWhichTextStays(t *testing.T) {
	t.Parallel()
	up := garden("GET "+cardAPI, planting(), "PATCH "+cardAPI, problem.New(problem.Stale, "stale", "It has changed."))
	res, doc := setup(t, up)("POST", cardAt+"/tasks", apitest.Form("version", "2", "tick", "0 on Sow <b>"))
	if res.StatusCode != http.StatusPreconditionFailed || !strings.Contains(doc.Find(`section:has(#mine) .diff`).Text(), "- [x] Sow") {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
	if up.Last().IfMatch != `"2"` {
		t.Errorf("If-Match %s", up.Last().IfMatch)
	}
}

// What somebody saved since may have been the title.
func TestATickOverTheSameDescriptionIsNoConflict(t *testing.T) {
	t.Parallel()
	up := garden("GET "+cardAPI, planting(), "PATCH "+cardAPI, func(r *http.Request) any {
		if r.Header.Get("If-Match") != `"4"` {
			return problem.New(problem.Stale, "stale", "It has changed.")
		}
		return planting()
	})
	ask := setup(t, up)
	_, doc := ask("GET", cardAt, "")
	was := doc.Find(`form.prose [name="was"]`).AttrOr("value", "")
	res, _ := ask("POST", cardAt+"/tasks", apitest.Form("version", "3", "was", was, "tick", doc.Find(".tick").Last().AttrOr("value", "")))
	if res.StatusCode != http.StatusSeeOther || up.Last().IfMatch != `"4"` {
		t.Errorf("%d, If-Match %s", res.StatusCode, up.Last().IfMatch)
	}
}

func TestABoxThatIsGoneIsSaid(t *testing.T) {
	t.Parallel()
	for _, tick := range []string{"0 on Hoe", "", "nonsense"} {
		up := garden("GET "+cardAPI, planting())
		res, doc := setup(t, up)("POST", cardAt+"/tasks", apitest.Form("version", "4", "tick", tick))
		if res.StatusCode != http.StatusConflict || len(up.Changes()) != 0 || !strings.Contains(doc.Find(`main [role="alert"]`).Text(), "isn't in the description") {
			t.Errorf("%q: %d, sent %v", tick, res.StatusCode, up.Changes())
		}
		if doc.Find("#description").Text() != planting().Description {
			t.Errorf("%q: the field lost the description", tick)
		}
	}
}

func TestAPreviewSavesNothingAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	up := garden()
	res, doc := setup(t, up)("POST", cardAt+"/preview", apitest.Form("version", "3", "description", "**Bold** <script>x</script>\r\n- [ ] box"))
	if res.StatusCode != 200 || len(up.Changes()) != 0 || doc.Find("#preview strong").Text() != "Bold" || doc.Find("#preview script, #preview button").Length() != 0 {
		t.Errorf("%d %s", res.StatusCode, doc.Find("#preview").Text())
	}
	form := doc.Find("details[open] form:has(#description)")
	if form.Find("#description").Text() != "**Bold** <script>x</script>\n- [ ] box" || form.Find(`[name="version"]`).AttrOr("value", "") != "3" {
		t.Error("what was typed, or the version that it was made from, is lost")
	}
}

func TestAPreviewForWhoMayNotWriteKeepsTheText(t *testing.T) {
	t.Parallel()
	read := board()
	read.Role = kanbanapi.Viewer
	res, doc := setup(t, garden("GET "+boardAPI, read))("POST", cardAt+"/preview", apitest.Form("description", "half a text"))
	if res.StatusCode != http.StatusConflict || doc.Find("#typed").Text() != "half a text" {
		t.Errorf("%d %s", res.StatusCode, doc.Find("main").Text())
	}
}

func TestAViewerLooksAtBoxes(t *testing.T) {
	t.Parallel()
	read := board()
	read.Role = kanbanapi.Viewer
	_, doc := setup(t, garden("GET "+boardAPI, read, "GET "+cardAPI, planting()))("GET", cardAt, "")
	if doc.Find("main form, main button").Length() != 0 || doc.Find(".prose input[disabled]").Length() != 2 {
		t.Error("a viewer is offered a tick")
	}
}
