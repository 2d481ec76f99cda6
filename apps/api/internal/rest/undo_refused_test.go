package rest_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// pair is a board with Ada as its owner and Grace as an editor, who don't do the same.
type pair struct {
	*api
	ada, grace *person
	wall
	rain uuid.UUID // a label, on card c
}

func newPair(t *testing.T) pair {
	t.Helper()
	a := setup(t)
	p := pair{api: a, ada: a.person(t, "Ada"), grace: a.person(t, "Grace Hopper")}
	p.wall = p.ada.wall(t, "a", "b", "c")
	a.member(t, p.ID, p.grace, "owner")
	p.rain = p.ada.label(t, p.ID, "Rain").Id
	must(p.ada.LabelCard(t.Context(), p.ID, "3", p.rain))(t)
	return p
}

func (p pair) move(t *testing.T, who *person, card string, column int) {
	t.Helper()
	must(who.MoveCard(t.Context(), p.ID, card, kanbanapi.CardMove{ColumnId: p.Columns[column], At: ref(kanbanapi.End)}))(t)
}

func (p pair) remove(t *testing.T, who *person, card string, version int) {
	t.Helper()
	if _, err := who.DeleteCard(t.Context(), p.ID, card, version); err != nil {
		t.Fatal(err)
	}
}

// rename gives the first card a title.
func (p pair) rename(t *testing.T, who *person, title string) {
	t.Helper()
	now := must(who.Card(t.Context(), p.ID, "1"))(t)
	must(who.UpdateCard(t.Context(), p.ID, "1", now.Version, kanbanapi.CardPatch{Title: &title}))(t)
}

