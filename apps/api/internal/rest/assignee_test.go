package rest_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func sorted(ids ...uuid.UUID) []uuid.UUID {
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return ids
}

// assignees reads who is to do a card, wherever that is told.
func (p *person) assignees(t *testing.T, w wall, title string) []uuid.UUID {
	t.Helper()
	card := must(p.Card(t.Context(), w.ID, w.Cards[title].Id.String()))(t)
	for _, column := range must(p.Board(t.Context(), w.ID))(t).Columns {
		listed := must(p.Cards(t.Context(), w.ID, column.Id, "", 0))(t).Items
		for i, summary := range column.Cards {
			if summary.Id == card.Id && (!slices.Equal(summary.AssigneeIds, card.AssigneeIds) || !slices.Equal(listed[i].AssigneeIds, card.AssigneeIds)) {
				t.Errorf("the card says %v, the board %v, the column %v", card.AssigneeIds, summary.AssigneeIds, listed[i].AssigneeIds)
			}
		}
	}
	return card.AssigneeIds
}

func TestAssign(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "a", "b")
	must(c.bob.AssignCard(t.Context(), c.ID, "1", c.vic.ID))(t)
	card := must(c.bob.AssignCard(t.Context(), c.ID, "1", c.ada.ID))(t)
	both := sorted(c.ada.ID, c.vic.ID)
	if !slices.Equal(card.AssigneeIds, both) || card.Version != 1 || card.Seq != a.seq(t, c.ID) || !slices.Equal(c.vic.assignees(t, c.wall, "a"), both) {
		t.Errorf("%+v", card)
	}
	for name, answer := range map[string]kanbanapi.Card{
		"edited":   must(c.ada.UpdateCard(t.Context(), c.ID, "1", 1, kanbanapi.CardPatch{Title: ref("A")}))(t),
		"moved":    must(c.ada.MoveCard(t.Context(), c.ID, "1", kanbanapi.CardMove{ColumnId: c.Columns[1], At: ref(kanbanapi.End)}))(t),
		"archived": must(c.ada.ArchiveCard(t.Context(), c.ID, "1"))(t),
		"restored": must(c.ada.RestoreCard(t.Context(), c.ID, "1"))(t),
	} {
		if !slices.Equal(answer.AssigneeIds, both) {
			t.Errorf("%s: %v", name, answer.AssigneeIds)
		}
	}
	before := a.seq(t, c.ID)
	must(c.ada.AssignCard(t.Context(), c.ID, "1", c.ada.ID))(t)
	must(c.ada.UnassignCard(t.Context(), c.ID, "2", c.ada.ID))(t)
	if now := a.seq(t, c.ID); now != before {
		t.Errorf("what is so already took the board from %d to %d", before, now)
	}
	if card = must(c.ada.UnassignCard(t.Context(), c.ID, "1", c.ada.ID))(t); !slices.Equal(card.AssigneeIds, []uuid.UUID{c.vic.ID}) {
		t.Errorf("%v", card.AssigneeIds)
	}
	told := must(c.ada.Activity(t.Context(), c.ID, before, 0))(t).Items
	if len(told) != 1 || told[0].Verb != kanbanapi.CardUnassigned || told[0].Person.Name != "Ada" || *told[0].CardId != card.Id {
		t.Errorf("told as %+v", told)
	}
}

func TestAssignIsRefused(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t, "a", "away")
	must(c.ada.ArchiveCard(t.Context(), c.ID, "2"))(t)
	for name, r := range map[string]struct {
		err  error
		kind problem.Kind
		code string
	}{
		"for_who_is_not_on_the_board": {refusalOf(c.ada.AssignCard(t.Context(), c.ID, "1", c.eve.ID)), problem.NotFound, "member_not_found"},
		"to_a_viewer":                 {refusalOf(c.vic.AssignCard(t.Context(), c.ID, "1", c.vic.ID)), problem.Forbidden, "read_only"},
		"to_an_outsider":              {refusalOf(c.eve.AssignCard(t.Context(), c.ID, "1", c.ada.ID)), problem.NotFound, "board_not_found"},
		"with_a_card_in_the_archive":  {refusalOf(c.ada.AssignCard(t.Context(), c.ID, "2", c.ada.ID)), problem.Conflict, "archived"},
		"with_a_card_that_is_not":     {refusalOf(c.ada.AssignCard(t.Context(), c.ID, "9", c.ada.ID)), problem.NotFound, "card_not_found"},
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, r.err, r.kind, r.code) })
	}
}

