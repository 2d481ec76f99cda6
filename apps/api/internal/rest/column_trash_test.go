package rest_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// binned are the titles of the columns in the trash.
func (p *person) binned(t *testing.T, board uuid.UUID) []string {
	t.Helper()
	var titles []string
	for _, column := range must(p.AwayColumns(t.Context(), board, inTrash))(t).Items {
		titles = append(titles, column.Title)
	}
	return titles
}

func TestDeleteColumn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, ed, vic, eve := a.person(t, "Ada"), a.person(t, "Ed"), a.person(t, "Vic"), a.person(t, "Eve")
	w, other := ada.wall(t, "a", "b", "archived", "deleted"), eve.wall(t)
	a.member(t, w.ID, ed, "editor")
	a.member(t, w.ID, vic, "viewer")
	label := ada.label(t, w.ID, "Urgent")
	must(ada.LabelCard(t.Context(), w.ID, "1", label.Id))(t)
	ada.archive(t, w, "archived")
	ada.trash(t, w, "deleted")
	ctx, gone := context.Background(), w.Columns[0]
	for name, c := range map[string]struct {
		who     *person
		column  uuid.UUID
		version int
		kind    problem.Kind
		code    string
	}{
		"a_viewer":             {vic, gone, 1, problem.Forbidden, "read_only"},
		"an_outsider":          {eve, gone, 1, problem.NotFound, "board_not_found"},
		"one_of_another_board": {ada, other.Columns[0], 1, problem.NotFound, "column_not_found"},
		"from_an_old_version":  {ada, gone, 7, problem.Stale, "stale_version"},
	} {
		t.Run("is_refused_to_"+name, func(t *testing.T) {
			_, err := c.who.DeleteColumn(ctx, w.ID, c.column, c.version)
			wantProblem(t, err, c.kind, c.code)
		})
	}
	if res, _ := ada.send(t, "DELETE", "/v1/boards/"+w.ID.String()+"/columns/"+gone.String(), ""); res.StatusCode != 428 {
		t.Errorf("without a version: %d", res.StatusCode)
	}
	before := a.state(t, w.ID)
	seq := must(ed.DeleteColumn(ctx, w.ID, gone, 1))(t)
	if told := ada.last(t, w.ID); told.Verb != kanbanapi.ColumnDeleted || *told.ColumnId != gone || told.Seq != seq || told.After["deleted"] != true {
		t.Errorf("it is told as %+v", told)
	}

	t.Run("takes_its_cards_along", func(t *testing.T) {
		if got := ada.titles(t, w.ID); !slices.Equal(got, []string{"Doing", "Done"}) {
			t.Errorf("on the wall: %q", got)
		}
		if got := ada.summary(t, w.ID); got.CardCount != 0 || len(got.Columns) != 2 {
			t.Errorf("in the list: %+v", got)
		}
		if got := must(ada.Labels(ctx, w.ID))(t).Items[0].CardCount; got != 0 {
			t.Errorf("%d cards carry the label", got)
		}
		if got := ada.filtered(t, w.ID, "is:archived"); strings.Contains(got, "archived") {
			t.Errorf("the filter finds %s", got)
		}
		for _, line := range []string{"a", "is:archived a", "is:archived archived"} {
			if got := ada.found(t, line); got != "" {
				t.Errorf("the search for %s finds %s", line, got)
			}
		}
	})
	t.Run("is_listed_in_the_trash_alone", func(t *testing.T) {
		list := must(ada.AwayColumns(ctx, w.ID, inTrash))(t).Items
		if len(list) != 1 || list[0].Id != gone || list[0].CardCount != 2 || !list[0].ArchivedAt.IsNull() || list[0].Away.By.Name != "Ed" ||
			list[0].Away.GoneAt.MustGet().Sub(list[0].Away.At) != 30*24*time.Hour {
			t.Errorf("%+v", list)
		}
		archived := kanbanapi.Find{State: kanbanapi.Archived}
		if got := must(ada.AwayColumns(ctx, w.ID, archived))(t).Items; len(got) != 0 {
			t.Errorf("in the archive: %+v", got)
		}
		if got := ada.away(t, w.ID, archived); len(got) != 0 {
			t.Errorf("its archived cards are in the archive: %q", got)
		}
		cards := must(ada.AwayCards(ctx, w.ID, inTrash))(t).Items
		if len(cards) != 1 || cards[0].Title != "deleted" || !cards[0].Column.Deleted || cards[0].Column.Archived {
			t.Errorf("cards: %+v", cards)
		}
		if got := must(ada.AwayColumns(ctx, w.ID, kanbanapi.Find{State: kanbanapi.Deleted, Words: "don"}))(t).Items; len(got) != 0 {
			t.Errorf("found by others' words: %+v", got)
		}
	})
	for name, ask := range map[string]func() error{
		"its_cards":        func() error { _, err := ada.Cards(ctx, w.ID, gone, "", 0); return err },
		"what_matches":     func() error { _, err := ada.FilteredCards(ctx, w.ID, gone, "a", time.Now(), "", 0); return err },
		"a_card":           func() error { _, err := ada.Card(ctx, w.ID, "1"); return err },
		"an_archived_card": func() error { _, err := ada.Card(ctx, w.ID, "3"); return err },
		"versions":         func() error { _, err := ada.CardVersions(ctx, w.ID, "1", "", 0); return err },
	} {
		t.Run("hides_"+name, func(t *testing.T) {
			if err := ask(); !problem.Is(err, problem.NotFound) {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("again_says_where_it_is", func(t *testing.T) {
		_, err := ada.DeleteColumn(ctx, w.ID, gone, 1)
		wantProblem(t, err, problem.Conflict, "column_deleted")
		_, err = ada.ArchiveColumn(ctx, w.ID, gone)
		wantProblem(t, err, problem.Conflict, "column_deleted")
	})
	t.Run("comes_back_as_it_was", func(t *testing.T) {
		must(ada.RestoreColumn(ctx, w.ID, gone))(t)
		if got := a.state(t, w.ID); got != before {
			t.Errorf("got\n%s\nwant\n%s", got, before)
		}
		if told := ada.last(t, w.ID); told.Verb != kanbanapi.ColumnRestored || told.Before["deleted"] != true || told.After["deleted"] != false {
			t.Errorf("it is told as %+v", told)
		}
	})
	t.Run("from_the_archive_and_back_to_the_wall", func(t *testing.T) {
		must(ada.ArchiveColumn(ctx, w.ID, gone))(t)
		must(ada.DeleteColumn(ctx, w.ID, gone, 1))(t)
		must(ada.CreateColumn(ctx, w.ID, kanbanapi.NewColumn{Title: "New"}))(t)
		must(ada.RestoreColumn(ctx, w.ID, gone))(t)
		if got := ada.titles(t, w.ID); !slices.Equal(got, []string{"To do", "Doing", "Done", "New"}) {
			t.Errorf("on the wall: %q", got)
		}
	})
}

func TestTheCardsOfADeletedColumnStayAsTheyAre(t *testing.T) {
	t.Parallel()
	wantCardsToStay(t, "column_deleted", func(p *person, w wall, column uuid.UUID) (int64, error) {
		return p.DeleteColumn(t.Context(), w.ID, column, 1)
	})
}

func TestACreateOfAColumnThatWasDeletedSaysSo(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	wanted := kanbanapi.NewColumn{Id: newID(), Title: "Later"}
	must(ada.CreateColumn(t.Context(), w.ID, wanted))(t)
	must(ada.DeleteColumn(t.Context(), w.ID, *wanted.Id, 1))(t)
	_, err := ada.CreateColumn(t.Context(), w.ID, wanted)
	wantProblem(t, err, problem.Conflict, "in_trash")
}

// From the archive into the trash and all the way back, and forth again.
func TestTheDeletionOfAnArchivedColumnIsUndoneAndRedone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	states := []string{a.state(t, w.ID)}
	must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[0]))(t)
	states = append(states, a.state(t, w.ID))
	must(ada.DeleteColumn(t.Context(), w.ID, w.Columns[0], 1))(t)
	states = append(states, a.state(t, w.ID))
	must(ada.RestoreColumn(t.Context(), w.ID, w.Columns[0]))(t)
	for _, i := range []int{2, 1, 0} {
		if ada.undo(t, w.ID); a.state(t, w.ID) != states[i] {
			t.Fatalf("back at %d: got\n%s\nwant\n%s", i, a.state(t, w.ID), states[i])
		}
	}
	for _, i := range []int{1, 2, 0} {
		if ada.redo(t, w.ID); a.state(t, w.ID) != states[i] {
			t.Fatalf("forth at %d: got\n%s\nwant\n%s", i, a.state(t, w.ID), states[i])
		}
	}
}

