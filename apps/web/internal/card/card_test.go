package card

import (
	"net/http"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestACardShowsItsTextsWithoutTakingThemForHTML(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden())
	res, doc := ask("GET", cardAt, "")
	if res.StatusCode != 200 || doc.Find("h1").Text() != "Buy <b>seeds</b>" || doc.Find("main b, main i").Length() != 0 {
		t.Fatalf("%d %s", res.StatusCode, doc.Find("h1").Text())
	}
	if strings.TrimSpace(doc.Find(".prose").Text()) != "Beans\n<i>Peas</i>" || doc.Find("#description").Text() != "\nBeans\n<i>Peas</i>" {
		t.Errorf("description %q, its field %q", doc.Find(".prose").Text(), doc.Find("#description").Text())
	}
	if doc.Find(`a[href="`+boardAt+`#card-7"]`).Length() != 1 || !strings.Contains(doc.Find(".meta").Text(), "To do") {
		t.Error("no way back, or no column")
	}
}

func TestACardCanBeChangedWithoutScripts(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden())
	_, doc := ask("GET", cardAt, "")
	for _, field := range []string{"title", "description"} {
		form := doc.Find(`form[method="post"][action="` + cardAt + `"]:has([name="` + field + `"])`)
		if form.Find(`input[name="version"]`).AttrOr("value", "") != "4" || form.Find("button.primary").Length() != 1 || doc.Find(`label[for="`+field+`"]`).Length() != 1 {
			t.Errorf("no form for the %s", field)
		}
	}
	if doc.Find(`a[href="`+cardAt+`/move"]`).Length() != 1 || doc.Find(`form[method="post"][action="`+cardAt+`/archive"] button`).Length() != 1 {
		t.Error("no way to move or archive")
	}
}

func TestASaveNamesTheVersionItWasMadeFrom(t *testing.T) {
	t.Parallel()
	up := garden("PATCH "+cardAPI, seeds())
	res, _ := setup(t, up)("POST", cardAt, apitest.Form("description", "Beans\r\nPeas", "version", "4"))
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != cardAt {
		t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if up.Last().IfMatch != `"4"` || up.Last().Body["description"] != "Beans\nPeas" || len(up.Last().Body) != 1 {
		t.Errorf("If-Match %s, sent %v", up.Last().IfMatch, up.Last().Body)
	}
}

func TestAStaleSaveOfTheSameTextAsksNothing(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden("PATCH "+cardAPI, problem.New(problem.Stale, "stale", "It has changed.")))
	if res, _ := ask("POST", cardAt, apitest.Form("title", "Buy <b>seeds</b>", "version", "2")); res.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", res.StatusCode)
	}
}

// Title and description may be written at once: saving one raises the version that the other was written over.
func TestASaveAfterAnotherFieldsIsNoConflict(t *testing.T) {
	t.Parallel()
	up := garden("PATCH "+cardAPI, func(r *http.Request) any {
		if r.Header.Get("If-Match") != `"4"` {
			return problem.New(problem.Stale, "stale", "It has changed.")
		}
		return seeds()
	})
	ask := setup(t, up)
	res, _ := ask("POST", cardAt, apitest.Form("title", "Buy bulbs", "version", "3", "was", fingerprint("Buy <b>seeds</b>")))
	if res.StatusCode != http.StatusSeeOther || up.Last().Body["title"] != "Buy bulbs" {
		t.Errorf("the title is as it was, but saving it is %d", res.StatusCode)
	}
	res, doc := ask("POST", cardAt, apitest.Form("title", "Buy bulbs", "version", "3", "was", fingerprint("Buy beds")))
	if res.StatusCode != http.StatusPreconditionFailed || !strings.Contains(doc.Find("section:has(#theirs)").Text(), "Buy <b>seeds</b>") {
		t.Errorf("somebody changed the title, but saving over it is %d", res.StatusCode)
	}
}

func TestAFormDrawnAgainSaysWhatItWasMadeFrom(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden("PATCH "+cardAPI, problem.Validation(problem.Field{Field: "title", Code: "required", Detail: "A title needs at least one character."})))
	for _, action := range []string{cardAt, cardAt + "/preview"} {
		field := map[string]string{cardAt: "title", cardAt + "/preview": "description"}[action]
		_, doc := ask("POST", action, apitest.Form(field, "", "version", "2", "was", "older"))
		form := doc.Find("#" + field).Closest("form")
		if version, was := form.Find(`[name="version"]`).AttrOr("value", ""), form.Find(`[name="was"]`).AttrOr("value", ""); version != "2" || was != "older" {
			t.Errorf("%s: made from %q, over %q", action, version, was)
		}
	}
}

