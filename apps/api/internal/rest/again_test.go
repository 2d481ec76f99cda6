package rest_test

import (
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestAnIDThatIsInUse(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t)
	a.member(t, w.ID, bob, "editor")

	t.Run("for_a_board_by_a_member_who_did_not_make_it", func(t *testing.T) {
		_, err := bob.CreateBoard(t.Context(), kanbanapi.NewBoard{Id: &w.ID, Title: "Garden"})
		wantProblem(t, err, problem.Conflict, "id_taken")
	})
	t.Run("for_a_board_of_another_title", func(t *testing.T) {
		_, err := ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Id: &w.ID, Title: "Orchard"})
		wantProblem(t, err, problem.Conflict, "id_taken")
	})
	t.Run("for_a_column_of_another_title", func(t *testing.T) {
		_, err := ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Id: &w.Columns[0], Title: "Later"})
		wantProblem(t, err, problem.Conflict, "id_taken")
	})
	card := kanbanapi.NewCard{Id: newID(), ColumnId: w.Columns[0], Title: "once"}
	made := must(ada.CreateCard(t.Context(), w.ID, card))(t)
	t.Run("for_a_card_by_another_member", func(t *testing.T) {
		_, err := bob.CreateCard(t.Context(), w.ID, card)
		wantProblem(t, err, problem.Conflict, "id_taken")
	})
	for name, other := range map[string]kanbanapi.NewCard{
		"for_a_card_of_another_title":   {Id: card.Id, ColumnId: card.ColumnId, Title: "twice"},
		"for_a_card_in_another_column":  {Id: card.Id, ColumnId: w.Columns[1], Title: card.Title},
		"for_a_card_with_other_details": {Id: card.Id, ColumnId: card.ColumnId, Title: card.Title, Description: ref("more")},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.CreateCard(t.Context(), w.ID, other)
			wantProblem(t, err, problem.Conflict, "id_taken")
		})
	}
	again := func(t *testing.T) {
		t.Helper()
		if got := must(ada.CreateCard(t.Context(), w.ID, card))(t); got.Number != made.Number {
			t.Errorf("%+v", got)
		}
	}
	t.Run("for_a_card_that_others_moved_and_edited_since_answers_with_it", func(t *testing.T) {
		end, title := kanbanapi.End, "once, and better"
		must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: &end}))(t)
		must(bob.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: &title}))(t)
		again(t)
	})
	t.Run("for_a_card_in_the_archive_answers_with_it", func(t *testing.T) {
		must(bob.ArchiveCard(t.Context(), w.ID, "1"))(t)
		again(t)
	})
	t.Run("for_a_card_in_the_trash", func(t *testing.T) {
		if _, err := bob.DeleteCard(t.Context(), w.ID, "1", 2); err != nil {
			t.Fatal(err)
		}
		_, err := ada.CreateCard(t.Context(), w.ID, card)
		wantProblem(t, err, problem.Conflict, "in_trash")
	})
}

// A dump from before somebody's first visit is restored while the process remembers having met them.
func TestAPersonTheDatabaseForgotIsWrittenAgain(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	must(ada.Me(t.Context()))(t)
	a.exec(t, `DELETE FROM people`)
	must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden"}))(t)
}

func TestAPersonTheDatabaseForgotJoinsByAnInvitation(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	a.exec(t, `DELETE FROM people WHERE id = $1`, i.eve.ID)
	must(i.eve.AcceptInvitation(t.Context(), i.bySecret()))(t)
	if got := i.roles(t, i.eve); got != "Ada owner, Bob editor, Vic viewer, Eve editor" {
		t.Error(got)
	}
}

func TestACursorNamesOnlyBoardsOfOnesOwn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	for range 2 {
		must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden"}))(t)
	}
	must(bob.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Orchard"}))(t)
	foreign := must(ada.Boards(t.Context(), "", 1))(t).NextCursor.MustGet()
	_, err := bob.Boards(t.Context(), foreign, 1)
	known := wantProblem(t, err, problem.Invalid, "validation_failed")
	_, err = bob.Boards(t.Context(), "AZkPPoocfU6bCl9tPCsaAA", 1) // of no board at all
	unknown := wantProblem(t, err, problem.Invalid, "validation_failed")
	if len(known.Errors) != 1 || known.Errors[0].Field != "cursor" || known.Detail != unknown.Detail {
		t.Errorf("a foreign board's cursor: %+v; nobody's: %+v", known, unknown)
	}
}