func TestAColumnIsDeletedForGoodByOwnersWithAllThatWasWrittenInIt(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, ed, eve := a.person(t, "Ada"), a.person(t, "Ed"), a.person(t, "Eve")
	w := ada.wall(t, "a secret", "b", "another secret")
	a.member(t, w.ID, ed, "editor")
	ada.archive(t, w, "another secret")
	ctx, gone := context.Background(), w.Columns[0]
	must(ada.UpdateColumn(ctx, w.ID, gone, 1, kanbanapi.ColumnPatch{Title: ref("secret column")}))(t)
	must(ada.MoveCard(ctx, w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	refused := func(who *person, kind problem.Kind, code string) {
		t.Helper()
		_, err := who.PurgeColumn(ctx, w.ID, gone)
		wantProblem(t, err, kind, code)
	}
	refused(ada, problem.Conflict, "not_in_trash")
	deleted := must(ada.DeleteColumn(ctx, w.ID, gone, 2))(t)
	refused(ed, problem.Forbidden, "owners_only")
	refused(eve, problem.NotFound, "board_not_found")
	if seq := must(ada.PurgeColumn(ctx, w.ID, gone))(t); seq != deleted+1 {
		t.Errorf("seq %d after %d", seq, deleted)
	}
	refused(ada, problem.NotFound, "column_not_found")
	if got := ada.binned(t, w.ID); len(got) != 0 {
		t.Errorf("in the trash: %q", got)
	}
	_, err := ada.RestoreCard(ctx, w.ID, "1")
	wantProblem(t, err, problem.NotFound, "card_not_found")
	list := must(ada.Activity(ctx, w.ID, 0, 100))(t)
	if text := string(must(json.Marshal(list.Items))(t)); strings.Contains(text, "secret") || !strings.Contains(text, `"title":"b"`) || len(list.Items) != int(deleted)+1 {
		t.Errorf("it tells %s", text)
	}
	if told := ada.last(t, w.ID); told.Verb != kanbanapi.ColumnPurged || *told.ColumnId != gone || told.Before["kind"] == nil {
		t.Errorf("it is told as %+v", told)
	}
	// What is left to undo is the card's move, back into a column that there isn't any more.
	_, err = ada.Undo(ctx, w.ID, kanbanapi.UndoWhich{})
	wantProblem(t, err, problem.NotFound, "column_not_found")
	if got := ada.order(t, w.ID); got[0] != "b" {
		t.Errorf("%q", got)
	}
}
