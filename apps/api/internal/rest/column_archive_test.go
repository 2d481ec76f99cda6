package rest_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func (p *person) titles(t *testing.T, board uuid.UUID) []string {
	t.Helper()
	var titles []string
	for _, column := range must(p.Board(t.Context(), board))(t).Columns {
		titles = append(titles, column.Title)
	}
	return titles
}

func TestArchiveColumn(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	before := must(ada.Board(t.Context(), w.ID))(t)
	archived := must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[0]))(t)
	if archived.ArchivedAt.IsNull() || archived.Seq != before.Seq+1 || archived.Version != 1 || archived.CardCount != 2 {
		t.Errorf("%+v", archived)
	}
	told := ada.last(t, w.ID)
	if told.Verb != kanbanapi.ColumnArchived || *told.ColumnId != w.Columns[0] || told.Before["rank"] == nil || told.After["archived"] != true {
		t.Errorf("it is told as %+v", told)
	}
	if again := must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[0]))(t); again.Seq != archived.Seq {
		t.Errorf("archived again: %+v", again)
	}

	t.Run("takes_its_cards_out_of_sight", func(t *testing.T) {
		if got := ada.titles(t, w.ID); !slices.Equal(got, []string{"Doing", "Done"}) {
			t.Errorf("on the wall: %q", got)
		}
		if got := ada.summary(t, w.ID); got.CardCount != 0 || len(got.Columns) != 2 {
			t.Errorf("in the list: %+v", got)
		}
	})
	t.Run("is_listed_among_the_archived_with_its_cards_to_read", func(t *testing.T) {
		list := must(ada.AwayColumns(t.Context(), w.ID, kanbanapi.Find{State: kanbanapi.Archived}))(t)
		if len(list.Items) != 1 || list.Items[0].Id != w.Columns[0] || list.Seq != archived.Seq {
			t.Errorf("%+v", list)
		}
		if live := must(ada.Columns(t.Context(), w.ID))(t).Items; len(live) != 2 || live[0].Id != w.Columns[1] {
			t.Errorf("live: %+v", live)
		}
		if cards := must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 0))(t).Items; len(cards) != 2 {
			t.Errorf("its cards: %+v", cards)
		}
		if card := must(ada.Card(t.Context(), w.ID, "1"))(t); !card.ArchivedAt.IsNull() {
			t.Errorf("its card is archived itself: %+v", card)
		}
	})
	t.Run("comes_back_to_its_place", func(t *testing.T) {
		restored := must(ada.RestoreColumn(t.Context(), w.ID, w.Columns[0]))(t)
		if !restored.ArchivedAt.IsNull() || restored.Seq != archived.Seq+1 {
			t.Errorf("%+v", restored)
		}
		if again := must(ada.RestoreColumn(t.Context(), w.ID, w.Columns[0]))(t); again.Seq != restored.Seq {
			t.Errorf("restored again: %+v", again)
		}
		if got, order := ada.titles(t, w.ID), ada.order(t, w.ID); !slices.Equal(got, []string{"To do", "Doing", "Done"}) || order[0] != "a b" {
			t.Errorf("on the wall: %q, %q", got, order)
		}
		told := ada.last(t, w.ID)
		if told.Verb != kanbanapi.ColumnRestored || told.Before["archived"] != true || told.After["rank"] == nil {
			t.Errorf("it is told as %+v", told)
		}
	})
	t.Run("comes_back_to_the_right_end_when_its_place_is_taken", func(t *testing.T) {
		must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[2]))(t)
		must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "New"}))(t)
		must(ada.RestoreColumn(t.Context(), w.ID, w.Columns[2]))(t)
		if got := ada.titles(t, w.ID); !slices.Equal(got, []string{"To do", "Doing", "New", "Done"}) {
			t.Errorf("on the wall: %q", got)
		}
	})
	t.Run("is_no_neighbour", func(t *testing.T) {
		must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[1]))(t)
		seq := ada.summary(t, w.ID).Seq
		_, err := ada.MoveColumn(t.Context(), w.ID, w.Columns[0], kanbanapi.ColumnMove{After: &w.Columns[1]})
		wantProblem(t, err, problem.Conflict, "neighbour_gone")
		// To do stands before New already: that an archived column is between them, nobody sees.
		next := must(ada.Columns(t.Context(), w.ID))(t).Items[1].Id
		if moved := must(ada.MoveColumn(t.Context(), w.ID, w.Columns[0], kanbanapi.ColumnMove{Before: &next}))(t); moved.Seq != seq {
			t.Errorf("a move to where it stands is recorded: %+v", moved)
		}
	})
}

// Its place was taken, so it came back beside: taken away again it waits for the place that it had.
func TestAColumnThatCameBackElsewhereGoesWhereItWas(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[2]))(t)
	must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "New"}))(t)
	before := a.state(t, w.ID)
	must(ada.RestoreColumn(t.Context(), w.ID, w.Columns[2]))(t)
	if told := ada.last(t, w.ID); told.Before["rank"] == told.After["rank"] {
		t.Errorf("it is told as %+v", told)
	}
	if ada.undo(t, w.ID); a.state(t, w.ID) != before {
		t.Errorf("got\n%s\nwant\n%s", a.state(t, w.ID), before)
	}
}