func TestABatchIsAssigned(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "a", "b", "c")
	must(c.ada.AssignCard(t.Context(), c.ID, "2", c.bob.ID))(t)
	before := a.seq(t, c.ID)
	batch := kanbanapi.CardBatch{CardIds: c.ids("a", "b", "c"), Assign: &kanbanapi.AssigneeSwitch{Id: c.bob.ID, On: true}}
	done := must(c.ada.ChangeCards(t.Context(), c.ID, batch))(t)
	for _, card := range done.Cards {
		if !slices.Equal(card.AssigneeIds, []uuid.UUID{c.bob.ID}) {
			t.Errorf("%+v", card)
		}
	}
	if done.Seq != before+2 {
		t.Errorf("from %d to %d", before, done.Seq)
	}
	c.ada.undo(t, c.ID)
	if one, two := c.ada.assignees(t, c.wall, "a"), c.ada.assignees(t, c.wall, "b"); len(one) != 0 || len(two) != 1 {
		t.Errorf("undone: %v, %v", one, two)
	}
	batch.Assign.Id = c.eve.ID
	wantProblem(t, refusalOf(c.ada.ChangeCards(t.Context(), c.ID, batch)), problem.NotFound, "member_not_found")
}

// Whoever goes, in whichever way, is to do nothing any more, in the same transaction; undoing the removal gives it all back.
func TestWhoeverGoesIsToDoNothingAnyMore(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(*testing.T, crew){
		"removed": func(t *testing.T, c crew) { must(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID))(t) },
		"left":    func(t *testing.T, c crew) { must(c.bob.LeaveBoard(t.Context(), c.ID))(t) },
		"left_for_good": func(t *testing.T, c crew) {
			if err := c.bob.DeleteMe(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			c := a.crew(t, "a", "b")
			must(c.ada.AssignCard(t.Context(), c.ID, "1", c.bob.ID))(t)
			must(c.ada.AssignCard(t.Context(), c.ID, "1", c.vic.ID))(t)
			before := a.seq(t, c.ID)
			goes(t, c)
			told := must(c.ada.Activity(t.Context(), c.ID, before, 0))(t).Items
			if got := c.ada.assignees(t, c.wall, "a"); !slices.Equal(got, []uuid.UUID{c.vic.ID}) || len(told) != 1 {
				t.Fatalf("to do it: %v, told: %+v", got, told)
			}
			cards, _ := told[0].Before["card_ids"].([]any)
			if len(cards) != 1 || cards[0] != c.Cards["a"].Id.String() || told[0].Person == nil || told[0].Person.Id != c.bob.ID {
				t.Errorf("told as %+v", told[0])
			}
			wantProblem(t, refusalOf(c.bob.Card(t.Context(), c.ID, "1")), problem.NotFound, "board_not_found")
			if got := c.roles(t, c.ada); got != "Ada owner, Vic viewer" {
				t.Error(got)
			}
			if name == "removed" {
				c.ada.undo(t, c.ID)
				if got := c.bob.assignees(t, c.wall, "a"); !slices.Equal(got, sorted(c.bob.ID, c.vic.ID)) {
					t.Errorf("undone: %v", got)
				}
			}
		})
	}
}

// What was done with somebody who was taken off since isn't undone as if they were there.
func TestAnAssigneeWhoLeftIsNotBroughtBackByUndoing(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "a")
	must(c.ada.AssignCard(t.Context(), c.ID, "1", c.bob.ID))(t)
	must(c.ada.UnassignCard(t.Context(), c.ID, "1", c.bob.ID))(t)
	must(c.bob.LeaveBoard(t.Context(), c.ID))(t)
	_, err := c.ada.Undo(t.Context(), c.ID, kanbanapi.UndoWhich{})
	if said := wantProblem(t, err, problem.Conflict, "changed_since").Detail; said != "Bob left this board since. Nothing was undone." {
		t.Error(said)
	}
}

func TestNobodyComesBackWhoHasLeftForGood(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	must(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID))(t)
	if err := c.bob.DeleteMe(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := c.ada.Undo(t.Context(), c.ID, kanbanapi.UndoWhich{})
	wantProblem(t, err, problem.NotFound, "member_not_found")
}
