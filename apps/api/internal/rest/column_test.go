package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestAColumnHasAHueAndAKind(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	plain := must(ada.Columns(t.Context(), w.ID))(t).Items[0]
	if !plain.Hue.IsNull() || plain.Kind != kanbanapi.Active {
		t.Errorf("without being told: %+v", plain)
	}
	made := must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Id: newID(), Title: "Later", Hue: ref(kanbanapi.Teal), Kind: ref(kanbanapi.Backlog)}))(t)
	if made.Hue.MustGet() != kanbanapi.Teal || made.Kind != kanbanapi.Backlog {
		t.Errorf("%+v", made)
	}
	again := kanbanapi.NewColumn{Id: &made.Id, Title: "Later", Hue: ref(kanbanapi.Teal), Kind: ref(kanbanapi.Done)}
	_, err := ada.CreateColumn(t.Context(), w.ID, again)
	wantProblem(t, err, problem.Conflict, "id_taken")

	edited := must(ada.UpdateColumn(t.Context(), w.ID, made.Id, 1, kanbanapi.ColumnPatch{Hue: nullable.NewNullNullable[kanbanapi.Hue](), Kind: ref(kanbanapi.Done)}))(t)
	if !edited.Hue.IsNull() || edited.Kind != kanbanapi.Done || edited.Version != 2 || edited.Title != "Later" {
		t.Errorf("%+v", edited)
	}
	told := ada.last(t, w.ID)
	if told.Before["hue"] != "teal" || told.Before["kind"] != "backlog" || told.After["hue"] != nil || told.After["kind"] != "done" {
		t.Errorf("it is told as %+v", told)
	}
	same := must(ada.UpdateColumn(t.Context(), w.ID, made.Id, 2, kanbanapi.ColumnPatch{Kind: ref(kanbanapi.Done), Hue: nullable.NewNullNullable[kanbanapi.Hue]()}))(t)
	if same.Seq != edited.Seq || same.Version != 2 {
		t.Errorf("what changes nothing: %+v", same)
	}
	column := must(ada.Board(t.Context(), w.ID))(t).Columns[3]
	if column.Kind != kanbanapi.Done || !column.Hue.IsNull() {
		t.Errorf("on the board: %+v", column)
	}
}

func TestWhatAColumnMustBe(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	columns := "/v1/boards/" + w.ID.String() + "/columns"
	column := columns + "/" + w.Columns[0].String()
	for name, c := range map[string]struct{ method, path, body, says string }{
		"a_hue_that_there_is_not":       {"POST", columns, `{"title":"x","hue":"mauve"}`, `"field":"hue","code":"not_offered"`},
		"a_hue_that_is_null":            {"POST", columns, `{"title":"x","hue":null}`, `"field":"hue","code":"not_offered"`},
		"a_kind_that_there_is_not":      {"POST", columns, `{"title":"x","kind":"waiting"}`, `"field":"kind","code":"not_offered"`},
		"a_patch_to_no_such_hue":        {"PATCH", column, `{"hue":"mauve"}`, `"field":"hue","code":"not_offered"`},
		"a_patch_to_no_such_kind":       {"PATCH", column, `{"kind":"waiting"}`, `"field":"kind","code":"not_offered"`},
		"a_patch_to_no_kind":            {"PATCH", column, `{"kind":null}`, `"field":"kind","code":"not_offered"`},
		"collapsed_is_no_part_of_it":    {"PATCH", column, `{"collapsed":true}`, `"field":"collapsed","code":"unknown"`},
		"archived_is_no_part_of_it":     {"PATCH", column, `{"archived_at":null}`, `"field":"archived_at","code":"unknown"`},
		"cards_to_nowhere":              {"POST", column + "/cards/move", `{}`, `"field":"to_column_id","code":"required"`},
		"cards_to_what_is_no_id":        {"POST", column + "/cards/move", `{"to_column_id":"there"}`, `"field":"to_column_id","code":"malformed"`},
		"a_list_of_no_such_state":       {"GET", columns + "?state=gone", ``, `"field":"state","code":"not_offered"`},
		"boards_of_no_such_state":       {"GET", "/v1/boards?state=all", ``, `"field":"state","code":"not_offered"`},
		"a_template_that_there_is_not":  {"POST", "/v1/boards", `{"title":"x","template":"scrum"}`, `"field":"template","code":"not_offered"`},
		"a_template_that_is_no_word":    {"POST", "/v1/boards", `{"title":"x","template":7}`, `"field":"template","code":"not_offered"`},
		"a_template_without_a_title":    {"POST", "/v1/boards", `{"template":"blank"}`, `"field":"title","code":"required"`},
		"a_template_with_an_empty_name": {"POST", "/v1/boards", `{"title":"x","template":""}`, `"field":"template","code":"not_offered"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if res, body := ada.send(t, c.method, c.path, c.body, "If-Match", `"1"`); res.StatusCode != 400 || !strings.Contains(body, c.says) {
				t.Errorf("%d %s; want %s", res.StatusCode, body, c.says)
			}
		})
	}
	t.Run("a_patch_may_take_the_hue_away", func(t *testing.T) {
		t.Parallel()
		if res, body := ada.send(t, "PATCH", column, `{"hue":null}`, "If-Match", `"1"`); res.StatusCode != 200 {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	})
}

func TestColumnsOfAnotherBoard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w, hers := ada.wall(t), eve.wall(t)
	for _, act := range []string{"archive", "restore"} {
		for what, column := range map[string]uuid.UUID{"a stranger's": hers.Columns[0], "nobody's": *newID()} {
			res, body := ada.send(t, "POST", fmt.Sprintf("/v1/boards/%s/columns/%s/%s", w.ID, column, act), "")
			if res.StatusCode != 404 || !strings.Contains(body, `"column_not_found"`) {
				t.Errorf("%s of %s column: %d %s", act, what, res.StatusCode, body)
			}
		}
	}
	if got := eve.titles(t, hers.ID); len(got) != 3 {
		t.Errorf("on the stranger's wall: %q", got)
	}
}
