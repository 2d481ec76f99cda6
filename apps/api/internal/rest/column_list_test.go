package rest_test

import (
	"slices"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// titled lists the titles of a board's columns from the left.
func (p *person) titled(t *testing.T, w wall) []string {
	t.Helper()
	var titles []string
	for _, column := range must(p.Board(t.Context(), w.ID))(t).Columns {
		titles = append(titles, column.Title)
	}
	return titles
}

func TestSeveralColumnsAreAddedAtOnce(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	hue, limit := kanbanapi.Teal, 3

	done := must(ada.CreateColumns(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Later", Kind: ref(kanbanapi.Backlog)}, kanbanapi.NewColumn{Title: " Gone ", Hue: &hue, WipLimit: &limit}))(t)

	if got := ada.titled(t, w); !slices.Equal(got, []string{"To do", "Doing", "Done", "Later", "Gone"}) {
		t.Errorf("from the left: %q", got)
	}
	told := must(ada.Activity(t.Context(), w.ID, before, 100))(t).Items
	if len(told) != 2 || told[0].Batch == nil || *told[0].Batch != *told[1].Batch || told[1].After["title"] != "Gone" || *told[1].ColumnId != done.Columns[1].Id || done.Seq != before+2 {
		t.Errorf("of %+v is told %+v", done, told)
	}
	if last := done.Columns[1]; last.Kind != kanbanapi.Active || last.Hue.MustGet() != hue || last.WipLimit.MustGet() != limit {
		t.Errorf("the last is %+v", last)
	}
}

// One column that can't be, and none is; sent again they are those that are there.
func TestSeveralColumnsAreAddedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t)
	a.member(t, w.ID, bob, "editor")
	one, two := kanbanapi.NewColumn{Id: newID(), Title: "One"}, kanbanapi.NewColumn{Id: newID(), Title: "Two"}
	other := two
	other.Title = "Another"
	made := must(ada.CreateColumns(t.Context(), w.ID, one, two))(t)
	first := a.state(t, w.ID)

	if again := must(ada.CreateColumns(t.Context(), w.ID, one, two))(t); len(again.Columns) != 2 || again.Columns[1].Id != *two.Id || again.Seq != made.Seq {
		t.Errorf("again it says %+v", again)
	}
	for name, c := range map[string]struct {
		by      *person
		columns []kanbanapi.NewColumn
		kind    problem.Kind
		code    string
	}{
		"none":                 {ada, nil, problem.Invalid, "validation_failed"},
		"an_empty_title":       {ada, []kanbanapi.NewColumn{{Title: "Three"}, {Title: " "}}, problem.Invalid, "validation_failed"},
		"an_id_twice":          {ada, []kanbanapi.NewColumn{{Id: one.Id, Title: "One"}, {Id: one.Id, Title: "One"}}, problem.Invalid, "validation_failed"},
		"too_many":             {ada, slices.Repeat([]kanbanapi.NewColumn{{Title: "x"}}, 21), problem.Invalid, "validation_failed"},
		"by_another_member":    {bob, []kanbanapi.NewColumn{one, two}, problem.Conflict, "id_taken"},
		"another_title":        {ada, []kanbanapi.NewColumn{one, other}, problem.Conflict, "id_taken"},
		"one_of_them_is_there": {ada, []kanbanapi.NewColumn{one, {Title: "Three"}}, problem.Conflict, "id_taken"},
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, refusalOf(c.by.CreateColumns(t.Context(), w.ID, c.columns...)), c.kind, c.code)
			if now := a.state(t, w.ID); now != first {
				t.Errorf("there is\n%s, there was\n%s", now, first)
			}
		})
	}
}
