package board

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

var gardenSettings = gardenPath + "/settings"

var rainID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05")

// settled is garden as its settings read it, with a label on three cards, and more answers.
func settled(t *testing.T, board kanbanapi.Board, answers ...any) (*apitest.API, apitest.Ask) {
	t.Helper()
	label := kanbanapi.ListedLabel{Id: rainID, Name: "Rain <&>", Hue: kanbanapi.Blue, Version: 4, CardCount: 3}
	api := apitest.New(append([]any{
		"GET " + gardenAPI, board, "GET " + gardenAPI + "/labels", kanbanapi.LabelList{Items: []kanbanapi.ListedLabel{label}},
	}, answers...)...)
	return api, setup(t, api)
}

func kept() kanbanapi.Board {
	board := garden()
	board.ArchivedAt = nullable.NewNullNullable[time.Time]()
	return board
}

func TestSettingsShowLabelsColumnsAndTheWayToTheArchive(t *testing.T) {
	t.Parallel()
	_, ask := settled(t, kept())
	_, doc := ask("GET", gardenSettings, "")
	label := doc.Find("#label-" + rainID.String())
	if label.Find(".label.hue-blue").Text() != "Rain <&>" || !strings.Contains(label.Text(), "3 cards") || !strings.Contains(label.Find(".asks").Text(), "3 cards carry “Rain <&>” and lose it.") {
		t.Errorf("label: %s", label.Text())
	}
	columns := doc.Find("#columns ol > li")
	if columns.Length() != 2 || !strings.Contains(columns.First().Text(), "WIP limit 10") || columns.First().Find("a").AttrOr("href", "") != columnPath(gardenID, todoID)+"/edit?back=settings" {
		t.Errorf("columns: %s", columns.Text())
	}
	if columns.First().Find(`[name="before"]`).AttrOr("disabled", "no") == "no" || columns.First().Find(`[name="after"]`).AttrOr("value", "") != doneID.String() {
		t.Error("the first column goes down only")
	}
	if doc.Find(`#columns a[href="`+gardenPath+`/archive"]`).Length() != 1 {
		t.Error("no way to the archived columns")
	}
	if doc.Find("#danger form").Length() != 2 || doc.Find("#name form").Length() != 1 || doc.Find(`input[type="search"]`).Length() != 0 {
		t.Errorf("danger zone: %s", doc.Find("#danger").Text())
	}
}

func TestSettingsOfferWhatTheReaderMayDo(t *testing.T) {
	t.Parallel()
	archived := kept()
	archived.ArchivedAt = nullable.NewNullableWithValue(time.Now())
	editor, viewer := kept(), kept()
	editor.Role, viewer.Role = kanbanapi.Editor, kanbanapi.Viewer
	for name, c := range map[string]struct {
		board  kanbanapi.Board
		edits  bool
		danger bool
		forms  string
	}{
		"owner":    {kept(), true, true, ""},
		"editor":   {editor, true, false, ""},
		"viewer":   {viewer, false, false, ""},
		"archived": {archived, false, false, gardenPath + "/restore"},
	} {
		_, ask := settled(t, c.board)
		_, doc := ask("GET", gardenSettings, "")
		main := doc.Find("main")
		if got := main.Find("#new-label").Length() == 1; got != c.edits || main.Find("#danger").Length() == 1 != c.danger {
			t.Errorf("%s: edits %v, danger zone %d", name, got, main.Find("#danger").Length())
		}
		if !c.edits && (main.Find("form").Length() > 1 || main.Find("form").AttrOr("action", "") != c.forms) {
			t.Errorf("%s has forms", name)
		}
		if !strings.Contains(main.Text(), "Rain <&>") || !strings.Contains(main.Text(), "To <do>") {
			t.Errorf("%s doesn't see what is there", name)
		}
	}
}

