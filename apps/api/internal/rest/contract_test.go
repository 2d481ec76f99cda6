package rest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"

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

// example fills a route's path with things that don't exist.
func (r route) example() string {
	id := uuid.Must(uuid.NewV7()).String()
	return strings.NewReplacer("{board_id}", id, "{column_id}", id, "{card_id}", id).Replace(r.Path)
}

func TestRequestsThatBreakTheContract(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	cards := "/v1/boards/" + w.ID.String() + "/cards"
	column := w.Columns[0].String()
	deep := strings.Repeat("[", 100_000)

	for name, c := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		says               string
	}{
		"malformed_json":         {"POST", cards, `{"title":`, nil, 400, `"malformed_json"`},
		"deep_json":              {"POST", cards, deep, nil, 400, `"malformed_json"`},
		"unknown_field":          {"POST", cards, `{"column_id":"` + column + `","title":"x","colour":"red"}`, nil, 400, `"colour"`},
		"wrong_type":             {"POST", cards, `{"column_id":"` + column + `","title":7}`, nil, 400, `"title"`},
		"two_things_wrong":       {"POST", cards, `{"column_id":"here","title":""}`, nil, 400, `"column_id"`},
		"no_body":                {"POST", cards, ``, nil, 400, `"validation_failed"`},
		"a_form":                 {"POST", cards, `title=x`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, `"json_only"`},
		"huge_json":              {"POST", cards, `{"title":"` + strings.Repeat("x", 2<<20) + `"}`, nil, 413, `"too_large"`},
		"board_id_not_a_uuid":    {"GET", "/v1/boards/42", ``, nil, 400, `"board_id"`},
		"card_id_not_a_card":     {"GET", cards + "/first", ``, nil, 400, `"card_id"`},
		"limit_out_of_range":     {"GET", "/v1/boards?limit=401", ``, nil, 400, `"limit"`},
		"cursor_of_nobody":       {"GET", "/v1/boards?cursor=%21%21", ``, nil, 400, `"cursor"`},
		"if_match_not_a_version": {"PATCH", cards + "/1", `{"title":"x"}`, []string{"If-Match", `"soon"`}, 400, `"If-Match"`},
		"no_such_route":          {"GET", "/v1/lists", ``, nil, 404, `"not_found"`},
		"no_such_method":         {"PUT", cards + "/1", `{}`, nil, 405, `"method_not_allowed"`},
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
			if took := time.Since(began); took > 2*time.Second {
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
