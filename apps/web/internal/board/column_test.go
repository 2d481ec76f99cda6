package board

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const todoAPI = gardenAPI + "/columns/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02"

func TestAColumnsFormSendsOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	before := []string{"version", "2", "was_title", "To <do>", "was_wip_limit", "10", "was_hue", "blue", "was_kind", "active"}
	for name, c := range map[string]struct {
		title, limit, hue, kind string
		sent                    map[string]any
	}{
		"nothing":   {"To <do>", "10", "blue", "active", nil},
		"title":     {"Soon", "10", "blue", "active", map[string]any{"title": "Soon"}},
		"limit":     {"To <do>", "4", "blue", "active", map[string]any{"wip_limit": 4.0}},
		"no limit":  {"To <do>", " ", "blue", "active", map[string]any{"wip_limit": nil}},
		"hue":       {"To <do>", "10", "red", "active", map[string]any{"hue": "red"}},
		"no colour": {"To <do>", "10", "", "active", map[string]any{"hue": nil}},
		"kind":      {"To <do>", "10", "blue", "done", map[string]any{"kind": "done"}},
		"all":       {"Soon", "4", "red", "backlog", map[string]any{"title": "Soon", "wip_limit": 4.0, "hue": "red", "kind": "backlog"}},
	} {
		api := apitest.New("PATCH "+todoAPI, kanbanapi.Column{})
		res, _ := setup(t, api)("POST", columnPath(gardenID, todoID), apitest.Form(append(before, "title", c.title, "wip_limit", c.limit, "hue", c.hue, "kind", c.kind)...))
		if res.StatusCode != http.StatusSeeOther || !maps.Equal(api.Last().Body, c.sent) || len(api.Changes()) > 1 {
			t.Errorf("%s: %d, sent %v", name, res.StatusCode, api.Changes())
		}
	}
}

func TestARenameInTheHeadLeavesTheRestAlone(t *testing.T) {
	t.Parallel()
	api := apitest.New("PATCH "+todoAPI, kanbanapi.Column{})
	setup(t, api)("POST", columnPath(gardenID, todoID), apitest.Form("version", "2", "was_title", "To <do>", "title", "Soon"))
	if last := api.Last(); !maps.Equal(last.Body, map[string]any{"title": "Soon"}) || last.IfMatch != `"2"` {
		t.Errorf("sent %v for %s", last.Body, last.IfMatch)
	}
}

func TestAStaleColumnNamesWhatDiffers(t *testing.T) {
	t.Parallel()
	stale := problem.New(problem.Stale, "stale", "It has changed.")
	same := []string{"was_hue", "blue", "hue", "blue", "was_kind", "active", "kind", "active"}
	for name, c := range map[string]struct {
		form, says  []string
		title, less string
		limit       string
	}{
		"their limit, my name": {
			append(same, "was_title", "To <do>", "was_wip_limit", "", "title", "Mine", "wip_limit", ""),
			[]string{"its WIP limit is 10 now"}, "Mine", "its name", "10",
		},
		"their name, my limit": {
			append(same, "was_title", "Before", "was_wip_limit", "10", "title", "Before", "wip_limit", "3"),
			[]string{"its name is “To <do>” now"}, "To <do>", "its WIP limit", "3",
		},
		"both of both": {
			append(same, "was_title", "Before", "was_wip_limit", "5", "title", "Mine", "wip_limit", "3"),
			[]string{"“To <do>” now", "its WIP limit is 10 now"}, "Mine", "no limit", "3",
		},
		"their colour and kind": {
			[]string{"was_title", "To <do>", "title", "Mine", "was_wip_limit", "10", "wip_limit", "10", "was_hue", "", "hue", "", "was_kind", "backlog", "kind", "backlog"},
			[]string{"its colour is blue now", "its kind is “Active” now"}, "Mine", "its name", "10",
		},
		"only the head's name": {
			[]string{"was_title", "Before", "title", "Mine"},
			[]string{"“To <do>” now"}, "Mine", "colour is", "10",
		},
	} {
		res, doc := setup(t, apitest.New("GET "+gardenAPI, garden(), "PATCH "+todoAPI, stale))("POST", columnPath(gardenID, todoID), apitest.Form(c.form...))
		form := doc.Find(`form[action="` + columnPath(gardenID, todoID) + `"]`)
		value := func(name string) string { return form.Find(`[name="`+name+`"]`).AttrOr("value", "") }
		missing := slices.ContainsFunc(c.says, func(s string) bool { return !strings.Contains(form.Text(), s) })
		if res.StatusCode != 412 || missing || strings.Contains(form.Find(`[role="alert"]`).Text(), c.less) {
			t.Errorf("%s: %d %s", name, res.StatusCode, form.Text())
		}
		if value("title") != c.title || value("wip_limit") != c.limit || value("was_title") != "To <do>" || value("was_wip_limit") != "10" || value("version") != "2" {
			t.Errorf("%s: the form holds %q and %q", name, value("title"), value("wip_limit"))
		}
		if hue, kind := form.Find(`[name="hue"][checked]`).AttrOr("value", "?"), form.Find(`[name="kind"][checked]`).AttrOr("value", "?"); hue != "blue" || kind != "active" {
			t.Errorf("%s: the form holds %q and %q", name, hue, kind)
		}
	}
}

func TestARefusedMoveIsToldInTheColumnsMenu(t *testing.T) {
	t.Parallel()
	gone := problem.New(problem.Conflict, "neighbour_gone", "The column to stand beside is no longer on this board.")
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "POST "+todoAPI+"/move", gone))
	res, doc := ask("POST", columnMovePath(gardenID, todoID), apitest.Form("after", doneID.String()))
	if menu := doc.Find("#column-" + todoID.String() + " [aria-expanded=true] + .menu"); res.StatusCode != 409 || !strings.Contains(menu.Text(), gone.Detail) {
		t.Errorf("%d, menu %q", res.StatusCode, menu.Text())
	}
}

func TestMoreCardsGoOnWhenTheCursorsCardHasLeft(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+todoAPI+"/cards", problem.Validation(problem.Field{Field: "cursor", Code: "unknown", Detail: "That cursor is of no use."})))
	res, _ := ask("GET", moreOf(gardenID, todoID, "gone"), "")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != columnPath(gardenID, todoID) {
		t.Errorf("%d to %s", res.StatusCode, res.Header.Get("Location"))
	}
	if res, _ := ask("GET", columnPath(gardenID, todoID), ""); res.StatusCode != 400 {
		t.Errorf("without a cursor: %d", res.StatusCode)
	}
}
