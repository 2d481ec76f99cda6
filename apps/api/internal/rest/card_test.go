package rest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestMoveCard(t *testing.T) {
	t.Parallel()
	start, end := kanbanapi.Start, kanbanapi.End
	for name, c := range map[string]struct {
		card string
		to   func(w wall) kanbanapi.CardMove
		want []string
	}{
		"to_the_top_of_its_column":  {"c", func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[0], At: &start} }, []string{"c a b", "", ""}},
		"to_the_foot_of_its_column": {"a", func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[0], At: &end} }, []string{"b c a", "", ""}},
		"before_another": {"c", func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[0], Before: ref(w.Cards["b"].Id)}
		}, []string{"a c b", "", ""}},
		"after_another": {"a", func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["b"].Id)}
		}, []string{"b a c", "", ""}},
		"to_where_it_stands": {"b", func(w wall) kanbanapi.CardMove {
			return kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["a"].Id)}
		}, []string{"a b c", "", ""}},
		"into_an_empty_column": {"b", func(w wall) kanbanapi.CardMove { return kanbanapi.CardMove{ColumnId: w.Columns[2], At: &start} }, []string{"a c", "", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ada := setup(t).person(t, "Ada")
			w := ada.wall(t, "a", "b", "c")

			moved := must(ada.MoveCard(t.Context(), w.ID, w.Cards[c.card].Id.String(), c.to(w)))(t)

			if got := ada.order(t, w.ID); !slices.Equal(got, c.want) {
				t.Errorf("order %q, want %q", got, c.want)
			}
			if moved.Version != 1 {
				t.Errorf("a move raised the version to %d", moved.Version)
			}
			if read := must(ada.Board(t.Context(), w.ID))(t); moved.Seq != read.Seq {
				t.Errorf("the answer says seq %d, the board %d", moved.Seq, read.Seq)
			}
		})
	}
}

func TestMoveCardIsRefused(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	elsewhere := ada.wall(t, "x")
	must(ada.ArchiveCard(t.Context(), w.ID, "3"))(t)
	start := kanbanapi.Start

	for name, c := range map[string]struct {
		to   kanbanapi.CardMove
		kind problem.Kind
		code string
	}{
		"beside_itself":                      {kanbanapi.CardMove{ColumnId: w.Columns[0], Before: ref(w.Cards["a"].Id)}, problem.Invalid, "validation_failed"},
		"in_two_ways":                        {kanbanapi.CardMove{ColumnId: w.Columns[0], Before: ref(w.Cards["b"].Id), At: &start}, problem.Invalid, "validation_failed"},
		"without_a_place":                    {kanbanapi.CardMove{ColumnId: w.Columns[0]}, problem.Invalid, "validation_failed"},
		"beside_a_card_that_left_the_column": {kanbanapi.CardMove{ColumnId: w.Columns[1], After: ref(w.Cards["b"].Id)}, problem.Conflict, "neighbour_gone"},
		"beside_a_card_that_was_archived":    {kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["c"].Id)}, problem.Conflict, "neighbour_gone"},
		"beside_a_card_of_another_board":     {kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(elsewhere.Cards["x"].Id)}, problem.Conflict, "neighbour_gone"},
		"into_a_column_of_another_board":     {kanbanapi.CardMove{ColumnId: elsewhere.Columns[0], At: &start}, problem.NotFound, "column_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.MoveCard(t.Context(), w.ID, "1", c.to)
			wantProblem(t, err, c.kind, c.code)
		})
	}
	if got, want := ada.order(t, w.ID), []string{"a b", "", ""}; !slices.Equal(got, want) {
		t.Errorf("a refused move changed the order to %q", got)
	}
}

func TestMoveCardManyTimesIntoOnePlaceKeepsRanksShort(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c", "d")
	// Each move halves the room after a; without fresh ranks the rank would grow past any limit.
	for i := range 400 {
		card := []string{"3", "4"}[i%2]
		must(ada.MoveCard(t.Context(), w.ID, card, kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["a"].Id)}))(t)
	}
	if got, want := ada.order(t, w.ID), []string{"a d c b", "", ""}; !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
	for seq := int64(0); seq < 400; seq += 100 {
		for _, activity := range must(ada.Activity(t.Context(), w.ID, seq, 100))(t).Items {
			if rank, ok := activity.After["rank"].(string); ok && len(rank) > 64 {
				t.Fatalf("activity %d has a rank of %d characters", activity.Seq, len(rank))
			}
		}
	}
}

