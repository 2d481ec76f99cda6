package rest_test

import (
	"slices"
	"strconv"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// A batch goes back as one, each card to its own place, and forth again.
func TestABatchIsUndoneWhole(t *testing.T) {
	t.Parallel()
	for name, batch := range map[string]func(w wall, label kanbanapi.Label) kanbanapi.CardBatch{
		"move": func(w wall, _ kanbanapi.Label) kanbanapi.CardBatch {
			return kanbanapi.CardBatch{Move: to(kanbanapi.CardMove{ColumnId: w.Columns[1], After: ref(w.Cards["x"].Id)})}
		},
		"move_in_their_own_column": func(w wall, _ kanbanapi.Label) kanbanapi.CardBatch {
			return kanbanapi.CardBatch{Move: to(kanbanapi.CardMove{ColumnId: w.Columns[0], At: ref(kanbanapi.Start)})}
		},
		"archive": func(wall, kanbanapi.Label) kanbanapi.CardBatch { return kanbanapi.CardBatch{Archive: ref(true)} },
		"label": func(_ wall, l kanbanapi.Label) kanbanapi.CardBatch {
			return kanbanapi.CardBatch{Label: &kanbanapi.LabelSwitch{Id: l.Id, On: true}}
		},
		"unlabel": func(_ wall, l kanbanapi.Label) kanbanapi.CardBatch {
			return kanbanapi.CardBatch{Label: &kanbanapi.LabelSwitch{Id: l.Id}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			ada := a.person(t, "Ada")
			w := ada.spread(t)
			label := ada.label(t, w.ID, "Rain")
			if name == "unlabel" {
				must(ada.ChangeCards(t.Context(), w.ID, kanbanapi.CardBatch{CardIds: w.ids("b", "d", "z"), Label: &kanbanapi.LabelSwitch{Id: label.Id, On: true}}))(t)
			}
			before, seq := a.state(t, w.ID), must(ada.Board(t.Context(), w.ID))(t).Seq
			do := batch(w, label)
			do.CardIds = w.ids("b", "d", "z")
			must(ada.ChangeCards(t.Context(), w.ID, do))(t)
			after := a.state(t, w.ID)

			middle := seq + 2
			undone := must(ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &middle}))(t)
			if got := a.state(t, w.ID); got != before {
				t.Fatalf("undone there is\n%s, there was\n%s", got, before)
			}
			if undone.Undid.Seq != seq+1 || undone.Undid.Batch == nil || len(undone.Activities) != 3 || undone.Seq != seq+6 {
				t.Errorf("undone is %+v", undone)
			}
			for i, activity := range undone.Activities {
				if *activity.Undid != seq+1+int64(i) || *activity.Batch != *undone.Activities[0].Batch || activity.Seq != seq+4+int64(i) {
					t.Errorf("%d of the activities is %+v", i, activity)
				}
			}
			if ada.redo(t, w.ID); a.state(t, w.ID) != after {
				t.Errorf("redone there is\n%s, there was\n%s", a.state(t, w.ID), after)
			}
			if ada.undo(t, w.ID); a.state(t, w.ID) != before {
				t.Errorf("undone again there is\n%s, there was\n%s", a.state(t, w.ID), before)
			}
		})
	}
}

// One card of the batch was moved on: none goes back.
func TestABatchIsUndoneAllOrNone(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	must(p.ada.ChangeCards(t.Context(), p.ID, kanbanapi.CardBatch{CardIds: p.ids("a", "b", "c"), Move: to(kanbanapi.CardMove{ColumnId: p.Columns[1], At: ref(kanbanapi.End)})}))(t)
	p.move(t, p.grace, "2", 2)
	_, err := p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{})
	wantProblem(t, err, problem.Conflict, "changed_since")
	if got := p.ada.order(t, p.ID); !slices.Equal(got, []string{"", "a c", "b"}) {
		t.Errorf("on the wall: %q", got)
	}
}

// A column is emptied, somebody fills it anew from the top, and all come back: nobody's rank is anybody else's.
func TestUndoOfAnEmptiedColumnThatFilledMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	const many = 150
	for i := range many {
		must(p.ada.CreateCard(t.Context(), p.ID, kanbanapi.NewCard{ColumnId: p.Columns[2], Title: strconv.Itoa(i)}))(t)
	}
	must(p.ada.MoveColumnCards(t.Context(), p.ID, p.Columns[2], p.Columns[1]))(t)
	for _, title := range []string{"x", "y", "z"} {
		must(p.grace.CreateCard(t.Context(), p.ID, kanbanapi.NewCard{ColumnId: p.Columns[2], Title: title}))(t)
	}
	undone := p.ada.undo(t, p.ID)
	if len(undone.Activities) != 100 {
		t.Errorf("the answer holds %d activities", len(undone.Activities))
	}
	var want []string
	for i := range many {
		if i < 3 {
			want = append(want, []string{"x", "y", "z"}[i])
		}
		want = append(want, strconv.Itoa(i))
	}
	var got []string
	for cursor, more := "", true; more; {
		part := must(p.ada.Cards(t.Context(), p.ID, p.Columns[2], cursor, 100))(t)
		for _, card := range part.Items {
			got = append(got, card.Title)
		}
		next, err := part.NextCursor.Get()
		cursor, more = next, err == nil
	}
	if !slices.Equal(got, want) {
		t.Errorf("the column has %q, want %q", got, want)
	}
}
