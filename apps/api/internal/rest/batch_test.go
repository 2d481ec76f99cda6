package rest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// ids are those of cards by their titles.
func (w wall) ids(titles ...string) []uuid.UUID {
	ids := make([]uuid.UUID, len(titles))
	for i, title := range titles {
		ids[i] = w.Cards[title].Id
	}
	return ids
}

func titlesOf(cards []kanbanapi.CardSummary) string {
	titles := make([]string, len(cards))
	for i, card := range cards {
		titles[i] = card.Title
	}
	return strings.Join(titles, " ")
}

func to(move kanbanapi.CardMove) *kanbanapi.CardMove { return &move }

// spread is a wall with a b c d e in the first column and x y z in the second.
func (p *person) spread(t *testing.T) wall {
	t.Helper()
	w := p.wall(t, "a", "b", "c", "d", "e")
	for _, title := range []string{"x", "y", "z"} {
		w.Cards[title] = must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: title}))(t)
	}
	return w
}

func TestMoveSeveralCards(t *testing.T) {
	t.Parallel()
	start, end := kanbanapi.Start, kanbanapi.End
	for name, c := range map[string]struct {
		cards []string
		to    func(w wall) kanbanapi.CardMove
		want  []string
		moved int
	}{
		"to_the_foot_of_another_column": {[]string{"d", "b"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[1], At: &end} }, []string{"a c e", "x y z b d", ""}, 2},
		"to_the_top_of_another_column":  {[]string{"b", "d"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[1], At: &start} }, []string{"a c e", "b d x y z", ""}, 2},
		"into_an_empty_column":          {[]string{"e", "a"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[2], At: &start} }, []string{"b c d", "x y z", "a e"}, 2},
		"between_two": {[]string{"d", "a", "c"}, func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[1], After: ref(w.Cards["x"].Id)}
		}, []string{"b e", "x a c d y z", ""}, 3},
		"from_two_columns_the_left_one_first": {[]string{"y", "a"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[2], At: &end} }, []string{"b c d e", "x z", "a y"}, 2},
		"up_in_their_own_column": {[]string{"e", "c"}, func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[0], Before: ref(w.Cards["b"].Id)}
		}, []string{"a c e b d", "x y z", ""}, 2},
		"to_the_foot_of_their_own_column": {[]string{"e", "a"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[0], At: &end} }, []string{"b c d a e", "x y z", ""}, 2},
		"to_the_top_of_their_own_column":  {[]string{"a", "e"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[0], At: &start} }, []string{"a e b c d", "x y z", ""}, 2},
		"among_some_that_stand_there": {[]string{"a", "y", "z"}, func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[1], After: ref(w.Cards["x"].Id)}
		}, []string{"b c d e", "x a y z", ""}, 3},
		"to_where_they_stand": {[]string{"c", "b"}, func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["a"].Id)}
		}, []string{"a b c d e", "x y z", ""}, 0},
		"all_of_a_column_to_its_foot": {[]string{"x", "y", "z"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[1], At: &end} }, []string{"a b c d e", "x y z", ""}, 0},
		"one_alone":                   {[]string{"a"}, func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[2], At: &end} }, []string{"b c d e", "x y z", "a"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ada := setup(t).person(t, "Ada")
			w := ada.spread(t)
			before := must(ada.Board(t.Context(), w.ID))(t).Seq

			done := must(ada.ChangeCards(t.Context(), w.ID, kanbanapi.CardBatch{CardIds: w.ids(c.cards...), Move: to(c.to(w))}))(t)

			if got := ada.order(t, w.ID); !slices.Equal(got, c.want) {
				t.Errorf("order %q, want %q", got, c.want)
			}
			if now := must(ada.Board(t.Context(), w.ID))(t).Seq; now != before+int64(c.moved) || done.Seq != now {
				t.Errorf("%d cards took the board from %d to %d, the answer says %d", c.moved, before, now, done.Seq)
			}
			wantBatch(t, ada, w, before, done, c.moved)
		})
	}
}