func TestUpdateCard(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	title, text := "A new title", "Two\nlines"

	renamed := must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: &title}))(t)
	if renamed.Title != title || renamed.Version != 2 || renamed.Description != "" {
		t.Errorf("after the rename: %+v", renamed)
	}
	described := must(ada.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Description: &text}))(t)
	if described.Title != title || described.Version != 3 || described.Description != text {
		t.Errorf("after the description: %+v", described)
	}

	t.Run("stale_version_is_refused_with_the_present_card", func(t *testing.T) {
		_, err := ada.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Title: &title})
		stale := wantProblem(t, err, problem.Stale, "stale_version")
		current, ok := stale.Current.(map[string]any)
		if !ok || current["description"] != text || current["version"] != float64(3) {
			t.Errorf("current is %v", stale.Current)
		}
	})
	t.Run("missing_version_is_refused", func(t *testing.T) {
		for _, headers := range [][]string{nil, {"If-Match", "*"}} {
			res, body := ada.send(t, "PATCH", "/v1/boards/"+w.ID.String()+"/cards/1", `{"title":"x"}`, headers...)
			if res.StatusCode != 428 || !strings.Contains(body, `"version_required"`) {
				t.Errorf("%v: %d %s", headers, res.StatusCode, body)
			}
		}
	})
	t.Run("an_archived_card_is_left_alone", func(t *testing.T) {
		must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
		_, err := ada.UpdateCard(t.Context(), w.ID, "1", 3, kanbanapi.CardPatch{Title: &title})
		wantProblem(t, err, problem.Conflict, "archived")
	})
}

func TestArchiveAndRestore(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")

	archived := must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	if archived.ArchivedAt.IsNull() {
		t.Error("the answer doesn't say when it was archived")
	}
	again := must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	if again.Seq != archived.Seq {
		t.Errorf("archiving twice counted twice: seq %d, then %d", archived.Seq, again.Seq)
	}
	if got := ada.order(t, w.ID)[0]; got != "a c" {
		t.Errorf("on the wall: %q", got)
	}
	must(ada.RestoreCard(t.Context(), w.ID, "2"))(t)
	if got := ada.order(t, w.ID)[0]; got != "a b c" {
		t.Errorf("after the restore: %q", got)
	}

	must(ada.ArchiveCard(t.Context(), w.ID, "3"))(t)
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "d"}))(t)
	must(ada.RestoreCard(t.Context(), w.ID, "3"))(t)
	if got := ada.order(t, w.ID)[0]; got != "a b d c" {
		t.Errorf("its place was taken: %q", got)
	}
}

func TestRestoreAfterFreshRanks(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a", "b", "c", "d", "e", "f")
	part := must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 4))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "4"))(t)
	if _, err := ada.DeleteCard(t.Context(), w.ID, "2", 1); err != nil {
		t.Fatal(err)
	}
	// A gap that takes a rank beyond the limit, so that the next move gives all cards fresh ones.
	a.exec(t, `UPDATE cards SET rank = $1 WHERE number = 1`, "a0"+strings.Repeat("0", 60)+"1")
	a.exec(t, `UPDATE cards SET rank = $1 WHERE number = 3`, "a0"+strings.Repeat("0", 60)+"2")
	a.exec(t, `UPDATE cards SET rank = $1 WHERE number = 2`, "a0"+strings.Repeat("0", 60)+"11")
	must(ada.MoveCard(t.Context(), w.ID, "6", kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["a"].Id)}))(t)
	must(ada.MoveCard(t.Context(), w.ID, "6", kanbanapi.CardMove{ColumnId: w.Columns[0], After: ref(w.Cards["e"].Id)}))(t)

	rest := must(ada.Cards(t.Context(), w.ID, w.Columns[0], part.NextCursor.MustGet(), 4))(t)
	if len(rest.Items) != 2 || rest.Items[0].Title != "e" {
		t.Errorf("after the page that ended with d comes %+v", rest.Items)
	}
	must(ada.RestoreCard(t.Context(), w.ID, "4"))(t)
	must(ada.RestoreCard(t.Context(), w.ID, "2"))(t)
	if got := ada.order(t, w.ID)[0]; got != "a b c d e f" {
		t.Errorf("after the restores: %q", got)
	}
}