// What Ada did last is refused after what Grace did, naming her and it; undone by her, it can be undone.
func TestUndoIsRefusedForWhatSomebodyChangedSince(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, c := range map[string]struct {
		ada, grace func(t *testing.T, p pair)
		says       string
	}{
		"a_move": {
			func(t *testing.T, p pair) { p.move(t, p.ada, "1", 1) },
			func(t *testing.T, p pair) { p.move(t, p.grace, "1", 2) }, "Grace Hopper moved this card to “Done”",
		},
		"a_move_of_a_card_that_is_in_the_archive_now": {
			func(t *testing.T, p pair) { p.move(t, p.ada, "1", 1) },
			func(t *testing.T, p pair) { must(p.grace.ArchiveCard(ctx, p.ID, "1"))(t) }, "Grace Hopper archived this card",
		},
		"an_edit_of_a_card_that_is_in_the_trash_now": {
			func(t *testing.T, p pair) { p.rename(t, p.ada, "A") },
			func(t *testing.T, p pair) { p.remove(t, p.grace, "1", 2) }, "Grace Hopper deleted this card",
		},
		"an_archiving": {
			func(t *testing.T, p pair) { must(p.ada.ArchiveCard(ctx, p.ID, "1"))(t) },
			func(t *testing.T, p pair) { must(p.grace.RestoreCard(ctx, p.ID, "1"))(t) }, "Grace Hopper brought this card back",
		},
		"a_new_card": {
			func(t *testing.T, p pair) {
				must(p.ada.CreateCard(ctx, p.ID, kanbanapi.NewCard{ColumnId: p.Columns[0], Title: "d"}))(t)
			},
			func(t *testing.T, p pair) {
				must(p.grace.UpdateCard(ctx, p.ID, "4", 1, kanbanapi.CardPatch{Title: ref("D"), Description: ref("words")}))(t)
			}, "Grace Hopper changed this card's description and title",
		},
		"a_new_column_with_cards_now": {
			func(t *testing.T, p pair) { must(p.ada.CreateColumn(ctx, p.ID, kanbanapi.NewColumn{Title: "New"}))(t) },
			func(t *testing.T, p pair) {
				column := must(p.grace.Board(ctx, p.ID))(t).Columns[3].Id
				must(p.grace.CreateCard(ctx, p.ID, kanbanapi.NewCard{ColumnId: column, Title: "d"}))(t)
			}, "Grace Hopper put a card into this column",
		},
		"a_column": {
			func(t *testing.T, p pair) {
				must(p.ada.UpdateColumn(ctx, p.ID, p.Columns[0], 1, kanbanapi.ColumnPatch{Kind: ref(kanbanapi.Done)}))(t)
			},
			func(t *testing.T, p pair) {
				must(p.grace.UpdateColumn(ctx, p.ID, p.Columns[0], 2, kanbanapi.ColumnPatch{Kind: ref(kanbanapi.Backlog)}))(t)
			}, "Grace Hopper changed this column's kind",
		},
		"a_new_name_of_a_column_in_the_trash": {
			func(t *testing.T, p pair) {
				must(p.ada.UpdateColumn(ctx, p.ID, p.Columns[0], 1, kanbanapi.ColumnPatch{Title: ref("Now")}))(t)
			},
			func(t *testing.T, p pair) { must(p.grace.DeleteColumn(ctx, p.ID, p.Columns[0], 2))(t) }, "Grace Hopper deleted this column",
		},
		"a_column's_place": {
			func(t *testing.T, p pair) {
				must(p.ada.MoveColumn(ctx, p.ID, p.Columns[0], kanbanapi.ColumnMove{After: &p.Columns[2]}))(t)
			},
			func(t *testing.T, p pair) { must(p.grace.ArchiveColumn(ctx, p.ID, p.Columns[0]))(t) }, "Grace Hopper archived this column",
		},
		"a_label_on_a_card": {
			func(t *testing.T, p pair) { must(p.ada.LabelCard(ctx, p.ID, "1", p.rain))(t) },
			func(t *testing.T, p pair) { must(p.grace.UnlabelCard(ctx, p.ID, "1", p.rain))(t) }, "Grace Hopper took this label off this card",
		},
		"a_label_that_is_deleted_now": {
			func(t *testing.T, p pair) { must(p.ada.LabelCard(ctx, p.ID, "1", p.rain))(t) },
			func(t *testing.T, p pair) {
				if _, err := p.grace.DeleteLabel(ctx, p.ID, p.rain, 1); err != nil {
					t.Fatal(err)
				}
			}, "Grace Hopper deleted this label",
		},
		"a_new_label_that_is_on_cards_now": {
			func(t *testing.T, p pair) {
				must(p.ada.CreateLabel(ctx, p.ID, kanbanapi.NewLabel{Name: "Sun", Hue: kanbanapi.Red}))(t)
			},
			func(t *testing.T, p pair) {
				sun := must(p.grace.Labels(ctx, p.ID))(t).Items[1].Id
				must(p.grace.LabelCard(ctx, p.ID, "1", sun))(t)
			}, "Grace Hopper put this label on a card",
		},
		"a_label": {
			func(t *testing.T, p pair) {
				must(p.ada.UpdateLabel(ctx, p.ID, p.rain, 1, kanbanapi.LabelPatch{Hue: ref(kanbanapi.Red)}))(t)
			},
			func(t *testing.T, p pair) {
				must(p.grace.UpdateLabel(ctx, p.ID, p.rain, 2, kanbanapi.LabelPatch{Hue: ref(kanbanapi.Pink)}))(t)
			}, "Grace Hopper changed this label's colour",
		},
		"a_board's_title": {
			func(t *testing.T, p pair) {
				must(p.ada.UpdateBoard(ctx, p.ID, 1, kanbanapi.BoardPatch{Title: ref("One")}))(t)
			},
			func(t *testing.T, p pair) {
				must(p.grace.UpdateBoard(ctx, p.ID, 2, kanbanapi.BoardPatch{Title: ref("Two")}))(t)
			},
			"Grace Hopper renamed this board",
		},
		"what_one_changed_oneself_in_another_browser": {
			func(t *testing.T, p pair) { p.move(t, p.ada, "1", 1) },
			func(t *testing.T, p pair) { p.move(t, p.signedIn(t, p.ada), "1", 2) }, "You moved this card to “Done”",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			first := p.state(t, p.ID)
			c.ada(t, p)
			c.grace(t, p)
			now, seq := p.state(t, p.ID), must(p.ada.Board(ctx, p.ID))(t).Seq

			_, err := p.ada.Undo(ctx, p.ID, kanbanapi.UndoWhich{})
			doc := wantProblem(t, err, problem.Conflict, "changed_since")
			if want := c.says + " since. Nothing was undone."; doc.Detail != want {
				t.Errorf("it says %q, not %q", doc.Detail, want)
			}
			if refused, told := kanbanapi.NotTakenBack(err); !told || refused != seq-1 {
				t.Errorf("refused was %d (%v) of %d", refused, told, seq)
			}
			if p.state(t, p.ID) != now || must(p.ada.Board(ctx, p.ID))(t).Seq != seq {
				t.Error("something was done all the same")
			}
			if name == "what_one_changed_oneself_in_another_browser" {
				return
			}
			p.grace.undo(t, p.ID)
			p.ada.undo(t, p.ID)
			if name != "a_new_card" && name != "a_new_column_with_cards_now" { // which went to the trash
				if got := p.state(t, p.ID); got != first {
					t.Errorf("in the end there is\n%s, in the beginning there was\n%s", got, first)
				}
			}
		})
	}
}