func TestTheCardsOfAnArchivedColumnStayAsTheyAre(t *testing.T) {
	t.Parallel()
	wantCardsToStay(t, "column_archived", func(p *person, w wall, column uuid.UUID) (int64, error) {
		archived, err := p.ArchiveColumn(t.Context(), w.ID, column)
		return archived.Seq, err
	})
}

// wantCardsToStay tries all that would change what is in a column that was taken away, or the column.
func wantCardsToStay(t *testing.T, code string, takeAway func(p *person, w wall, column uuid.UUID) (int64, error)) {
	t.Helper()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	there := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{Id: newID(), ColumnId: w.Columns[1], Title: "d"}))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	if _, err := ada.DeleteCard(t.Context(), w.ID, "3", 1); err != nil {
		t.Fatal(err)
	}
	label := ada.label(t, w.ID, "Urgent")
	seq := must(takeAway(ada, w, w.Columns[0]))(t)
	several := func(batch kanbanapi.CardBatch, cards ...uuid.UUID) func() error {
		batch.CardIds = cards
		return func() error { _, err := ada.ChangeCards(t.Context(), w.ID, batch); return err }
	}
	ctx, gone, title := t.Context(), w.Columns[0], "x"
	move := func(card string, to kanbanapi.CardMove) func() error {
		return func() error { _, err := ada.MoveCard(ctx, w.ID, card, to); return err }
	}
	for name, change := range map[string]func() error{
		"edit": func() error {
			_, err := ada.UpdateCard(ctx, w.ID, "1", 1, kanbanapi.CardPatch{Title: &title})
			return err
		},
		"archive":               func() error { _, err := ada.ArchiveCard(ctx, w.ID, "1"); return err },
		"delete":                func() error { return refusalOf(ada.DeleteCard(ctx, w.ID, w.Cards["a"].Id.String(), 1)) },
		"restore_from_archive":  func() error { _, err := ada.RestoreCard(ctx, w.ID, "2"); return err },
		"restore_from_trash":    func() error { _, err := ada.RestoreCard(ctx, w.ID, "3"); return err },
		"move_out":              move("1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.Start)}),
		"move_in_at_the_top":    move("4", kanbanapi.CardMove{ColumnId: gone, At: ref(kanbanapi.Start)}),
		"move_in_at_the_foot":   move("4", kanbanapi.CardMove{ColumnId: gone, At: ref(kanbanapi.End)}),
		"move_in_before_a_card": move("4", kanbanapi.CardMove{ColumnId: gone, Before: ref(w.Cards["a"].Id)}),
		"move_in_after_a_card":  move("4", kanbanapi.CardMove{ColumnId: gone, After: ref(w.Cards["a"].Id)}),
		"create": func() error {
			_, err := ada.CreateCard(ctx, w.ID, kanbanapi.NewCard{ColumnId: gone, Title: title})
			return err
		},
		"move_all_out": func() error { _, err := ada.MoveColumnCards(ctx, w.ID, gone, w.Columns[1]); return err },
		"move_all_in":  func() error { _, err := ada.MoveColumnCards(ctx, w.ID, w.Columns[1], gone); return err },
		"rename_the_column": func() error {
			_, err := ada.UpdateColumn(ctx, w.ID, gone, 1, kanbanapi.ColumnPatch{Title: &title})
			return err
		},
		"move_the_column": func() error {
			_, err := ada.MoveColumn(ctx, w.ID, gone, kanbanapi.ColumnMove{After: &w.Columns[1]})
			return err
		},
		"collapse_the_column":     func() error { return ada.CollapseColumn(ctx, w.ID, gone) },
		"move_all_of_an_empty_in": func() error { _, err := ada.MoveColumnCards(ctx, w.ID, w.Columns[2], gone); return err },
		"label":                   func() error { _, err := ada.LabelCard(ctx, w.ID, "1", label.Id); return err },
		"unlabel":                 func() error { _, err := ada.UnlabelCard(ctx, w.ID, "1", label.Id); return err },
		"archive_several":         several(kanbanapi.CardBatch{Archive: ref(true)}, there.Id, w.Cards["a"].Id),
		"label_several":           several(kanbanapi.CardBatch{Label: &kanbanapi.LabelSwitch{Id: label.Id, On: true}}, there.Id, w.Cards["a"].Id),
		"move_several_out": several(kanbanapi.CardBatch{Move: &kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}},
			there.Id, w.Cards["a"].Id),
		"move_several_in": several(kanbanapi.CardBatch{Move: &kanbanapi.CardMove{ColumnId: gone, At: ref(kanbanapi.End)}}, there.Id),
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, change(), problem.Conflict, code)
		})
	}
	if now := must(ada.Board(ctx, w.ID))(t); now.Seq != seq {
		t.Errorf("the board went from %d to %d", seq, now.Seq)
	}
	t.Run("a_create_that_is_sent_again_still_answers", func(t *testing.T) {
		must(takeAway(ada, w, w.Columns[1]))(t)
		again, err := ada.CreateCard(ctx, w.ID, kanbanapi.NewCard{Id: &there.Id, ColumnId: there.ColumnId, Title: "d"})
		if code == "column_deleted" {
			wantProblem(t, err, problem.Conflict, "in_trash")
		} else if err != nil || again.Number != there.Number {
			t.Errorf("%+v, %v", again, err)
		}
	})
}