// wantBatch checks that n activities tell of a move, in the answer's order, as one batch.
func wantBatch(t *testing.T, p *person, w wall, before int64, done kanbanapi.CardBatchResult, n int) {
	t.Helper()
	told := must(p.Activity(t.Context(), w.ID, before, 100))(t).Items
	if len(told) != n {
		t.Fatalf("%d activities for %d cards", len(told), n)
	}
	for i, activity := range told {
		card := done.Cards[i]
		if activity.Verb != kanbanapi.CardMoved || *activity.CardId != card.Id || *activity.ColumnId != card.ColumnId {
			t.Errorf("activity %d is %s of %s, the answer has %+v", activity.Seq, activity.Verb, *activity.CardId, card)
		}
		if activity.Before["column_id"] == nil || activity.Before["rank"] == nil || activity.After["column_id"] != card.ColumnId.String() || activity.After["rank"] == nil {
			t.Errorf("activity %d doesn't tell enough to be undone: %v → %v", activity.Seq, activity.Before, activity.After)
		}
		if n > 1 && (activity.Batch == nil || *activity.Batch != *told[0].Batch) {
			t.Errorf("activity %d is of the batch %v", activity.Seq, activity.Batch)
		}
		if n == 1 && activity.Batch != nil {
			t.Errorf("a card alone is a batch")
		}
	}
}

func TestArchiveSeveralCards(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.spread(t)
	must(ada.ArchiveCard(t.Context(), w.ID, w.Cards["b"].Id.String()))(t)
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	all := kanbanapi.CardBatch{CardIds: w.ids("y", "c", "b", "a"), Archive: ref(true)}

	done := must(ada.ChangeCards(t.Context(), w.ID, all))(t)
	if got := titlesOf(done.Cards); got != "a b c y" || done.Seq != before+3 {
		t.Errorf("archived %q up to %d, from %d", got, done.Seq, before)
	}
	if got, want := ada.order(t, w.ID), []string{"d e", "x z", ""}; !slices.Equal(got, want) {
		t.Errorf("on the wall %q", got)
	}
	told := must(ada.Activity(t.Context(), w.ID, before, 100))(t).Items
	for _, activity := range told {
		if activity.Verb != kanbanapi.CardArchived || activity.Before["rank"] == nil || activity.Before["column_id"] != activity.ColumnId.String() || *activity.Batch != *told[0].Batch {
			t.Errorf("told as %+v", activity)
		}
	}
	if again := must(ada.ChangeCards(t.Context(), w.ID, all))(t); again.Seq != done.Seq {
		t.Errorf("archived twice: %d, then %d", done.Seq, again.Seq)
	}
}

func TestLabelSeveralCards(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.spread(t)
	rain, apples := ada.label(t, w.ID, "Rain"), ada.label(t, w.ID, "Apples")
	must(ada.LabelCard(t.Context(), w.ID, "1", rain.Id))(t)
	must(ada.LabelCard(t.Context(), w.ID, "2", apples.Id))(t)
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	on := kanbanapi.CardBatch{CardIds: w.ids("a", "b", "x"), Label: &kanbanapi.LabelSwitch{Id: rain.Id, On: true}}

	done := must(ada.ChangeCards(t.Context(), w.ID, on))(t)
	if done.Seq != before+2 || !slices.Equal(done.Cards[0].LabelIds, []uuid.UUID{rain.Id}) || !slices.Equal(done.Cards[1].LabelIds, []uuid.UUID{apples.Id, rain.Id}) {
		t.Errorf("put on: %+v", done)
	}
	read := must(ada.Board(t.Context(), w.ID))(t)
	if onBoard := read.Columns[0].Cards[1].LabelIds; !slices.Equal(onBoard, []uuid.UUID{apples.Id, rain.Id}) {
		t.Errorf("on the board: %v", onBoard)
	}
	told := must(ada.Activity(t.Context(), w.ID, before, 100))(t).Items
	if len(told) != 2 || told[0].Verb != kanbanapi.CardLabelled || told[0].After["label_id"] != rain.Id.String() || *told[0].Batch != *told[1].Batch {
		t.Errorf("told as %+v", told)
	}
	if again := must(ada.ChangeCards(t.Context(), w.ID, on))(t); again.Seq != done.Seq {
		t.Errorf("put on twice: %+v", again)
	}
	on.Label.On = false
	off := must(ada.ChangeCards(t.Context(), w.ID, on))(t)
	if off.Seq != done.Seq+3 || len(off.Cards[0].LabelIds) != 0 || !slices.Equal(off.Cards[1].LabelIds, []uuid.UUID{apples.Id}) {
		t.Errorf("taken off: %+v", off)
	}
}

func TestBatchIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w, elsewhere := ada.spread(t), ada.wall(t, "far")
	foreign := ada.label(t, elsewhere.ID, "Rain")
	must(ada.ArchiveCard(t.Context(), w.ID, w.Cards["e"].Id.String()))(t)
	if _, err := ada.DeleteCard(t.Context(), w.ID, w.Cards["d"].Id.String(), 1); err != nil {
		t.Fatal(err)
	}
	start := kanbanapi.Start
	away := kanbanapi.CardMove{ColumnId: w.Columns[2], At: &start}
	some := w.ids("a", "b")
	many := make([]uuid.UUID, 1001)
	for i := range many {
		many[i] = uuid.New()
	}
	before, seq := ada.order(t, w.ID), must(ada.Board(t.Context(), w.ID))(t).Seq
	for name, c := range map[string]struct {
		batch kanbanapi.CardBatch
		kind  problem.Kind
		code  string
	}{
		"without_a_verb":                   {kanbanapi.CardBatch{CardIds: some}, problem.Invalid, "validation_failed"},
		"not_archiving":                    {kanbanapi.CardBatch{CardIds: some, Archive: ref(false)}, problem.Invalid, "validation_failed"},
		"with_two_verbs":                   {kanbanapi.CardBatch{CardIds: some, Move: &away, Archive: ref(true)}, problem.Invalid, "validation_failed"},
		"without_cards":                    {kanbanapi.CardBatch{CardIds: []uuid.UUID{}, Archive: ref(true)}, problem.Invalid, "validation_failed"},
		"with_too_many_cards":              {kanbanapi.CardBatch{CardIds: many, Archive: ref(true)}, problem.Invalid, "validation_failed"},
		"with_a_card_twice":                {kanbanapi.CardBatch{CardIds: w.ids("a", "b", "a"), Archive: ref(true)}, problem.Invalid, "validation_failed"},
		"with_a_card_of_another_board":     {kanbanapi.CardBatch{CardIds: append(w.ids("a"), elsewhere.Cards["far"].Id), Move: &away}, problem.NotFound, "card_not_found"},
		"with_a_card_that_never_was":       {kanbanapi.CardBatch{CardIds: append(w.ids("a"), uuid.New()), Archive: ref(true)}, problem.NotFound, "card_not_found"},
		"with_a_card_in_the_trash":         {kanbanapi.CardBatch{CardIds: w.ids("a", "d"), Archive: ref(true)}, problem.NotFound, "card_not_found"},
		"moving_a_card_in_the_archive":     {kanbanapi.CardBatch{CardIds: w.ids("a", "e"), Move: &away}, problem.Conflict, "archived"},
		"labelling_a_card_in_the_archive":  {kanbanapi.CardBatch{CardIds: w.ids("a", "e"), Label: &kanbanapi.LabelSwitch{Id: foreign.Id, On: true}}, problem.Conflict, "archived"},
		"with_a_label_of_another_board":    {kanbanapi.CardBatch{CardIds: some, Label: &kanbanapi.LabelSwitch{Id: foreign.Id, On: true}}, problem.NotFound, "label_not_found"},
		"into_a_column_of_another_board":   {kanbanapi.CardBatch{CardIds: some, Move: &kanbanapi.CardMove{ColumnId: elsewhere.Columns[0], At: &start}}, problem.NotFound, "column_not_found"},
		"beside_one_of_them":               {kanbanapi.CardBatch{CardIds: some, Move: &kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["b"].Id)}}, problem.Invalid, "validation_failed"},
		"beside_a_card_that_left":          {kanbanapi.CardBatch{CardIds: some, Move: &kanbanapi.CardMove{ColumnId: w.Columns[2], After: ref(w.Cards["x"].Id)}}, problem.Conflict, "neighbour_gone"},
		"beside_a_card_in_the_archive":     {kanbanapi.CardBatch{CardIds: some, Move: &kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["e"].Id)}}, problem.Conflict, "neighbour_gone"},
		"without_a_place":                  {kanbanapi.CardBatch{CardIds: some, Move: &kanbanapi.CardMove{ColumnId: w.Columns[0]}}, problem.Invalid, "validation_failed"},
		"in_two_places":                    {kanbanapi.CardBatch{CardIds: some, Move: &kanbanapi.CardMove{ColumnId: w.Columns[0], At: &start, After: ref(w.Cards["x"].Id)}}, problem.Invalid, "validation_failed"},
		"labelling_with_one_that_is_not_a": {kanbanapi.CardBatch{CardIds: some, Label: &kanbanapi.LabelSwitch{Id: w.ID, On: false}}, problem.NotFound, "label_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.ChangeCards(t.Context(), w.ID, c.batch)
			wantProblem(t, err, c.kind, c.code)
		})
	}
	if got := ada.order(t, w.ID); !slices.Equal(got, before) || must(ada.Board(t.Context(), w.ID))(t).Seq != seq {
		t.Errorf("refusals made %q of %q", got, before)
	}
}