// Grace archived the card and brought it back: what Ada did to it before can be undone.
func TestUndoOfWhatWasAwayForAWhile(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.rename(t, p.ada, "A")
	must(p.grace.ArchiveCard(t.Context(), p.ID, "1"))(t)
	must(p.grace.RestoreCard(t.Context(), p.ID, "1"))(t)
	p.ada.undo(t, p.ID)
	if got := p.ada.order(t, p.ID)[0]; got != "a b c" {
		t.Errorf("on the wall: %q", got)
	}
}

// A card goes into the trash out of the archive, and back into the archive; a restored one back to where it was.
func TestUndoPutsACardBackIntoTheArchiveOrTheTrash(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	states := []string{p.state(t, p.ID)}
	must(p.ada.ArchiveCard(t.Context(), p.ID, "1"))(t)
	states = append(states, p.state(t, p.ID))
	p.remove(t, p.ada, "1", 1)
	states = append(states, p.state(t, p.ID))
	must(p.ada.RestoreCard(t.Context(), p.ID, "1"))(t)
	end := p.state(t, p.ID)
	for range 2 {
		for i := len(states) - 1; i >= 0; i-- {
			if p.ada.undo(t, p.ID); p.state(t, p.ID) != states[i] {
				t.Fatalf("back at %d there is\n%s, there was\n%s", i, p.state(t, p.ID), states[i])
			}
		}
		for _, want := range append(states[1:len(states):len(states)], end) {
			if p.ada.redo(t, p.ID); p.state(t, p.ID) != want {
				t.Fatalf("redone there is\n%s, there was\n%s", p.state(t, p.ID), want)
			}
		}
	}
}

// Ada's redo would bring back a title over what Grace's undo made of it.
func TestARedoIsRefusedForWhatSomebodyUndidSince(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.rename(t, p.grace, "A")
	p.rename(t, p.ada, "Æ")
	p.ada.undo(t, p.ID)
	p.grace.undo(t, p.ID)
	_, err := p.ada.Redo(t.Context(), p.ID, kanbanapi.UndoWhich{})
	doc := wantProblem(t, err, problem.Conflict, "changed_since")
	if doc.Detail != "Grace Hopper changed this card's title since. Nothing was redone." {
		t.Errorf("it says %q", doc.Detail)
	}
	p.grace.redo(t, p.ID)
	p.ada.redo(t, p.ID)
	if got := p.ada.order(t, p.ID)[0]; got != "Æ b c" {
		t.Errorf("on the wall: %q", got)
	}
}

// A place that somebody took meanwhile is the nearest one below.
func TestUndoOfAMoveWhosePlaceIsTaken(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.move(t, p.ada, "2", 1)
	must(p.ada.MoveColumn(t.Context(), p.ID, p.Columns[1], kanbanapi.ColumnMove{After: &p.Columns[2]}))(t)
	// Grace's card comes exactly where b was, and her column where Doing was.
	must(p.grace.CreateCard(t.Context(), p.ID, kanbanapi.NewCard{ColumnId: p.Columns[2], Title: "x"}))(t)
	must(p.grace.MoveCard(t.Context(), p.ID, "4", kanbanapi.CardMove{ColumnId: p.Columns[0], After: ref(p.Cards["a"].Id)}))(t)
	p.exec(t, `UPDATE cards SET rank = (SELECT was ->> 'rank' FROM activity WHERE board_id = $1 AND verb = 'card_moved' ORDER BY seq LIMIT 1)
		WHERE board_id = $1 AND number = 4`, p.ID)
	p.exec(t, `UPDATE columns SET rank = (SELECT was ->> 'rank' FROM activity WHERE board_id = $1 AND verb = 'column_moved')
		WHERE board_id = $1 AND id = $2`, p.ID, p.Columns[2])
	p.ada.undo(t, p.ID)
	p.ada.undo(t, p.ID)
	if got := p.ada.order(t, p.ID); got[0] != "a x b c" || got[1] != "" || must(p.ada.Board(t.Context(), p.ID))(t).Columns[2].Id != p.Columns[1] {
		t.Errorf("on the wall: %q", got)
	}
}

