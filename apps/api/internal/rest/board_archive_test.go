package rest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestArchiveBoard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, ed := a.person(t, "Ada"), a.person(t, "Ed")
	w := ada.wall(t, "a")
	a.member(t, w.ID, ed, "editor")
	_, err := ed.ArchiveBoard(t.Context(), w.ID)
	wantProblem(t, err, problem.Forbidden, "owners_only")
	live := ada.summary(t, w.ID)

	archived := must(ada.ArchiveBoard(t.Context(), w.ID))(t)
	if archived.ArchivedAt.IsNull() || archived.Version != live.Version || archived.Seq != live.Seq+1 {
		t.Errorf("%+v", archived)
	}
	if again := must(ada.ArchiveBoard(t.Context(), w.ID))(t); again.Seq != archived.Seq || again.ArchivedAt.IsNull() {
		t.Errorf("archived again: %+v", again)
	}
	activity := must(ed.Activity(t.Context(), w.ID, live.Seq, 0))(t).Items
	if len(activity) != 1 || activity[0].Verb != kanbanapi.BoardArchived || activity[0].Before["archived"] != false || activity[0].After["archived"] != true {
		t.Errorf("it is told as %+v", activity)
	}

	t.Run("is_listed_among_the_archived_alone", func(t *testing.T) {
		if got := must(ed.Boards(t.Context(), "", 0))(t).Items; len(got) != 0 {
			t.Errorf("live: %+v", got)
		}
		if got := must(ed.AwayBoards(t.Context(), kanbanapi.Find{State: kanbanapi.Archived}))(t).Items; len(got) != 1 || got[0].Id != w.ID {
			t.Errorf("archived: %+v", got)
		}
	})
	t.Run("can_be_read", func(t *testing.T) {
		if got := must(ed.Board(t.Context(), w.ID))(t); got.ArchivedAt.IsNull() || len(got.Columns) != 3 {
			t.Errorf("%+v", got)
		}
		must(ed.Card(t.Context(), w.ID, "1"))(t)
	})
	t.Run("can_be_starred", func(t *testing.T) {
		if err := ed.StarBoard(t.Context(), w.ID); err != nil {
			t.Error(err)
		}
	})
	t.Run("comes_back_as_it_was", func(t *testing.T) {
		_, err := ed.RestoreBoard(t.Context(), w.ID)
		wantProblem(t, err, problem.Forbidden, "owners_only")
		restored := must(ada.RestoreBoard(t.Context(), w.ID))(t)
		if !restored.ArchivedAt.IsNull() || restored.Seq != archived.Seq+1 {
			t.Errorf("%+v", restored)
		}
		if again := must(ada.RestoreBoard(t.Context(), w.ID))(t); again.Seq != restored.Seq {
			t.Errorf("restored again: %+v", again)
		}
		if got := ada.last(t, w.ID); got.Verb != kanbanapi.BoardRestored || got.Before["archived"] != true || got.After["archived"] != false {
			t.Errorf("it is told as %+v", got)
		}
		must(ed.ArchiveCard(t.Context(), w.ID, "1"))(t)
	})
}

