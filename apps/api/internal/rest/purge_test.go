package rest_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestACardIsDeletedForGoodFromTheTrashByOwnersAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, ed, vic, eve := a.person(t, "Ada"), a.person(t, "Ed"), a.person(t, "Vic"), a.person(t, "Eve")
	w, other := ada.wall(t, "a", "b"), eve.wall(t, "x")
	a.member(t, w.ID, ed, "editor")
	a.member(t, w.ID, vic, "viewer")
	ada.archive(t, w, "b")
	ada.trash(t, w, "a")
	eve.trash(t, other, "x")
	seq := ada.summary(t, w.ID).Seq
	ctx := context.Background()
	for name, c := range map[string]struct {
		who   *person
		board wall
		card  string
		kind  problem.Kind
		code  string
	}{
		"a_viewer":              {vic, w, "1", problem.Forbidden, "read_only"},
		"an_editor":             {ed, w, "1", problem.Forbidden, "owners_only"},
		"an_outsider":           {eve, w, "1", problem.NotFound, "board_not_found"},
		"one_in_the_archive":    {ada, w, "2", problem.Conflict, "not_in_trash"},
		"one_that_never_was":    {ada, w, "99", problem.NotFound, "card_not_found"},
		"one_of_another_board":  {ada, w, other.Cards["x"].Id.String(), problem.NotFound, "card_not_found"},
		"on_a_board_not_theirs": {ada, other, "1", problem.NotFound, "board_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, refusalOf(c.who.PurgeCard(ctx, c.board.ID, c.card)), c.kind, c.code)
		})
	}
	if now := ada.summary(t, w.ID).Seq; now != seq {
		t.Fatalf("what was refused took the board from %d to %d", seq, now)
	}
	if _, err := ada.PurgeCard(ctx, w.ID, "1"); err != nil {
		t.Fatal(err)
	}
	if got := ada.away(t, w.ID, kanbanapi.Find{State: kanbanapi.Deleted}); len(got) != 0 {
		t.Errorf("in the trash: %q", got)
	}
	wantProblem(t, refusalOf(ada.PurgeCard(ctx, w.ID, "1")), problem.NotFound, "card_not_found")
	_, err := ada.RestoreCard(ctx, w.ID, "1")
	wantProblem(t, err, problem.NotFound, "card_not_found")
	_, err = ada.CardVersions(ctx, w.ID, "1", "", 0)
	wantProblem(t, err, problem.NotFound, "card_not_found")
	_, err = ada.CardVersion(ctx, w.ID, w.Cards["a"].Id.String(), 1)
	wantProblem(t, err, problem.NotFound, "card_not_found")
	if told := ada.last(t, w.ID); told.Verb != kanbanapi.CardPurged || *told.CardId != w.Cards["a"].Id || told.Before["number"] != 1.0 || told.Seq != seq+1 {
		t.Errorf("it is told as %+v", told)
	}
	if next := must(ada.CreateCard(ctx, w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "c"}))(t); next.Number != 3 {
		t.Errorf("the next card has the number %d", next.Number)
	}
}

// What people wrote on a card goes with it; that they did something, and where, stays, so that seqs have no gap.
func TestHistoryOfACardThatIsGoneForGoodHasNoTextLeft(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a secret", "b")
	label := ada.label(t, w.ID, "Urgent")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Description: ref("a secret too")}))(t)
	must(ada.LabelCard(t.Context(), w.ID, "1", label.Id))(t)
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	before := must(ada.Activity(t.Context(), w.ID, 0, 100))(t).Items
	if _, err := ada.DeleteCard(t.Context(), w.ID, "1", 2); err != nil {
		t.Fatal(err)
	}
	if _, err := ada.PurgeCard(t.Context(), w.ID, "1"); err != nil {
		t.Fatal(err)
	}
	after := must(ada.Activity(t.Context(), w.ID, 0, 100))(t)
	if text := string(must(json.Marshal(after.Items))(t)); strings.Contains(text, "secret") || !strings.Contains(text, `"title":"b"`) {
		t.Errorf("it tells %s", text)
	}
	for i, was := range before {
		now := after.Items[i]
		if now.Seq != int64(i+1) || now.Verb != was.Verb || now.Actor != was.Actor || !now.At.Equal(was.At) || (was.CardId != nil && *now.CardId != *was.CardId) {
			t.Errorf("%+v has become %+v", was, now)
		}
		if was.Verb == kanbanapi.CardMoved && now.Before["column_id"] != was.Before["column_id"] {
			t.Errorf("where it was moved from is forgotten: %+v", now)
		}
	}
	if labels := must(ada.Labels(t.Context(), w.ID))(t).Items; labels[0].CardCount != 0 {
		t.Errorf("%+v", labels)
	}
}