func TestUndoOfWhatIsGoneOrShut(t *testing.T) {
	t.Parallel()
	refuses := func(t *testing.T, p pair, kind problem.Kind, code string) {
		t.Helper()
		before := p.state(t, p.ID)
		_, err := p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{})
		wantProblem(t, err, kind, code)
		if p.state(t, p.ID) != before {
			t.Error("something was done all the same")
		}
	}
	t.Run("a_card_that_is_gone_for_good_is_passed_over", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		p.rename(t, p.ada, "A")
		p.remove(t, p.ada, "3", 1)
		p.exec(t, `DELETE FROM cards WHERE board_id = $1 AND number = 3`, p.ID)
		deleted := must(p.ada.Board(t.Context(), p.ID))(t).Seq
		_, err := p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{Seq: &deleted})
		wantProblem(t, err, problem.Conflict, "nothing_to_undo")
		if got := p.ada.undo(t, p.ID).Undid.Verb; got != kanbanapi.CardEdited {
			t.Errorf("undone was %s", got)
		}
	})
	t.Run("a_label_comes_back_on_the_cards_that_are_left", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		must(p.ada.LabelCard(t.Context(), p.ID, "1", p.rain))(t)
		if _, err := p.ada.DeleteLabel(t.Context(), p.ID, p.rain, 1); err != nil {
			t.Fatal(err)
		}
		p.exec(t, `DELETE FROM cards WHERE board_id = $1 AND number = 3`, p.ID)
		p.ada.undo(t, p.ID)
		labels := must(p.ada.Labels(t.Context(), p.ID))(t).Items
		if len(labels) != 1 || labels[0].Id != p.rain || labels[0].CardCount != 1 || labels[0].Version != 2 {
			t.Errorf("the labels are %+v", labels)
		}
	})
	t.Run("what_was_is_told_no_longer", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		p.rename(t, p.ada, "A")
		p.exec(t, `UPDATE activity SET was = '{}', became = '{}' WHERE board_id = $1`, p.ID)
		refuses(t, p, problem.Conflict, "nothing_to_undo")
	})
	t.Run("the_column_is_in_the_archive", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		p.move(t, p.ada, "1", 1)
		must(p.grace.ArchiveColumn(t.Context(), p.ID, p.Columns[0]))(t)
		refuses(t, p, problem.Conflict, "column_archived")
		must(p.grace.RestoreColumn(t.Context(), p.ID, p.Columns[0]))(t)
		must(p.grace.ArchiveColumn(t.Context(), p.ID, p.Columns[1]))(t)
		refuses(t, p, problem.Conflict, "column_archived")
	})
	t.Run("the_column_is_in_the_trash", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		p.move(t, p.ada, "1", 1)
		must(p.grace.DeleteColumn(t.Context(), p.ID, p.Columns[0], 1))(t)
		refuses(t, p, problem.Conflict, "column_deleted")
		must(p.grace.RestoreColumn(t.Context(), p.ID, p.Columns[0]))(t)
		must(p.grace.DeleteColumn(t.Context(), p.ID, p.Columns[1], 1))(t)
		refuses(t, p, problem.Conflict, "column_deleted")
	})
	t.Run("the_column_is_gone_for_good", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		p.move(t, p.ada, "1", 1)
		p.exec(t, `DELETE FROM columns WHERE board_id = $1 AND id = $2`, p.ID, p.Columns[0])
		refuses(t, p, problem.NotFound, "column_not_found")
	})
	t.Run("the_board_is_in_the_archive", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		must(p.grace.ArchiveBoard(t.Context(), p.ID))(t)
		refuses(t, p, problem.Conflict, "board_archived")
		p.grace.undo(t, p.ID)
		p.grace.redo(t, p.ID)
		refuses(t, p, problem.Conflict, "board_archived")
		p.grace.undo(t, p.ID)
		p.ada.undo(t, p.ID)
	})
	t.Run("a_name_that_another_label_has_now", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		must(p.ada.UpdateLabel(t.Context(), p.ID, p.rain, 1, kanbanapi.LabelPatch{Name: ref("Snow")}))(t)
		p.grace.label(t, p.ID, "Rain")
		refuses(t, p, problem.Conflict, "name_taken")
	})
	t.Run("what_only_owners_may_by_one_who_is_none_now", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		must(p.ada.UpdateBoard(t.Context(), p.ID, 1, kanbanapi.BoardPatch{Title: ref("Orchard")}))(t)
		p.exec(t, `UPDATE members SET role = 'editor' WHERE person_id = $1`, p.ada.ID)
		refuses(t, p, problem.Forbidden, "owners_only")
		p.exec(t, `UPDATE members SET role = 'viewer' WHERE person_id = $1`, p.ada.ID)
		refuses(t, p, problem.Forbidden, "read_only")
	})
	t.Run("archiving_by_one_who_is_no_owner_now", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		must(p.ada.ArchiveBoard(t.Context(), p.ID))(t)
		p.exec(t, `UPDATE members SET role = 'editor' WHERE person_id = $1`, p.ada.ID)
		refuses(t, p, problem.Forbidden, "owners_only")
	})
	t.Run("by_somebody_who_left", func(t *testing.T) {
		t.Parallel()
		p := newPair(t)
		p.move(t, p.ada, "1", 1)
		p.move(t, p.grace, "1", 2)
		leave(t, p.grace)
		_, err := p.grace.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{})
		wantProblem(t, err, problem.NotFound, "board_not_found")
		_, err = p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{})
		if doc := wantProblem(t, err, problem.Conflict, "changed_since"); doc.Detail != "Former member moved this card to “Done” since. Nothing was undone." {
			t.Errorf("it says %q", doc.Detail)
		}
	})
	t.Run("a_board_begins_with_what_nobody_undoes", func(t *testing.T) {
		t.Parallel()
		ada := setup(t).person(t, "Ada")
		board := must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden", Template: ref(kanbanapi.Sample)}))(t)
		_, err := ada.Undo(t.Context(), board.Id, kanbanapi.UndoWhich{})
		wantProblem(t, err, problem.Conflict, "nothing_to_undo")
	})
}