// Who can't change a board isn't told to, and of one in the archive, who can.
func TestSettingsThatAreOnlyReadAskForNothing(t *testing.T) {
	t.Parallel()
	archived, viewer, others := kept(), kept(), kept()
	archived.ArchivedAt = nullable.NewNullableWithValue(time.Now())
	viewer.Role = kanbanapi.Viewer
	others.ArchivedAt, others.Role = archived.ArchivedAt, kanbanapi.Editor
	for name, c := range map[string]struct {
		board  kanbanapi.Board
		notice string
	}{
		"a viewer's":               {viewer, ""},
		"an archived one, owned":   {archived, "it can be read, but not changed. Restore it to change it."},
		"an archived one, another": {others, "it can be read, but not changed. An owner can restore it."},
	} {
		_, ask := settled(t, c.board, "GET "+gardenAPI+"/labels", kanbanapi.LabelList{})
		_, doc := ask("GET", gardenSettings, "")
		main := doc.Find("main").Text()
		for _, asks := range []string{"give it a name and a hue", "any name", "can be brought back"} {
			if strings.Contains(main, asks) {
				t.Errorf("%s: %q", name, asks)
			}
		}
		if !strings.Contains(doc.Find("#labels").Text(), "This board has no labels.") || !strings.Contains(doc.Find(".notice").Text(), c.notice) {
			t.Errorf("%s says %s", name, main)
		}
	}
}

func TestFormsOfTheSettingsSayWhatTheyMeanAndComeBack(t *testing.T) {
	t.Parallel()
	api, ask := settled(
		t, kept(), "PATCH "+gardenAPI, kanbanapi.BoardSummary{}, "POST "+gardenAPI+"/labels", kanbanapi.Label{}, "PATCH "+gardenAPI+"/labels/"+rainID.String(), kanbanapi.Label{},
		"DELETE "+gardenAPI+"/labels/"+rainID.String(), nil, "POST "+gardenAPI+"/columns", kanbanapi.Column{}, "PATCH "+gardenAPI+"/columns/"+todoID.String(), kanbanapi.Column{},
		"POST "+gardenAPI+"/columns/"+todoID.String()+"/move", kanbanapi.Column{}, "POST "+gardenAPI+"/columns/"+todoID.String()+"/archive", kanbanapi.Column{},
	)
	todo, of := "/columns/"+todoID.String(), []string{"back", "settings"}
	was := append(of, "version", "2", "was_title", "To <do>", "was_wip_limit", "10", "was_kind", "active", "was_hue", "blue")
	for name, c := range map[string]struct {
		form, typed string
		at          string
		sent        map[string]any
		from        string
	}{
		"rename":         {"/name", apitest.Form("version", "3", "title", " Kitchen\ngarden"), "board-title", map[string]any{"title": "Kitchen garden"}, `"3"`},
		"add_label":      {"/labels", apitest.Form("name", "Sun", "hue", "yellow"), "new-label", map[string]any{"name": "Sun", "hue": "yellow"}, ""},
		"edit_label":     {"/labels/" + rainID.String(), apitest.Form("version", "4", "name", "Snow", "hue", "teal"), "label-" + rainID.String(), map[string]any{"name": "Snow", "hue": "teal"}, `"4"`},
		"delete_label":   {"/labels/" + rainID.String() + "/delete", apitest.Form("version", "4"), "labels", nil, `"4"`},
		"add_column":     {"/columns", apitest.Form(append(of, "title", "Next")...), "add-column", map[string]any{"title": "Next"}, ""},
		"edit_column":    {todo, apitest.Form(append(was, "title", "Next", "wip_limit", "", "kind", "backlog", "hue", "red")...), "settings-column-" + todoID.String(), map[string]any{"title": "Next", "wip_limit": nil, "kind": "backlog", "hue": "red"}, `"2"`},
		"uncolour":       {todo, apitest.Form(append(was, "title", "Next", "wip_limit", "4", "kind", "done", "hue", "")...), "settings-column-" + todoID.String(), map[string]any{"title": "Next", "wip_limit": 4.0, "kind": "done", "hue": nil}, `"2"`},
		"move_up":        {todo + "/move", apitest.Form(append(of, "before", doneID.String())...), "up-" + todoID.String(), map[string]any{"before": doneID.String()}, ""},
		"move_down":      {todo + "/move", apitest.Form(append(of, "after", doneID.String())...), "down-" + todoID.String(), map[string]any{"after": doneID.String()}, ""},
		"archive_column": {todo + "/archive", apitest.Form(of...), "archive", nil, ""},
	} {
		path := gardenSettings + c.form
		if strings.HasPrefix(c.form, "/columns") {
			path = gardenPath + c.form
		}
		res, _ := ask("POST", path, c.typed)
		if want := gardenSettings + "?at=" + c.at; res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != want {
			t.Errorf("%s: %d to %s, want %s", name, res.StatusCode, res.Header.Get("Location"), want)
		}
		sent := api.Last()
		if sent.IfMatch != c.from || len(sent.Body) != len(c.sent) {
			t.Errorf("%s: sent %v from %s", name, sent.Body, sent.IfMatch)
		}
		for field, want := range c.sent {
			if got, there := sent.Body[field]; !there || got != want {
				t.Errorf("%s: sent %s %v, want %v", name, field, got, want)
			}
		}
		if res, _ := ask("GET", path, ""); path != gardenPath+c.form && res.Header.Get("Location") != gardenSettings {
			t.Errorf("%s by hand leads to %q", name, res.Header.Get("Location"))
		}
	}
}

