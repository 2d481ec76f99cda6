package rest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func date(t *testing.T, text string) types.Date {
	t.Helper()
	return types.Date{Time: must(time.Parse(time.DateOnly, text))(t)}
}

// due is a date as answers have it, or "".
func due(on nullable.Nullable[types.Date]) string {
	if day, err := on.Get(); err == nil {
		return day.String()
	}
	return ""
}

func TestDueDate(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	first, leap := date(t, "2027-03-01"), date(t, "2028-02-29")
	on := func(day types.Date) kanbanapi.CardPatch {
		return kanbanapi.CardPatch{DueOn: nullable.NewNullableWithValue(day)}
	}
	made := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "Sow", DueOn: &first}))(t)
	if got := due(made.DueOn); got != "2027-03-01" {
		t.Errorf("made with %q", got)
	}
	changed := must(ada.UpdateCard(t.Context(), w.ID, "1", 1, on(leap)))(t)
	if due(changed.DueOn) != "2028-02-29" || changed.Version != 2 || changed.Title != "Sow" {
		t.Errorf("after the patch: %+v", changed)
	}
	t.Run("is_on_the_board_and_in_its_columns_list", func(t *testing.T) {
		onBoard := must(ada.Board(t.Context(), w.ID))(t).Columns[0].Cards[0]
		inList := must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 0))(t).Items[0]
		if due(onBoard.DueOn) != "2028-02-29" || due(inList.DueOn) != "2028-02-29" {
			t.Errorf("on the board %q, in the list %q", due(onBoard.DueOn), due(inList.DueOn))
		}
	})
	t.Run("is_refused_from_a_stale_version", func(t *testing.T) {
		_, err := ada.UpdateCard(t.Context(), w.ID, "1", 1, on(first))
		stale := wantProblem(t, err, problem.Stale, "stale_version")
		if current, ok := stale.Current.(map[string]any); !ok || current["due_on"] != "2028-02-29" {
			t.Errorf("current is %v", stale.Current)
		}
	})
	t.Run("that_is_there_already_changes_nothing", func(t *testing.T) {
		if same := must(ada.UpdateCard(t.Context(), w.ID, "1", 2, on(leap)))(t); same.Version != 2 || same.Seq != changed.Seq {
			t.Errorf("%+v", same)
		}
	})
	t.Run("stays_when_something_else_changes", func(t *testing.T) {
		if renamed := must(ada.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Title: ref("Sow peas")}))(t); due(renamed.DueOn) != "2028-02-29" {
			t.Errorf("%+v", renamed)
		}
	})
	t.Run("goes_with_null", func(t *testing.T) {
		cleared := must(ada.UpdateCard(t.Context(), w.ID, "1", 3, kanbanapi.CardPatch{DueOn: nullable.NewNullNullable[types.Date]()}))(t)
		if !cleared.DueOn.IsNull() || cleared.Version != 4 {
			t.Errorf("%+v", cleared)
		}
		last := must(ada.Activity(t.Context(), w.ID, cleared.Seq-1, 1))(t).Items[0]
		after, told := last.After["due_on"]
		if last.Verb != kanbanapi.CardEdited || last.Before["due_on"] != "2028-02-29" || !told || after != nil {
			t.Errorf("told as %s: %v → %v", last.Verb, last.Before, last.After)
		}
	})
}

func TestACardMadeAgainHasTheSameDueDate(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	first, other := date(t, "2027-03-01"), date(t, "2027-03-02")
	card := kanbanapi.NewCard{Id: ref(uuid.Must(uuid.NewV7())), ColumnId: w.Columns[0], Title: "Sow", DueOn: &first}
	must(ada.CreateCard(t.Context(), w.ID, card))(t)
	if again := must(ada.CreateCard(t.Context(), w.ID, card))(t); again.Number != 1 || due(again.DueOn) != "2027-03-01" {
		t.Errorf("the second time: %+v", again)
	}
	card.DueOn = &other
	_, err := ada.CreateCard(t.Context(), w.ID, card)
	wantProblem(t, err, problem.Conflict, "id_taken")
}

func TestDaysThatAreNone(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	cards := "/v1/boards/" + w.ID.String() + "/cards"
	for name, c := range map[string]struct{ value, code string }{
		"not_in_the_calendar":     {`"2027-02-30"`, "malformed"},
		"with_a_time":             {`"2027-03-01T08:00:00Z"`, "malformed"},
		"written_in_another_way":  {`"1.3.2027"`, "malformed"},
		"nothing":                 {`""`, "malformed"},
		"a_number":                {`20270301`, "wrong_type"},
		"of_a_year_half_typed":    {`"0202-03-01"`, "out_of_range"},
		"of_the_year_zero":        {`"0000-01-01"`, "out_of_range"},
		"beyond_the_last_year":    {`"10000-01-01"`, "malformed"},
		"digits_of_other_writing": {`"٢٠٢٧-٠٣-٠١"`, "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			says := `"field":"due_on","code":"` + c.code + `"`
			res, body := ada.send(t, "PATCH", cards+"/1", `{"due_on":`+c.value+`}`, "If-Match", `"1"`)
			if res.StatusCode != http.StatusBadRequest || !strings.Contains(body, says) {
				t.Errorf("patch: %d %s", res.StatusCode, body)
			}
			res, body = ada.send(t, "POST", cards, `{"column_id":"`+w.Columns[0].String()+`","title":"x","due_on":`+c.value+`}`)
			if res.StatusCode != http.StatusBadRequest || !strings.Contains(body, says) {
				t.Errorf("create: %d %s", res.StatusCode, body)
			}
		})
	}
}