func TestARefusedTitleComesBackAsTyped(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden("PATCH "+cardAPI, problem.Validation(problem.Field{Field: "title", Code: "required", Detail: "A title needs at least one character."})))
	res, doc := ask("POST", cardAt, apitest.Form("title", " ", "version", "4"))
	field := doc.Find("#title")
	if res.StatusCode != 400 || field.Text() != " " || field.AttrOr("aria-invalid", "") != "true" || doc.Find("details[open] #title").Length() != 1 {
		t.Errorf("%d %q", res.StatusCode, field.Text())
	}
	if !strings.Contains(doc.Find("#"+field.AttrOr("aria-describedby", "")).Text(), "at least one character") {
		t.Error("the field doesn't say why")
	}
}

func TestTextForACardThatCantBeChangedAnyMoreIsKept(t *testing.T) {
	t.Parallel()
	archived := seeds()
	archived.ArchivedAt = nullable.NewNullableWithValue(archived.CreatedAt)
	for _, refusal := range []*problem.Error{
		problem.New(problem.Conflict, "archived", "This card is in the archive. Restore it first."),
		problem.New(problem.Forbidden, "forbidden", "You may look at this board, but not change it."),
	} {
		ask := setup(t, garden("GET "+cardAPI, archived, "PATCH "+cardAPI, refusal))
		res, doc := ask("POST", cardAt, apitest.Form("description", "Beans and peas", "version", "4"))
		if res.StatusCode != refusal.Kind.Status() || doc.Find("main textarea").Text() != "Beans and peas" || !strings.Contains(doc.Find("main").Text(), refusal.Detail) {
			t.Errorf("%s: %d %s", refusal.Code, res.StatusCode, doc.Find("main").Text())
		}
	}
}

func TestTheArchiveGivesBack(t *testing.T) {
	t.Parallel()
	archived := seeds()
	archived.ArchivedAt = nullable.NewNullableWithValue(archived.CreatedAt)
	up := garden("GET "+cardAPI, archived, "POST "+cardAPI+"/archive", archived, "POST "+cardAPI+"/restore", seeds())
	ask := setup(t, up)

	if res, _ := ask("POST", cardAt+"/archive", ""); res.Header.Get("Location") != boardAt {
		t.Errorf("archiving leads to %s", res.Header.Get("Location"))
	}
	_, doc := ask("GET", cardAt, "")
	if doc.Find(`form[method="post"][action="`+cardAt+`/restore"] button`).Length() != 1 || doc.Find("textarea").Length() != 0 {
		t.Error("an archived card is restored, not edited")
	}
	if res, _ := ask("POST", cardAt+"/restore", "stay=yes"); res.Header.Get("Location") != cardAt {
		t.Errorf("restoring on the card leads to %s", res.Header.Get("Location"))
	}
	if res, _ := ask("POST", cardAt+"/restore", ""); res.Header.Get("Location") != boardAt+"#card-7" {
		t.Errorf("restoring from the board leads to %s", res.Header.Get("Location"))
	}
}

func TestAViewerReadsOnly(t *testing.T) {
	t.Parallel()
	read := board()
	read.Role = kanbanapi.Viewer
	_, doc := setup(t, garden("GET "+boardAPI, read))("GET", cardAt, "")
	if doc.Find("main form, main textarea").Length() != 0 || doc.Find("h1").Length() != 1 {
		t.Error("a viewer is offered a change")
	}
}

func TestWhatIsNoCardIsNotFound(t *testing.T) {
	t.Parallel()
	ask := setup(t, garden())
	for _, path := range []string{boardAt + "/cards/0", boardAt + "/cards/seven", boardAt + "/cards/+7", boardAt + "/cards/07", boardAt + "/cards/99999999999", boardAt + "/cards/8", "/boards/x/cards/7"} {
		if res, _ := ask("GET", path, ""); res.StatusCode != 404 {
			t.Errorf("%s answers %d", path, res.StatusCode)
		}
	}
}
