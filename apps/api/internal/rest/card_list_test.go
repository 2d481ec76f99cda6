package rest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// lines are those of a list of new cards.
func lines(titles ...string) []kanbanapi.NewCardLine {
	list := make([]kanbanapi.NewCardLine, len(titles))
	for i, title := range titles {
		list[i] = kanbanapi.NewCardLine{Title: title}
	}
	return list
}

// The cards of a list stand at the column's foot in its order, with numbers that follow on each other, and are told of as one batch.
func TestAListOfCardsIsAddedAtOnce(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	before := must(ada.Board(t.Context(), w.ID))(t).Seq

	done := must(ada.CreateCards(t.Context(), w.ID, kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: lines("c", "  d ", "e")}))(t)

	if got := ada.order(t, w.ID)[0]; got != "a b c d e" || done.Seq != before+3 {
		t.Errorf("the column has %q at %d, began at %d", got, done.Seq, before)
	}
	told := must(ada.Activity(t.Context(), w.ID, before, 100))(t).Items
	for i, card := range done.Cards {
		if read := must(ada.Card(t.Context(), w.ID, fmt.Sprint(i+3)))(t); read.Id != card.Id || read.Title != card.Title || read.Version != 1 || read.CreatedAt.IsZero() {
			t.Errorf("card %d is %+v, the answer says %+v", i+3, read, card)
		}
		if activity := told[i]; activity.Verb != kanbanapi.CardCreated || *activity.CardId != card.Id || activity.Batch == nil || *activity.Batch != *told[0].Batch || activity.After["title"] != card.Title {
			t.Errorf("of %s is told %+v", card.Title, told[i])
		}
	}
}

func TestAListOfCardsTakesNoMoreStatementsForMoreCards(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	add := func(n int) []string {
		statements, _ := book.of(func() {
			list := kanban.NewCardList{ColumnID: w.Columns[2], Lines: make([]kanban.NewCardLine, n)}
			for i := range list.Lines {
				id := uuid.Must(uuid.NewV7())
				list.Lines[i] = kanban.NewCardLine{ID: &id, Title: "x"}
			}
			if _, _, err := service.CreateCards(t.Context(), ada, w.ID, list); err != nil {
				t.Fatal(err)
			}
		})
		return statements
	}
	if two, many := add(2), add(kanban.CardsAtMost); len(two) != len(many) || len(many) > 7 {
		t.Errorf("two cards: %q; %d: %q", two, kanban.CardsAtMost, many)
	}
}

// One line that can't be a card, and none is.
func TestAListOfCardsIsAddedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	twice := newID()
	first := a.state(t, w.ID)
	for name, c := range map[string]struct {
		list  kanbanapi.NewCardList
		kind  problem.Kind
		code  string
		field string
	}{
		"an_empty_title":    {kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: lines("b", "  ", "d")}, problem.Invalid, "validation_failed", "cards.1.title"},
		"too_long_a_title":  {kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: lines("b", strings.Repeat("x", 501))}, problem.Invalid, "validation_failed", "cards.1.title"},
		"an_id_twice":       {kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: []kanbanapi.NewCardLine{{Id: twice, Title: "b"}, {Id: twice, Title: "c"}}}, problem.Invalid, "validation_failed", "cards.1.id"},
		"an_id_of_old":      {kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: []kanbanapi.NewCardLine{{Title: "b"}, {Id: ref(uuid.New()), Title: "c"}}}, problem.Invalid, "validation_failed", "cards.1.id"},
		"none":              {kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: lines()}, problem.Invalid, "validation_failed", "cards"},
		"too_many":          {kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: lines(strings.Split(strings.Repeat("x,", 101), ",")[:101]...)}, problem.Invalid, "validation_failed", "cards"},
		"a_column_not_here": {kanbanapi.NewCardList{ColumnId: uuid.New(), Cards: lines("b", "c")}, problem.NotFound, "column_not_found", ""},
	} {
		t.Run(name, func(t *testing.T) {
			doc := wantProblem(t, refusalOf(ada.CreateCards(t.Context(), w.ID, c.list)), c.kind, c.code)
			if c.field != "" && (len(doc.Errors) != 1 || strings.ReplaceAll(doc.Errors[0].Field, "/", ".") != c.field) {
				t.Errorf("it blames %+v", doc.Errors)
			}
			if now := a.state(t, w.ID); now != first {
				t.Errorf("there is\n%s, there was\n%s", now, first)
			}
		})
	}
}

// A list that arrives twice is added once; ids that are somebody else's, another list's, or the half of one are in use.
func TestAListOfCardsThatArrivesTwice(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t)
	a.member(t, w.ID, bob, "editor")
	list := kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: []kanbanapi.NewCardLine{{Id: newID(), Title: "a"}, {Id: newID(), Title: "b"}}}
	made := must(ada.CreateCards(t.Context(), w.ID, list))(t)
	must(bob.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "c"}))(t)

	again := must(ada.CreateCards(t.Context(), w.ID, list))(t)
	if len(again.Cards) != 2 || again.Cards[1].Number != made.Cards[1].Number || again.Seq != made.Seq {
		t.Errorf("again it says %+v", again)
	}
	longer, other := list, list
	longer.Cards = append(slices.Clone(list.Cards), kanbanapi.NewCardLine{Id: newID(), Title: "c"})
	other.Cards = []kanbanapi.NewCardLine{list.Cards[0], {Id: list.Cards[1].Id, Title: "another"}}
	for name, ask := range map[string]func() error{
		"by_another_member": func() error { return refusalOf(bob.CreateCards(t.Context(), w.ID, list)) },
		"a_longer_list":     func() error { return refusalOf(ada.CreateCards(t.Context(), w.ID, longer)) },
		"another_title":     func() error { return refusalOf(ada.CreateCards(t.Context(), w.ID, other)) },
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, ask(), problem.Conflict, "id_taken") })
	}
	if got := ada.order(t, w.ID); !slices.Equal(got, []string{"a b", "c", ""}) {
		t.Errorf("on the wall: %q", got)
	}
}
