package activity

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

var (
	boardID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	todoID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	doneID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03")
	seedsID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04")
	retired  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05")
	somebody = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a06")
	batchID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a07")
)

// A verb that comes into the contract without a sentence fails this.
func TestEveryVerbHasASentence(t *testing.T) {
	t.Parallel()
	enum := regexp.MustCompile(`(?m)^    Verb:\n +type: string\n +enum: \[([\w, ]+)\]$`).FindSubmatch(kanbanapi.Document())
	if enum == nil {
		t.Fatal("the contract lists no verbs")
	}
	verbs := strings.Split(string(enum[1]), ", ")
	for _, verb := range verbs {
		if say := said[kanbanapi.Verb(verb)]; say == nil || say(Told{}) == "" {
			t.Errorf("%s has no sentence", verb)
		}
	}
	if len(said) != len(verbs) {
		t.Errorf("%d sentences for %d verbs", len(said), len(verbs))
	}
	if got := (Told{Activity: kanbanapi.Activity{Verb: "card_knitted"}}).Said(); got != "changed the board" {
		t.Errorf("a verb of a newer api is told as %q", got)
	}
}

func TestASentenceNamesWhatItIsAbout(t *testing.T) {
	t.Parallel()
	names := Names{
		Cards:   map[uuid.UUID]string{seedsID: "Buy seeds"},
		Columns: map[uuid.UUID]string{todoID: "To do", doneID: "Done", retired: "Retired"},
		Inside:  map[uuid.UUID]int{retired: 2},
	}
	type facts = map[string]any
	for want, told := range map[string]Told{
		"moved “Buy seeds” to “Done”":                                card(kanbanapi.CardMoved, doneID, facts{"column_id": todoID.String()}, nil),
		"moved “Buy seeds” within “Done”":                            card(kanbanapi.CardMoved, doneID, facts{"column_id": doneID.String()}, nil),
		"added “Buy seeds” to “To do”":                               card(kanbanapi.CardCreated, todoID, nil, facts{"title": "Buy seeds"}),
		"renamed “Buy beds” to “Buy seeds”":                          card(kanbanapi.CardEdited, todoID, facts{"title": "Buy beds"}, facts{"title": "Buy seeds"}),
		"changed the description of “Buy seeds”":                     card(kanbanapi.CardEdited, todoID, facts{"description": ""}, facts{"description": "x"}),
		"set the due date of “Buy seeds” to Friday, 4 December 2026": card(kanbanapi.CardEdited, todoID, facts{"due_on": nil}, facts{"due_on": "2026-12-04"}),
		"took the due date off “Buy seeds”":                          card(kanbanapi.CardEdited, todoID, facts{"due_on": "2026-12-04"}, facts{"due_on": nil}),
		"changed the title and the due date of “Buy seeds”":          card(kanbanapi.CardEdited, todoID, facts{"title": "a", "due_on": nil}, facts{"title": "b", "due_on": "2026-12-04"}),
		"changed “Buy seeds”":                                        card(kanbanapi.CardEdited, todoID, facts{"size": 1, "due_on": nil}, facts{"size": 2, "due_on": "2026-12-04"}),
		"put “Urgent” on “Buy seeds”":                                card(kanbanapi.CardLabelled, todoID, nil, facts{"name": "Urgent"}),
		"took “Urgent” off “Buy seeds”":                              card(kanbanapi.CardUnlabelled, todoID, facts{"name": "Urgent"}, nil),
		"archived “Buy seeds”":                                       card(kanbanapi.CardArchived, todoID, nil, nil),
		"renamed the column “Doing” to “In hand”":                    column(kanbanapi.ColumnEdited, doneID, facts{"title": "Doing"}, facts{"title": "In hand"}),
		"changed the WIP limit of the column “Doing”":                column(kanbanapi.ColumnEdited, doneID, facts{"title": "Doing", "wip_limit": nil}, facts{"title": "Doing", "wip_limit": 3.0}),
		"changed the colour of the column “Doing”":                   column(kanbanapi.ColumnEdited, doneID, facts{"title": "Doing", "hue": nil}, facts{"title": "Doing", "hue": "red"}),
		"archived the column “Retired” and its 2 cards":              column(kanbanapi.ColumnArchived, retired, nil, nil),
		"moved the column “Done”":                                    column(kanbanapi.ColumnMoved, doneID, nil, nil),
		"brought “Buy seeds” back to “To do”":                        card(kanbanapi.CardRestored, todoID, nil, nil),
		"brought a column back":                                      column(kanbanapi.ColumnRestored, somebody, nil, nil),
		"renamed the label “Urgent” to “Now”":                        {Activity: kanbanapi.Activity{Verb: kanbanapi.LabelEdited, Before: facts{"name": "Urgent"}, After: facts{"name": "Now"}}},
		"changed the colour of the label “Now”":                      {Activity: kanbanapi.Activity{Verb: kanbanapi.LabelEdited, Before: facts{"name": "Now"}, After: facts{"name": "Now"}}},
		"renamed the board to “Garden”":                              {Activity: kanbanapi.Activity{Verb: kanbanapi.BoardRenamed, After: facts{"title": "Garden"}}},
	} {
		told.Names = names
		if got := told.Said(); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	several := card(kanbanapi.CardArchived, todoID, nil, nil)
	several.Cards = 3
	if got := several.Said(); got != "archived 3 cards" {
		t.Errorf("says %q of three", got)
	}
	undone := card(kanbanapi.CardMoved, doneID, facts{"column_id": todoID.String()}, nil)
	undone.Cards, undone.Names, undone.Undid = 3, names, new(int64(1))
	if got := undone.Said(); got != "moved 3 cards back to where they were" {
		t.Errorf("says %q of three that came from several columns", got)
	}
	undone.Redo = new(true)
	if got := undone.Said(); got != "moved 3 cards to “Done”" {
		t.Errorf("says %q of a move that was done again", got)
	}
	if got := card(kanbanapi.CardMoved, somebody, nil, nil).Said(); got != "moved a card" {
		t.Errorf("without any name it says %q", got)
	}
}

func card(verb kanbanapi.Verb, column uuid.UUID, before, after map[string]any) Told {
	return Told{Activity: kanbanapi.Activity{Verb: verb, CardId: &seedsID, ColumnId: &column, Before: before, After: after}}
}

func column(verb kanbanapi.Verb, id uuid.UUID, before, after map[string]any) Told {
	return Told{Activity: kanbanapi.Activity{Verb: verb, ColumnId: &id, Before: before, After: after}}
}