// Two tabs undo at once: what is named once is undone once, and unnamed, each undoes another.
func TestTwoUndosAtOnce(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	board := p.ID
	for range 10 {
		p.move(t, p.ada, "1", 1)
		last := must(p.ada.Board(t.Context(), board))(t).Seq
		var won [2]bool
		var group errgroup.Group
		for i := range won {
			group.Go(func() error {
				_, err := p.ada.Undo(t.Context(), board, kanbanapi.UndoWhich{Seq: &last})
				if won[i] = err == nil; met(err, "nothing_to_undo") {
					return nil
				}
				return err
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if won[0] == won[1] {
			t.Fatalf("both or none: %v", won)
		}
		p.move(t, p.ada, "1", 1)
		p.move(t, p.ada, "1", 2)
		var undone [2]int64
		for i := range undone {
			group.Go(func() error {
				done, err := p.ada.Undo(t.Context(), board, kanbanapi.UndoWhich{})
				undone[i] = done.Undid.Seq
				return err
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if got := p.ada.order(t, board)[0]; undone[0] == undone[1] || got != "a b c" {
			t.Fatalf("undone were %v, on the wall: %q", undone, got)
		}
	}
}

// What is out is told so, and then what was done before it is taken back.
func TestAnInvitationIsNotUndoneAndStandsInNoWay(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.rename(t, p.ada, "A")
	must(p.ada.Invite(t.Context(), p.ID, kanbanapi.NewInvitation{Email: "carol@example.org", Role: kanbanapi.Editor}))(t)
	_, err := p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{})
	wantProblem(t, err, problem.Conflict, "cannot_undo")
	invited, _ := kanbanapi.NotTakenBack(err)
	if undone := must(p.ada.Undo(t.Context(), p.ID, kanbanapi.UndoWhich{Before: &invited}))(t); undone.Undid.Verb != kanbanapi.CardEdited {
		t.Errorf("undone was %s", undone.Undid.Verb)
	}
}