func TestRefusedFormsOfTheSettingsStayOpenWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	taken := problem.New(problem.Conflict, "name_taken", "This board has a label of that name already.")
	changed := problem.New(problem.Stale, "stale", "For programs.")
	_, ask := settled(
		t, kept(), "PATCH "+gardenAPI, changed, "POST "+gardenAPI+"/labels", taken, "PATCH "+gardenAPI+"/labels/"+rainID.String(), changed,
		"DELETE "+gardenAPI+"/labels/"+rainID.String(), changed,
	)
	for name, c := range map[string]struct {
		form, typed, field string
		status             int
		value, says        string
	}{
		"taken_label":  {"/labels", apitest.Form("name", "rain", "hue", "red"), "#new-label", 409, "rain", "of that name already"},
		"stale_label":  {"/labels/" + rainID.String(), apitest.Form("name", "Snow", "hue", "teal"), "#label-" + rainID.String() + "-name", 412, "Snow", "it is “Rain <&>”, blue, now"},
		"stale_delete": {"/labels/" + rainID.String() + "/delete", "", "#label-" + rainID.String() + "-name", 412, "Rain <&>", "Look at it once more"},
		"stale_name":   {"/name", apitest.Form("title", "Mine"), "#board-title", 412, "Mine", "it is “Garden <&>” now"},
	} {
		res, doc := ask("POST", gardenSettings+c.form, c.typed)
		field := doc.Find(c.field)
		if res.StatusCode != c.status || field.AttrOr("value", "") != c.value || !strings.Contains(doc.Find(`[role="alert"]`).Text(), c.says) {
			t.Errorf("%s: %d %q %s", name, res.StatusCode, field.AttrOr("value", ""), doc.Find(`[role="alert"]`).Text())
		}
		if box := field.Closest("details"); box.Length() == 1 && box.AttrOr("open", "no") == "no" {
			t.Errorf("%s: the form is folded up", name)
		}
	}
	if _, doc := ask("POST", gardenSettings+"/labels", apitest.Form("name", "rain", "hue", "pink")); doc.Find(`#labels > form [checked]`).AttrOr("value", "") != "pink" {
		t.Error("the chosen hue is lost")
	}
}

