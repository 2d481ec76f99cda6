package rest_test

import (
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// making is a create that can be sent again: it answers with the seq of the last of so many activities.
type making struct {
	send  func() (int64, error)
	verb  kanbanapi.Verb
	count int64
}

// makings are ways to make something called x on a board, and beside it something called y.
func makings(t *testing.T, p *person, w wall) map[string]making {
	t.Helper()
	card := kanbanapi.NewCard{Id: newID(), ColumnId: w.Columns[0], Title: "x"}
	cards := kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: []kanbanapi.NewCardLine{{Id: newID(), Title: "x"}, {Id: newID(), Title: "y"}}}
	column := kanbanapi.NewColumn{Id: newID(), Title: "x"}
	columns := []kanbanapi.NewColumn{{Id: newID(), Title: "x"}, {Id: newID(), Title: "y"}}
	label := kanbanapi.NewLabel{Id: newID(), Name: "x", Hue: kanbanapi.Red}
	return map[string]making{
		"a_card": {func() (int64, error) {
			made, err := p.CreateCard(t.Context(), w.ID, card)
			return made.Seq, err
		}, kanbanapi.CardCreated, 1},
		"several_cards": {func() (int64, error) {
			made, err := p.CreateCards(t.Context(), w.ID, cards)
			for _, card := range made.Cards {
				if card.Seq != made.Seq {
					t.Errorf("a list at %d has a card at %d", made.Seq, card.Seq)
				}
			}
			return made.Seq, err
		}, kanbanapi.CardCreated, 2},
		"a_column": {func() (int64, error) {
			made, err := p.CreateColumn(t.Context(), w.ID, column)
			return made.Seq, err
		}, kanbanapi.ColumnCreated, 1},
		"several_columns": {func() (int64, error) {
			made, err := p.CreateColumns(t.Context(), w.ID, columns...)
			return made.Seq, err
		}, kanbanapi.ColumnCreated, 2},
		"a_label": {func() (int64, error) {
			made, err := p.CreateLabel(t.Context(), w.ID, label)
			return made.Seq, err
		}, kanbanapi.LabelCreated, 1},
	}
}

// A create whose answer was lost is sent again. Whatever has been done on the board meanwhile, by oneself too, its answer says by what
// it was made: an undo of that takes back what was made, and nothing else.
func TestWhatIsMadeAgainIsTakenBackByItsOwnSeq(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	for _, name := range []string{"a_card", "several_cards", "a_column", "several_columns", "a_label"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ada.wall(t, "a", "b")
			a.member(t, w.ID, bob, "editor")
			made := makings(t, ada, w)[name]
			first := must(made.send())(t)
			must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
			last := must(bob.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t).Seq

			again := must(made.send())(t)
			if now := must(ada.Board(t.Context(), w.ID))(t).Seq; again != first || now != last {
				t.Fatalf("made at %d, again at %d, and the board went from %d to %d", first, again, last, now)
			}
			done := must(ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &again}))(t)
			if done.Undid.Verb != made.verb || done.Undid.Seq != first-made.count+1 || done.Seq != last+made.count {
				t.Errorf("undone is %+v, want %s at %d", done, made.verb, first)
			}
		})
	}
}

