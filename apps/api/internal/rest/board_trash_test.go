package rest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

var inTrash = kanbanapi.Find{State: kanbanapi.Deleted}

func TestDeleteBoard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, ed, eve := a.person(t, "Ada"), a.person(t, "Ed"), a.person(t, "Eve")
	w := ada.wall(t, "a", "b")
	a.member(t, w.ID, ed, "editor")
	ctx := context.Background()
	wantProblem(t, refusalOf(ed.DeleteBoard(ctx, w.ID, 1)), problem.Forbidden, "owners_only")
	wantProblem(t, refusalOf(eve.DeleteBoard(ctx, w.ID, 1)), problem.NotFound, "board_not_found")
	wantProblem(t, refusalOf(ada.DeleteBoard(ctx, w.ID, 7)), problem.Stale, "stale_version")
	if res, _ := ada.send(t, "DELETE", "/v1/boards/"+w.ID.String(), ""); res.StatusCode != 428 {
		t.Errorf("without a version: %d", res.StatusCode)
	}
	wantProblem(t, ada.PurgeBoard(ctx, w.ID), problem.Conflict, "not_in_trash")
	if _, err := ada.DeleteBoard(ctx, w.ID, 1); err != nil {
		t.Fatal(err)
	}

	t.Run("is_listed_in_the_trash_alone", func(t *testing.T) {
		for _, who := range []*person{ada, ed} {
			if live, archived := must(who.Boards(ctx, "", 0))(t).Items, must(who.AwayBoards(ctx, kanbanapi.Find{State: kanbanapi.Archived}))(t).Items; len(live)+len(archived) != 0 {
				t.Errorf("live %+v, archived %+v", live, archived)
			}
			got := must(who.AwayBoards(ctx, inTrash))(t).Items
			if len(got) != 1 || got[0].Id != w.ID || got[0].Away.By.Name != "Ada" || got[0].Away.GoneAt.MustGet().Sub(got[0].Away.At) != 30*24*time.Hour {
				t.Errorf("in the trash: %+v", got)
			}
		}
		if got := must(eve.AwayBoards(ctx, inTrash))(t).Items; len(got) != 0 {
			t.Errorf("in a stranger's trash: %+v", got)
		}
	})
	column, title := w.Columns[0], "x"
	for name, ask := range map[string]func() error{
		"board":        func() error { _, err := ada.Board(ctx, w.ID); return err },
		"columns":      func() error { _, err := ada.Columns(ctx, w.ID); return err },
		"away_columns": func() error { _, err := ada.AwayColumns(ctx, w.ID, inTrash); return err },
		"away_cards":   func() error { _, err := ada.AwayCards(ctx, w.ID, inTrash); return err },
		"column_cards": func() error { _, err := ada.Cards(ctx, w.ID, column, "", 0); return err },
		"card":         func() error { _, err := ada.Card(ctx, w.ID, "1"); return err },
		"labels":       func() error { _, err := ada.Labels(ctx, w.ID); return err },
		"activity":     func() error { _, err := ada.Activity(ctx, w.ID, 0, 0); return err },
		"star":         func() error { return ada.StarBoard(ctx, w.ID) },
		"collapse":     func() error { return ada.CollapseColumn(ctx, w.ID, column) },
		"rename":       func() error { _, err := ada.UpdateBoard(ctx, w.ID, 1, kanbanapi.BoardPatch{Title: &title}); return err },
		"archive":      func() error { _, err := ada.ArchiveBoard(ctx, w.ID); return err },
		"delete":       func() error { return refusalOf(ada.DeleteBoard(ctx, w.ID, 1)) },
		"create_card": func() error {
			_, err := ada.CreateCard(ctx, w.ID, kanbanapi.NewCard{ColumnId: column, Title: title})
			return err
		},
		"delete_card":   func() error { return refusalOf(ada.DeleteCard(ctx, w.ID, "1", 1)) },
		"purge_card":    func() error { return refusalOf(ada.PurgeCard(ctx, w.ID, "1")) },
		"redo":          func() error { _, err := ada.Redo(ctx, w.ID, kanbanapi.UndoWhich{}); return err },
		"undo_by_other": func() error { _, err := ed.Undo(ctx, w.ID, kanbanapi.UndoWhich{}); return err },
	} {
		t.Run("has_no_"+name, func(t *testing.T) { wantProblem(t, ask(), problem.NotFound, "board_not_found") })
	}
	t.Run("comes_back_whole_by_an_owner", func(t *testing.T) {
		_, err := ed.RestoreBoard(ctx, w.ID)
		wantProblem(t, err, problem.Forbidden, "owners_only")
		_, err = eve.RestoreBoard(ctx, w.ID)
		wantProblem(t, err, problem.NotFound, "board_not_found")
		must(ada.RestoreBoard(ctx, w.ID))(t)
		if told := ada.last(t, w.ID); told.Verb != kanbanapi.BoardRestored || told.Before["deleted"] != true || told.After["deleted"] != false {
			t.Errorf("it is told as %+v", told)
		}
		if got := ada.order(t, w.ID); !slices.Equal(got, []string{"a b", "", ""}) {
			t.Errorf("%q", got)
		}
		seq := ada.summary(t, w.ID).Seq
		if again := must(ada.RestoreBoard(ctx, w.ID))(t); again.Seq != seq {
			t.Errorf("restored again: %+v", again)
		}
	})
	t.Run("is_gone_for_good_when_purged", func(t *testing.T) {
		if _, err := ada.DeleteBoard(ctx, w.ID, 1); err != nil {
			t.Fatal(err)
		}
		wantProblem(t, ed.PurgeBoard(ctx, w.ID), problem.Forbidden, "owners_only")
		if err := ada.PurgeBoard(ctx, w.ID); err != nil {
			t.Fatal(err)
		}
		wantProblem(t, ada.PurgeBoard(ctx, w.ID), problem.NotFound, "board_not_found")
		_, err := ada.RestoreBoard(ctx, w.ID)
		wantProblem(t, err, problem.NotFound, "board_not_found")
		var left int
		if err := a.pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM boards) + (SELECT count(*) FROM cards) + (SELECT count(*) FROM activity)`).Scan(&left); err != nil || left != 0 {
			t.Errorf("%d rows are left, %v", left, err)
		}
	})
}

// The deletion of a board is undone like anything else, to where the board was.
func TestTheDeletionOfABoardIsUndoneAndRedone(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	ctx := t.Context()
	where := func() string {
		switch {
		case len(must(ada.Boards(ctx, "", 0))(t).Items) == 1:
			return "on the wall"
		case len(must(ada.AwayBoards(ctx, kanbanapi.Find{State: kanbanapi.Archived}))(t).Items) == 1:
			return "archived"
		default:
			return "deleted"
		}
	}
	undo := func(want string) {
		t.Helper()
		must(ada.Undo(ctx, w.ID, kanbanapi.UndoWhich{}))(t)
		if got := where(); got != want {
			t.Fatalf("after undo it is %s, want %s", got, want)
		}
	}
	redo := func(want string) {
		t.Helper()
		must(ada.Redo(ctx, w.ID, kanbanapi.UndoWhich{}))(t)
		if got := where(); got != want {
			t.Fatalf("after redo it is %s, want %s", got, want)
		}
	}
	must(ada.ArchiveBoard(ctx, w.ID))(t)
	if _, err := ada.DeleteBoard(ctx, w.ID, 1); err != nil {
		t.Fatal(err)
	}
	undo("archived")
	redo("deleted")
	undo("archived")
	undo("on the wall")
	redo("archived")
	redo("deleted")
	must(ada.RestoreBoard(ctx, w.ID))(t)
	if got := where(); got != "on the wall" {
		t.Fatalf("restored it is %s", got)
	}
	undo("deleted")
	undo("archived")
	_, err := ada.CreateCard(ctx, w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "x"})
	wantProblem(t, err, problem.Conflict, "board_archived")
}

// A board that only one could bring back from the trash goes with them, though others were on it.
func TestWhoLeavesTakesTheirDeletedBoardsAlong(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, ed := a.person(t, "Ada"), a.person(t, "Ed")
	w := ada.wall(t, "a")
	a.member(t, w.ID, ed, "editor")
	wantProblem(t, ada.DeleteMe(t.Context()), problem.Conflict, "sole_owner")
	if _, err := ada.DeleteBoard(t.Context(), w.ID, 1); err != nil {
		t.Fatal(err)
	}
	if err := ada.DeleteMe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := must(ed.AwayBoards(t.Context(), inTrash))(t).Items; len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