func TestWhatIsGoneForGoodCannotBeUndone(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	ctx := t.Context()
	must(ada.UpdateCard(ctx, w.ID, "2", 1, kanbanapi.CardPatch{Title: ref("bb")}))(t)
	both := kanbanapi.CardBatch{CardIds: []uuid.UUID{w.Cards["a"].Id, w.Cards["c"].Id}, Move: &kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}}
	batch := must(ada.ChangeCards(ctx, w.ID, both))(t)
	ada.trash(t, w, "a")
	deletion := ada.summary(t, w.ID).Seq
	if _, err := ada.PurgeCard(ctx, w.ID, "1"); err != nil {
		t.Fatal(err)
	}
	for name, seq := range map[string]int64{"the_deletion": deletion, "the_purge": deletion + 1} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.Undo(ctx, w.ID, kanbanapi.UndoWhich{Seq: &seq})
			wantProblem(t, err, problem.Conflict, "nothing_to_undo")
		})
	}
	undone := must(ada.Undo(ctx, w.ID, kanbanapi.UndoWhich{}))(t)
	if undone.Undid.Batch == nil || len(undone.Activities) != 1 || undone.Undid.Seq != batch.Seq {
		t.Errorf("of a batch, what is left is undone: %+v", undone)
	}
	if undone = must(ada.Undo(ctx, w.ID, kanbanapi.UndoWhich{}))(t); undone.Undid.Verb != kanbanapi.CardEdited {
		t.Errorf("then comes %+v", undone)
	}
	if got := ada.order(t, w.ID); got[0] != "b c" || got[1] != "" {
		t.Errorf("%q", got)
	}
}

// Whoever is first has it; the other is told, and nothing is half done.
func TestRestoringAndPurgingAtOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	var restored, gone int
	for range 20 {
		card := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "x"}))(t)
		if _, err := ada.DeleteCard(t.Context(), w.ID, card.Id.String(), 1); err != nil {
			t.Fatal(err)
		}
		seq := ada.summary(t, w.ID).Seq
		var group errgroup.Group
		var back [2]error
		for i := range back {
			group.Go(func() error { _, back[i] = ada.RestoreCard(t.Context(), w.ID, card.Id.String()); return nil })
		}
		_, purge := ada.PurgeCard(t.Context(), w.ID, card.Id.String())
		_ = group.Wait()
		if now := ada.summary(t, w.ID).Seq; now != seq+1 {
			t.Fatalf("from %d to %d: %v, %v", seq, now, back, purge)
		}
		if purge == nil {
			gone++
			for _, err := range back {
				wantProblem(t, err, problem.NotFound, "card_not_found")
			}
			continue
		}
		restored++
		wantProblem(t, purge, problem.Conflict, "not_in_trash")
		if back[0] != nil || back[1] != nil {
			t.Errorf("%v", back)
		}
	}
	t.Logf("%d restored, %d gone", restored, gone)
	var left int
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM cards`).Scan(&left); err != nil || left != restored {
		t.Errorf("%d cards are left of %d restored, %v", left, restored, err)
	}
}
