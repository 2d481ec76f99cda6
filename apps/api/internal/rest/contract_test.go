package rest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"cardwall/packages/kanbanapi"
)

// route is one operation of the contract.
type route struct{ Method, Path string }

func routes(t *testing.T) []route {
	t.Helper()
	spec, err := openapi3.NewLoader().LoadFromData(kanbanapi.Document())
	if err != nil {
		t.Fatal(err)
	}
	var all []route
	for path, item := range spec.Paths.Map() {
		for method := range item.Operations() {
			all = append(all, route{method, path})
		}
	}
	return all
}

func TestTheContractIsOne(t *testing.T) {
	t.Parallel()
	if err := contract(t).Validate(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRequestsThatBreakTheContract(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	cards := "/v1/boards/" + w.ID.String() + "/cards"
	columns := "/v1/boards/" + w.ID.String() + "/columns"
	column := w.Columns[0].String()
	labels := "/v1/boards/" + w.ID.String() + "/labels"
	deep := strings.Repeat("[", 100_000)
	usual := ada.usual(t, columns)

	for name, c := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		says               string
	}{
		"malformed_json":            {"POST", cards, `{"title":`, nil, 400, `"malformed_json"`},
		"deep_json":                 {"POST", cards, deep, nil, 400, `"malformed_json"`},
		"deep_json_that_ends":       {"POST", cards, deep + strings.Repeat("]", len(deep)), nil, 400, `"malformed_json"`},
		"two_values":                {"POST", cards, `{"column_id":"` + column + `","title":"x"} {}`, nil, 400, `"malformed_json"`},
		"not_an_object":             {"POST", cards, `[]`, nil, 400, `"field":"body","code":"wrong_type"`},
		"null":                      {"POST", cards, `null`, nil, 400, `"field":"body"`},
		"unknown_field":             {"POST", cards, `{"column_id":"` + column + `","title":"x","colour":"red"}`, nil, 400, `"field":"colour","code":"unknown"`},
		"wrong_type":                {"POST", cards, `{"column_id":"` + column + `","title":7}`, nil, 400, `"field":"title","code":"wrong_type"`},
		"field_left_out":            {"POST", cards, `{"column_id":"` + column + `"}`, nil, 400, `"field":"title","code":"required"`},
		"two_things_wrong":          {"POST", cards, `{"column_id":"here","title":""}`, nil, 400, `"field":"column_id","code":"malformed"`},
		"nothing_to_change":         {"PATCH", cards + "/1", `{}`, nil, 400, `"field":"body","code":"nothing_to_change"`},
		"an_end_that_there_is_not":  {"POST", cards + "/1/move", `{"column_id":"` + column + `","at":"middle"}`, nil, 400, `"field":"at","code":"not_offered"`},
		"no_place":                  {"POST", cards + "/1/move", `{"column_id":"` + column + `"}`, nil, 400, `"field":"at","code":"one_place"`},
		"no_place_for_a_column":     {"POST", columns + "/" + column + "/move", `{}`, nil, 400, `"field":"before","code":"one_place"`},
		"limit_not_to_be_had":       {"POST", columns, `{"title":"x","wip_limit":0}`, nil, 400, `"field":"wip_limit","code":"out_of_range"`},
		"a_hue_that_there_is_not":   {"POST", labels, `{"name":"x","hue":"beige"}`, nil, 400, `"field":"hue","code":"not_offered"`},
		"a_batch_of_no_cards":       {"POST", cards + "/batch", `{"card_ids":[],"archive":true}`, nil, 400, `"field":"card_ids","code":"out_of_range"`},
		"a_batch_of_what_are_none":  {"POST", cards + "/batch", `{"card_ids":["1"],"archive":true}`, nil, 400, `"field":"card_ids.0","code":"malformed"`},
		"a_batch_above_a_thousand":  {"POST", cards + "/batch", `{"card_ids":["` + strings.Repeat(column+`","`, 1000) + column + `"],"archive":true}`, nil, 400, `"field":"card_ids","code":"out_of_range"`},
		"a_batch_of_two_verbs":      {"POST", cards + "/batch", `{"card_ids":["` + column + `"],"archive":true,"label":{"id":"` + column + `","on":true}}`, nil, 400, `"field":"move","code":"one_verb"`},
		"a_batch_label_half_said":   {"POST", cards + "/batch", `{"card_ids":["` + column + `"],"label":{"id":"` + column + `"}}`, nil, 400, `"field":"label.on","code":"required"`},
		"a_batch_verb_of_no_kind":   {"POST", cards + "/batch", `{"card_ids":["` + column + `"],"delete":true}`, nil, 400, `"field":"delete","code":"unknown"`},
		"a_batch_to_no_place":       {"POST", cards + "/batch", `{"card_ids":["` + w.Cards["a"].Id.String() + `"],"move":{"column_id":"` + column + `"}}`, nil, 400, `"field":"move.at","code":"one_place"`},
		"a_label_without_a_hue":     {"POST", labels, `{"name":"x"}`, nil, 400, `"field":"hue","code":"required"`},
		"a_label_with_more":         {"POST", labels, `{"name":"x","hue":"red","rank":"a0"}`, nil, 400, `"field":"rank","code":"unknown"`},
		"a_label_patch_of_nothing":  {"PATCH", labels + "/" + column, `{}`, []string{"If-Match", `"1"`}, 400, `"nothing_to_change"`},
		"label_id_not_a_uuid":       {"PUT", cards + "/1/labels/rain", ``, nil, 400, `"label_id"`},
		"no_body":                   {"POST", cards, ``, nil, 400, `"field":"body","code":"required"`},
		"a_form":                    {"POST", cards, `title=x`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, `"json_only"`},
		"huge_json":                 {"POST", cards, `{"title":"` + strings.Repeat("x", 2<<20) + `"}`, nil, 413, `"too_large"`},
		"board_id_not_a_uuid":       {"GET", "/v1/boards/42", ``, nil, 400, `"board_id"`},
		"card_id_not_a_card":        {"GET", cards + "/first", ``, nil, 400, `"card_id"`},
		"limit_out_of_range":        {"GET", "/v1/boards?limit=401", ``, nil, 400, `"field":"limit","code":"out_of_range"`},
		"limit_not_a_number":        {"GET", "/v1/boards?limit=many", ``, nil, 400, `"field":"limit","code":"malformed"`},
		"too_much_activity":         {"GET", "/v1/boards/" + w.ID.String() + "/activity?limit=101", ``, nil, 400, `"limit"`},
		"cursor_of_nobody":          {"GET", "/v1/boards?cursor=%21%21", ``, nil, 400, `"cursor"`},
		"if_match_not_a_version":    {"PATCH", cards + "/1", `{"title":"x"}`, []string{"If-Match", `"soon"`}, 400, `"If-Match"`},
		"if_match_in_single_quotes": {"PATCH", cards + "/1", `{"title":"x"}`, []string{"If-Match", `'1'`}, 400, `"If-Match"`},
		"if_match_in_backquotes":    {"PATCH", cards + "/1", `{"title":"x"}`, []string{"If-Match", "`1`"}, 400, `"If-Match"`},
		"if_match_with_a_sign":      {"PATCH", cards + "/1", `{"title":"x"}`, []string{"If-Match", `"+1"`}, 400, `"If-Match"`},
		"if_match_of_a_whole_board": {"PATCH", "/v1/boards/" + w.ID.String(), `{"title":"x"}`, []string{"If-Match", `"5-owner"`}, 400, `"If-Match"`},
		"no_such_route":             {"GET", "/v1/lists", ``, nil, 404, `"not_found"`},
		"no_such_method":            {"PUT", cards + "/1", `{}`, nil, 405, `"method_not_allowed"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			res, body := ada.send(t, c.method, c.path, c.body, c.headers...)
			if res.StatusCode != c.status || !strings.Contains(body, c.says) {
				t.Errorf("%d %s; want %d and %s", res.StatusCode, body, c.status, c.says)
			}
			if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/problem+json") {
				t.Errorf("content type %q", got)
			}
			if took := time.Since(began); took > 500*time.Millisecond+30*usual { // all of these are asked at once
				t.Errorf("it took %s", took)
			}
		})
	}
	t.Run("nothing_was_written", func(t *testing.T) {
		if got := ada.order(t, w.ID)[0]; got != "a" {
			t.Errorf("on the wall: %q", got)
		}
	})
}

func TestRequestsThatKeepTheContract(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	card := func(title string) string {
		return `{"column_id":"` + w.Columns[0].String() + `","title":"` + title + `"}`
	}
	cards := "/v1/boards/" + w.ID.String() + "/cards"
	for name, c := range map[string]struct {
		body, contentType string
	}{
		"a_media_type_in_capitals":                     {card("x"), "Application/JSON"},
		"a_media_type_with_a_charset":                  {card("x"), "application/json; charset=utf-8"},
		"white_space_around_the_json":                  {" \n" + card("x") + "\n ", "application/json"},
		"white_space_around_a_title_as_long_as_it_may": {card("  " + strings.Repeat("ä", 500) + "   "), "application/json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if res, body := ada.send(t, "POST", cards, c.body, "Content-Type", c.contentType); res.StatusCode != http.StatusCreated {
				t.Errorf("%d %s", res.StatusCode, body)
			}
		})
	}
	t.Run("head_is_get_without_the_body", func(t *testing.T) {
		t.Parallel()
		res, body := ada.send(t, "HEAD", "/v1/boards/"+w.ID.String(), "")
		if res.StatusCode != http.StatusOK || body != "" || res.Header.Get("ETag") == "" {
			t.Errorf("%d %q %v", res.StatusCode, body, res.Header)
		}
	})
}

func TestDocumentation(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	res, body := ada.send(t, "GET", "/openapi.json", "", "Authorization", "")
	if _, err := openapi3.NewLoader().LoadFromData([]byte(body)); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%d %v", res.StatusCode, err)
	}
	res, body = ada.send(t, "GET", "/docs", "", "Authorization", "")
	if res.StatusCode != http.StatusOK || strings.Contains(body, "<script") || strings.Contains(body, "<no value>") {
		t.Errorf("%d, or the page holds what it should not", res.StatusCode)
	}
	for _, r := range routes(t) {
		if !strings.Contains(body, r.Path+"<") {
			t.Errorf("the page doesn't tell of %s %s", r.Method, r.Path)
		}
	}
}