func TestACardThatTookAnArchivedOnesPlaceIsOnTheNextPage(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	part := must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 2))(t)
	for _, card := range []string{"2", "3"} {
		must(ada.ArchiveCard(t.Context(), w.ID, card))(t)
	}
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "d"}))(t)
	rest := must(ada.Cards(t.Context(), w.ID, w.Columns[0], part.NextCursor.MustGet(), 2))(t)
	if len(rest.Items) != 1 || rest.Items[0].Title != "d" {
		t.Errorf("the next page holds %+v", rest.Items)
	}
}

func TestDeleteCardGoesToTheTrash(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	if _, err := ada.DeleteCard(t.Context(), w.ID, "1", 7); err == nil {
		t.Fatal("a stale delete went through")
	}
	if _, err := ada.DeleteCard(t.Context(), w.ID, "1", 1); err != nil {
		t.Fatal(err)
	}
	_, err := ada.Card(t.Context(), w.ID, "1")
	wantProblem(t, err, problem.NotFound, "card_not_found")
	must(ada.RestoreCard(t.Context(), w.ID, "1"))(t)
	if got := ada.order(t, w.ID)[0]; got != "a b" {
		t.Errorf("after the restore: %q", got)
	}
}

func TestCreateCardAgainCreatesNothing(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	card := kanbanapi.NewCard{Id: ref(uuid.Must(uuid.NewV7())), ColumnId: w.Columns[0], Title: "once"}

	first := must(ada.CreateCard(t.Context(), w.ID, card))(t)
	second := must(ada.CreateCard(t.Context(), w.ID, card))(t)
	if first.Id != second.Id || first.Number != second.Number || first.Seq != second.Seq {
		t.Errorf("the first time %+v, the second %+v", first, second)
	}
	if got := ada.order(t, w.ID)[0]; got != "once" {
		t.Errorf("on the wall: %q", got)
	}
	t.Run("an_id_of_another_version_is_refused", func(t *testing.T) {
		card.Id = ref(uuid.New())
		_, err := ada.CreateCard(t.Context(), w.ID, card)
		wantProblem(t, err, problem.Invalid, "validation_failed")
	})
}

func TestCardTexts(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	for name, title := range map[string]string{
		"empty": "", "blank": "  \t ", "two_lines": "a\nb", "nul": "a\x00b",
		"nothing_to_see": "\u200b\u2060", "marks_alone": "\u0301 \u0301", "line_separator": "a\u2028b", "paragraph_separator": "a\u2029b",
		"turned_direction": "a\u202eb", "isolated_direction": "a\u2066b",
		"ten_thousand_characters": strings.Repeat("ä", 10_000), "one_too_many": strings.Repeat("ä", 501),
	} {
		t.Run(name+"_is_refused", func(t *testing.T) {
			t.Parallel()
			_, err := ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: title})
			got := wantProblem(t, err, problem.Invalid, "validation_failed")
			if len(got.Errors) != 1 || got.Errors[0].Field != "title" {
				t.Errorf("fields %+v", got.Errors)
			}
		})
	}
	t.Run("five_hundred_characters_are_kept", func(t *testing.T) {
		t.Parallel()
		title := strings.Repeat("ä", 500)
		card := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: title}))(t)
		if card.Title != title {
			t.Errorf("kept %q", card.Title)
		}
	})
	for name, title := range map[string]string{
		"joined_and_accented_characters": "Grüße e\u0301 👩\u200d🌾 می\u200cخواهم", "an_emoji_alone": "🌱",
		"a_right_to_left_line": "لزرع البذور (12) قبل المطر",
	} {
		t.Run(name+"_are_kept", func(t *testing.T) {
			t.Parallel()
			made := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: title}))(t)
			if read := must(ada.Card(t.Context(), w.ID, made.Id.String()))(t); made.Title != title || read.Title != title {
				t.Errorf("kept %q", read.Title)
			}
		})
	}
	t.Run("white_space_around_is_dropped", func(t *testing.T) {
		t.Parallel()
		card := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "  Buy seeds\t"}))(t)
		if card.Title != "Buy seeds" {
			t.Errorf("kept %q", card.Title)
		}
	})
}

func ref[T any](value T) *T { return &value }
