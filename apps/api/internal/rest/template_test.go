package rest_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	for template, want := range map[kanbanapi.NewBoardTemplate]struct {
		columns string
		kinds   string
		limits  []int
	}{
		kanbanapi.Blank:     {"To do, Doing, Done", "backlog, active, done", []int{0, 0, 0}},
		kanbanapi.Release:   {"Next up, In progress, Review, Ready to ship, Shipped", "backlog, active, active, active, done", []int{0, 3, 4, 5, 0}},
		kanbanapi.Support:   {"New, Waiting, In hand, Solved", "backlog, active, active, done", []int{0, 0, 0, 0}},
		kanbanapi.Editorial: {"Ideas, Drafting, Edit, Published", "backlog, active, active, done", []int{0, 0, 0, 0}},
	} {
		t.Run(string(template), func(t *testing.T) {
			t.Parallel()
			made := must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden", Template: &template}))(t)
			board := must(ada.Board(t.Context(), made.Id))(t)
			var titles, kinds []string
			var limits []int
			for _, column := range board.Columns {
				titles, kinds = append(titles, column.Title), append(kinds, string(column.Kind))
				limit, _ := column.WipLimit.Get()
				limits = append(limits, limit)
			}
			if got := strings.Join(titles, ", "); got != want.columns {
				t.Errorf("columns: %s", got)
			}
			if got := strings.Join(kinds, ", "); got != want.kinds || !slices.Equal(limits, want.limits) {
				t.Errorf("kinds: %s, limits: %d", got, limits)
			}
			if made.Seq != int64(1+len(titles)) || board.Seq != made.Seq || len(made.Columns) != len(titles) {
				t.Errorf("%+v, then seq %d", made, board.Seq)
			}
			activity := must(ada.Activity(t.Context(), made.Id, 0, 0))(t).Items
			if activity[0].Verb != kanbanapi.BoardCreated || activity[0].After["template"] != string(template) || activity[0].After["title"] != "Garden" {
				t.Errorf("it begins with %+v", activity[0])
			}
			for i, told := range activity[1:] {
				if told.Seq != int64(i+2) || told.Verb != kanbanapi.ColumnCreated || told.After["title"] != titles[i] {
					t.Errorf("column %d is told as %+v", i, told)
				}
			}
			for i, column := range board.Columns {
				small, _ := made.Columns[i].Hue.Get()
				if large, _ := column.Hue.Get(); small != large {
					t.Errorf("column %d is drawn small in %q, large in %q", i, small, large)
				}
			}
			next := must(ada.CreateColumn(t.Context(), made.Id, kanbanapi.NewColumn{Title: "More"}))(t)
			if next.Seq != made.Seq+1 {
				t.Errorf("the next change is at %d after %d", next.Seq, made.Seq)
			}
		})
	}
}

func TestABoardWithoutATemplateIsEmpty(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	if made := must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden"}))(t); made.Seq != 1 || len(made.Columns) != 0 {
		t.Errorf("%+v", made)
	}
}

func TestATemplateSentAgainAddsNothing(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	board := kanbanapi.NewBoard{Id: newID(), Title: "Garden", Template: ref(kanbanapi.Blank)}
	first, second := must(ada.CreateBoard(t.Context(), board))(t), must(ada.CreateBoard(t.Context(), board))(t)
	if first.Seq != second.Seq || len(second.Columns) != 3 {
		t.Errorf("%+v, then %+v", first, second)
	}
	for _, other := range []*kanbanapi.NewBoardTemplate{nil, ref(kanbanapi.Support)} {
		board.Template = other
		_, err := ada.CreateBoard(t.Context(), board)
		wantProblem(t, err, problem.Conflict, "id_taken")
	}
}

func TestTheSampleBoard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	sample := kanbanapi.NewBoard{Title: "Welcome", Template: ref(kanbanapi.Sample)}
	t.Run("teaches_with_cards", func(t *testing.T) {
		ada := a.person(t, "Ada")
		made := must(ada.CreateBoard(t.Context(), sample))(t)
		if made.CardCount < 5 || len(made.Columns) != 3 {
			t.Errorf("%+v", made)
		}
		for _, column := range must(ada.Board(t.Context(), made.Id))(t).Columns {
			for _, card := range column.Cards {
				if !card.HasDescription {
					t.Errorf("%q doesn't say what to try", card.Title)
				}
			}
		}
		wantGapless(t, ada, wall{ID: made.Id})
		card := must(ada.CreateCard(t.Context(), made.Id, kanbanapi.NewCard{ColumnId: must(ada.Board(t.Context(), made.Id))(t).Columns[0].Id, Title: "mine"}))(t)
		if card.Number != made.CardCount+1 {
			t.Errorf("the next card is #%d after %d", card.Number, made.CardCount)
		}
	})
	t.Run("is_made_once", func(t *testing.T) {
		bob := a.person(t, "Bob")
		first := sample
		first.Id = newID()
		made := must(bob.CreateBoard(t.Context(), first))(t)
		_, err := bob.CreateBoard(t.Context(), sample)
		wantProblem(t, err, problem.Conflict, "not_first_board")
		if again := must(bob.CreateBoard(t.Context(), first))(t); again.Id != made.Id || again.Seq != made.Seq {
			t.Errorf("sent again: %+v", again)
		}
	})
	t.Run("is_not_for_who_had_a_board", func(t *testing.T) {
		cleo := a.person(t, "Cleo")
		board := must(cleo.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden"}))(t)
		a.exec(t, `DELETE FROM boards WHERE id = $1`, board.Id)
		_, err := cleo.CreateBoard(t.Context(), sample)
		wantProblem(t, err, problem.Conflict, "not_first_board")
	})
	t.Run("is_not_for_who_was_put_on_a_board", func(t *testing.T) {
		dora, eve := a.person(t, "Dora"), a.person(t, "Eve")
		a.member(t, eve.wall(t).ID, dora, "viewer")
		_, err := dora.CreateBoard(t.Context(), sample)
		wantProblem(t, err, problem.Conflict, "not_first_board")
		if got := must(dora.Boards(t.Context(), "", 0))(t).Items; len(got) != 1 {
			t.Errorf("she is on %d boards", len(got))
		}
	})
	t.Run("is_made_once_though_asked_for_by_many_tabs", func(t *testing.T) {
		fay := a.person(t, "Fay")
		must(fay.Me(t.Context()))(t)
		var all sync.WaitGroup
		var made atomic.Int32
		for range 8 {
			all.Go(func() {
				_, err := fay.CreateBoard(t.Context(), sample)
				if err == nil {
					made.Add(1)
				} else if got := problem.From(err); got.Code != "not_first_board" {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := must(fay.Boards(t.Context(), "", 0))(t).Items; made.Load() != 1 || len(got) != 1 {
			t.Errorf("%d made, %d listed", made.Load(), len(got))
		}
	})
}