// What somebody has changed meanwhile is as it is by now, and was made when it was: the undo is refused, and says by whom.
func TestWhatWasChangedIsMadeAgainByItsOwnSeq(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	for name, c := range map[string]struct {
		made   string
		change func(t *testing.T, w wall) error
	}{
		"a_card_that_was_edited": {"a_card", func(t *testing.T, w wall) error {
			return refusalOf(bob.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("another")}))
		}},
		"a_card_that_was_moved": {"a_card", func(t *testing.T, w wall) error {
			return refusalOf(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))
		}},
		"a_card_that_was_archived": {"a_card", func(t *testing.T, w wall) error {
			return refusalOf(bob.ArchiveCard(t.Context(), w.ID, "1"))
		}},
		"several_cards_of_which_one_was_moved": {"several_cards", func(t *testing.T, w wall) error {
			return refusalOf(bob.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))
		}},
		"a_column_that_was_edited": {"a_column", func(t *testing.T, w wall) error {
			return refusalOf(bob.UpdateColumn(t.Context(), w.ID, bob.fourth(t, w), 1, kanbanapi.ColumnPatch{Title: ref("another")}))
		}},
		"a_column_that_was_moved": {"a_column", func(t *testing.T, w wall) error {
			return refusalOf(bob.MoveColumn(t.Context(), w.ID, bob.fourth(t, w), kanbanapi.ColumnMove{Before: &w.Columns[0]}))
		}},
		"a_column_that_was_archived": {"a_column", func(t *testing.T, w wall) error {
			return refusalOf(bob.ArchiveColumn(t.Context(), w.ID, bob.fourth(t, w)))
		}},
		"several_columns_of_which_one_has_a_card": {"several_columns", func(t *testing.T, w wall) error {
			return refusalOf(bob.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: bob.fourth(t, w), Title: "in it"}))
		}},
		"a_label_that_was_edited": {"a_label", func(t *testing.T, w wall) error {
			label := must(bob.Labels(t.Context(), w.ID))(t).Items[0].Id
			return refusalOf(bob.UpdateLabel(t.Context(), w.ID, label, 1, kanbanapi.LabelPatch{Name: ref("another")}))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ada.wall(t)
			a.member(t, w.ID, bob, "editor")
			made := makings(t, ada, w)[c.made]
			first := must(made.send())(t)
			if err := c.change(t, w); err != nil {
				t.Fatal(err)
			}
			before := a.state(t, w.ID)

			again := must(made.send())(t)
			if again != first {
				t.Fatalf("made at %d, again at %d", first, again)
			}
			_, err := ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &again})
			refused := wantProblem(t, err, problem.Conflict, "changed_since")
			if of, ok := refused.Current.(map[string]any); !ok || of["seq"] != float64(first-made.count+1) {
				t.Errorf("refused is %v, want that at %d", refused.Current, first)
			}
			if now := a.state(t, w.ID); now != before {
				t.Errorf("there is\n%s, there was\n%s", now, before)
			}
		})
	}
}

// fourth is the column that was added behind the wall's three.
func (p *person) fourth(t *testing.T, w wall) uuid.UUID {
	t.Helper()
	return must(p.Board(t.Context(), w.ID))(t).Columns[3].Id
}

// What was made and undone is in the trash, as is what was deleted. Redone, it was made when it was, and that is undone already.
func TestWhatWasUndoneIsMadeAgainByItsOwnSeq(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	for _, name := range []string{"a_card", "several_cards", "a_column", "several_columns"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ada.wall(t)
			made := makings(t, ada, w)[name]
			first := must(made.send())(t)
			ada.undo(t, w.ID)
			_, err := made.send()
			wantProblem(t, err, problem.Conflict, "in_trash")
			ada.redo(t, w.ID)
			again := must(made.send())(t)
			if again != first {
				t.Errorf("made at %d, again at %d", first, again)
			}
			_, err = ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &again})
			wantProblem(t, err, problem.Conflict, "nothing_to_undo")
		})
	}
}

// A label has no trash: one that is gone is made anew, by an activity that is then its own.
func TestALabelThatCameBackIsMadeAgainByWhatBroughtIt(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	made := makings(t, ada, w)["a_label"]
	for name, comesBack := range map[string]func() int64{
		"redone":    func() int64 { return ada.redo(t, w.ID).Seq },
		"made_anew": func() int64 { return must(made.send())(t) },
	} {
		t.Run(name, func(t *testing.T) {
			first := must(made.send())(t)
			ada.undo(t, w.ID)
			back := comesBack()
			if again := must(made.send())(t); again != back || back == first {
				t.Errorf("made at %d, back at %d, again at %d", first, back, again)
			}
			if done := must(ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &back}))(t); done.Undid.Seq != back {
				t.Errorf("undone is %+v, want that at %d", done, back)
			}
		})
	}
}