// What fails in the middle, here the last of its statements, leaves nothing of itself.
func TestBatchThatFailsHalfWayWritesNothing(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.spread(t)
	before, seq := ada.order(t, w.ID), must(ada.Board(t.Context(), w.ID))(t).Seq
	a.exec(t, `INSERT INTO activity (board_id, seq, actor_id, verb) VALUES ($1, $2, $3, 'card_moved')`, w.ID, seq+3, ada.ID)
	end := kanbanapi.End
	body := fmt.Sprintf(`{"card_ids":[%q,%q,%q],"move":{"column_id":%q,"at":%q}}`, w.Cards["a"].Id, w.Cards["b"].Id, w.Cards["c"].Id, w.Columns[2], end)
	if res, said := ada.send(t, "POST", "/v1/boards/"+w.ID.String()+"/cards/batch", body); res.StatusCode != http.StatusInternalServerError {
		t.Fatalf("%d %s", res.StatusCode, said)
	}
	if got := ada.order(t, w.ID); !slices.Equal(got, before) || must(ada.Board(t.Context(), w.ID))(t).Seq != seq {
		t.Errorf("half of it stayed: %q at %d", got, must(ada.Board(t.Context(), w.ID))(t).Seq)
	}
}

func TestAHundredCardsAgainAndAgainIntoOneGapKeepRanksShort(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	titles := make([]string, 100)
	for i := range titles {
		titles[i] = fmt.Sprintf("c%02d", i)
	}
	w := ada.wall(t, append([]string{"top", "foot"}, titles...)...)
	half := [][]string{titles[:50], titles[50:]}
	for i := range 60 {
		batch := kanbanapi.CardBatch{CardIds: w.ids(half[i%2]...), Move: to(kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["top"].Id)})}
		must(ada.ChangeCards(t.Context(), w.ID, batch))(t)
	}
	var longest int
	if err := a.pool.QueryRow(t.Context(), `SELECT max(length(rank)) FROM cards`).Scan(&longest); err != nil || longest >= 64 {
		t.Errorf("the longest rank has %d characters (%v)", longest, err)
	}
	var got []string
	for cursor := ""; ; {
		part := must(ada.Cards(t.Context(), w.ID, w.Columns[0], cursor, 40))(t)
		got = append(got, titlesOf(part.Items))
		if part.NextCursor.IsNull() {
			break
		}
		cursor = part.NextCursor.MustGet()
	}
	want := "top " + strings.Join(titles[50:], " ") + " " + strings.Join(titles[:50], " ") + " foot"
	if strings.Join(got, " ") != want {
		t.Errorf("order %q", got)
	}
}