func TestAnArchivedBoardRefusesEveryChange(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	label := ada.label(t, w.ID, "Urgent")
	seq := must(ada.ArchiveBoard(t.Context(), w.ID))(t).Seq
	ctx, column, title := t.Context(), w.Columns[0], "x"
	for name, change := range map[string]func() error{
		"rename":        func() error { _, err := ada.UpdateBoard(ctx, w.ID, 1, kanbanapi.BoardPatch{Title: &title}); return err },
		"create_column": func() error { _, err := ada.CreateColumn(ctx, w.ID, kanbanapi.NewColumn{Title: title}); return err },
		"update_column": func() error {
			_, err := ada.UpdateColumn(ctx, w.ID, column, 1, kanbanapi.ColumnPatch{Title: &title})
			return err
		},
		"move_column": func() error {
			_, err := ada.MoveColumn(ctx, w.ID, column, kanbanapi.ColumnMove{After: &w.Columns[1]})
			return err
		},
		"archive_column": func() error { _, err := ada.ArchiveColumn(ctx, w.ID, column); return err },
		"restore_column": func() error { _, err := ada.RestoreColumn(ctx, w.ID, column); return err },
		"move_all_cards": func() error { _, err := ada.MoveColumnCards(ctx, w.ID, column, w.Columns[1]); return err },
		"create_card": func() error {
			_, err := ada.CreateCard(ctx, w.ID, kanbanapi.NewCard{ColumnId: column, Title: title})
			return err
		},
		"update_card": func() error {
			_, err := ada.UpdateCard(ctx, w.ID, "1", 1, kanbanapi.CardPatch{Title: &title})
			return err
		},
		"move_card": func() error {
			_, err := ada.MoveCard(ctx, w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)})
			return err
		},
		"archive_card": func() error { _, err := ada.ArchiveCard(ctx, w.ID, "1"); return err },
		"restore_card": func() error { _, err := ada.RestoreCard(ctx, w.ID, "2"); return err },
		"delete_card":  func() error { return refusalOf(ada.DeleteCard(ctx, w.ID, "1", 1)) },
		"create_label": func() error {
			_, err := ada.CreateLabel(ctx, w.ID, kanbanapi.NewLabel{Name: "New", Hue: kanbanapi.Red})
			return err
		},
		"update_label": func() error {
			_, err := ada.UpdateLabel(ctx, w.ID, label.Id, 1, kanbanapi.LabelPatch{Hue: ref(kanbanapi.Red)})
			return err
		},
		"delete_label": func() error { _, err := ada.DeleteLabel(ctx, w.ID, label.Id, 1); return err },
		"label_card":   func() error { _, err := ada.LabelCard(ctx, w.ID, "1", label.Id); return err },
		"unlabel_card": func() error { _, err := ada.UnlabelCard(ctx, w.ID, "1", label.Id); return err },
		"several_cards": func() error {
			_, err := ada.ChangeCards(ctx, w.ID, kanbanapi.CardBatch{CardIds: []uuid.UUID{w.Cards["a"].Id}, Archive: ref(true)})
			return err
		},
		"a_card_not_there": func() error { return refusalOf(ada.DeleteCard(ctx, w.ID, "99", 1)) },
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, change(), problem.Conflict, "board_archived")
		})
	}
	if now := must(ada.Board(ctx, w.ID))(t); now.Seq != seq {
		t.Errorf("the board went from %d to %d", seq, now.Seq)
	}
}

func TestTheListGoesOnAfterABoardThatWasArchivedMeanwhile(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	var boards []uuid.UUID
	for range 3 {
		boards = append(boards, ada.wall(t).ID)
	}
	part := must(ada.Boards(t.Context(), "", 1))(t)
	must(ada.ArchiveBoard(t.Context(), boards[2]))(t)
	rest := must(ada.Boards(t.Context(), part.NextCursor.MustGet(), 0))(t).Items
	if len(rest) != 2 || rest[0].Id != boards[1] || rest[1].Id != boards[0] {
		t.Errorf("after the first page comes %+v", rest)
	}
}

// A change that waits for the archiving of its board must find the board archived.
func TestAChangeThatWaitedForTheArchivingIsRefused(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	titles := strings.Fields("a b c d e f g h")
	for range 5 {
		w := ada.wall(t, titles...)
		var group errgroup.Group
		for i := range titles {
			group.Go(func() error {
				if _, err := ada.MoveCard(t.Context(), w.ID, fmt.Sprint(i+1), kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}); !met(err, "board_archived") {
					return err
				}
				return nil
			})
		}
		group.Go(func() error { _, err := ada.ArchiveBoard(t.Context(), w.ID); return err })
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		board := must(ada.Board(t.Context(), w.ID))(t)
		told := must(ada.Activity(t.Context(), w.ID, board.Seq-1, 0))(t).Items
		if len(told) != 1 || told[0].Verb != kanbanapi.BoardArchived {
			t.Errorf("after the archiving comes %+v", told)
		}
	}
}

// The same for certain: the archiving holds the lock until the change waits for it on another connection.
func TestTheLockTellsOfAnArchivingThatIsJustOver(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	holder := must(a.pool.Begin(t.Context()))(t)
	defer func() { _ = holder.Rollback(t.Context()) }()
	if _, err := holder.Exec(t.Context(), `UPDATE board_seq SET archived_at = now(), archived_by = $2 WHERE board_id = $1`, w.ID, ada.ID); err != nil {
		t.Fatal(err)
	}
	answer := make(chan error, 1)
	go func() { _, err := ada.ArchiveCard(t.Context(), w.ID, "1"); answer <- err }()
	a.waitForALockWaiter(t)
	if err := holder.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantProblem(t, <-answer, problem.Conflict, "board_archived")
}

// waitForALockWaiter returns when a session of the api's waits for a row that another holds.
func (a *api) waitForALockWaiter(t *testing.T) {
	t.Helper()
	for waiting, deadline := 0, time.Now().Add(10*time.Second); waiting == 0; {
		if time.Now().After(deadline) {
			t.Fatal("nobody waits for a lock")
		}
		err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
	}
}