// Refused, a column's form stays with what was typed, leaves alone what somebody else changed, and still knows the way back.
func TestAColumnThatIsRefusedStillLeadsBackToTheSettings(t *testing.T) {
	t.Parallel()
	changed := problem.New(problem.Stale, "stale", "For programs.")
	_, ask := settled(t, kept(), "PATCH "+gardenAPI+"/columns/"+todoID.String(), changed, "POST "+gardenAPI+"/columns/"+todoID.String()+"/move", changed)
	was := []string{"back", "settings", "was_title", "To <do>", "title", "Mine", "was_wip_limit", "3", "was_kind", "active", "kind", "active", "was_hue", "blue", "hue", "blue"}
	for limit, c := range map[string]struct {
		status      int
		holds, says string
	}{"3": {412, "10", "its WIP limit is 10 now"}, "x": {400, "x", "whole number from 1 to 999"}} {
		res, doc := ask("POST", columnPath(gardenID, todoID), apitest.Form(append(was, "wip_limit", limit)...))
		form := doc.Find(`form[action="` + columnPath(gardenID, todoID) + `"]`)
		value := func(name string) string { return form.Find(`[name="`+name+`"]`).AttrOr("value", "") }
		if res.StatusCode != c.status || value("title") != "Mine" || value("wip_limit") != c.holds || value("was_wip_limit") != "10" || value("version") != "2" || !strings.Contains(form.Text(), c.says) {
			t.Errorf("%d, the form holds %q and %q: %s", res.StatusCode, value("title"), value("wip_limit"), form.Text())
		}
		if back := gardenSettings + "?at=settings-" + address.ColumnID(todoID); value("back") != "settings" || form.Find(`a[href="`+back+`"]`).Length() != 1 || doc.Find(`form[action$="/archive"] [name="back"]`).Length() != 1 {
			t.Errorf("the way back is lost: %s", form.Text())
		}
	}
	res, doc := ask("POST", columnMovePath(gardenID, todoID), apitest.Form("back", "settings", "after", doneID.String()))
	if res.StatusCode != 412 || doc.Find("#settings-"+address.ColumnID(todoID)+` [role="alert"]`).Length() != 1 {
		t.Errorf("a move: %d %s", res.StatusCode, doc.Find("main").Text())
	}
}

// Who comes from the wall goes back there.
func TestTheWayBackOfAColumnsPage(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden()))
	for from, back := range map[string]string{"": address.ColumnOnBoard(gardenID, todoID), "?back=settings": gardenSettings + "?at=settings-" + address.ColumnID(todoID), "?back=//elsewhere": address.ColumnOnBoard(gardenID, todoID)} {
		_, doc := ask("GET", columnEditPath(gardenID, todoID)+from, "")
		if got := doc.Find("main .bar a").AttrOr("href", ""); got != back || (doc.Find(`main [name="back"]`).Length() == 2) != (from == "?back=settings") {
			t.Errorf("%q: back to %s", from, got)
		}
	}
}

func TestALabelThatIsGoneIsDeletedAlready(t *testing.T) {
	t.Parallel()
	_, ask := settled(t, kept(), "DELETE "+gardenAPI+"/labels/"+rainID.String(), problem.New(problem.NotFound, "label_not_found", "There is no such label."))
	if res, _ := ask("POST", gardenSettings+"/labels/"+rainID.String()+"/delete", apitest.Form("version", "4")); res.StatusCode != http.StatusSeeOther {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestANewLabelIsOfferedTheRarestHue(t *testing.T) {
	t.Parallel()
	var v settingsView
	for _, hue := range ui.Hues[:3] {
		v.Labels = append(v.Labels, kanbanapi.ListedLabel{Hue: hue})
	}
	if got := v.nextHue(); got != string(ui.Hues[3]) {
		t.Errorf("offered %s", got)
	}
}

func TestTheCursorStaysWhereTheFormWas(t *testing.T) {
	t.Parallel()
	_, ask := settled(t, kept())
	for at, want := range map[string]string{
		"board-title": "#board-title", "new-label": "#new-label", "add-column": "#new-column", "label-" + rainID.String(): "#label-" + rainID.String() + " summary",
		"down-" + todoID.String(): `#settings-column-` + todoID.String() + ` [name="after"]`, "up-" + todoID.String(): `#settings-column-` + todoID.String() + ` [name="after"]`,
		"archive": `#columns a[href$="/archive"]`, "labels": "#labels ul",
	} {
		_, doc := ask("GET", gardenSettings+"?at="+at, "")
		if focused := doc.Find("[autofocus]"); focused.Length() != 1 || !focused.Is(want) {
			t.Errorf("%s: %d are focused", at, focused.Length())
		}
	}
}
