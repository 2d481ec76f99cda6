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

// label makes one of a hue that doesn't matter.
func (p *person) label(t *testing.T, board uuid.UUID, name string) kanbanapi.Label {
	t.Helper()
	return must(p.CreateLabel(t.Context(), board, kanbanapi.NewLabel{Name: name, Hue: kanbanapi.Teal}))(t)
}

// last is the newest activity of a board.
func (p *person) last(t *testing.T, board uuid.UUID) kanbanapi.Activity {
	t.Helper()
	seq := must(p.Board(t.Context(), board))(t).Seq
	return must(p.Activity(t.Context(), board, seq-1, 1))(t).Items[0]
}

func (p *person) labelNames(t *testing.T, board uuid.UUID) string {
	t.Helper()
	var names []string
	for _, label := range must(p.Board(t.Context(), board))(t).Labels {
		names = append(names, label.Name)
	}
	return strings.Join(names, " ")
}

func TestLabels(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	rain := must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "  Rain ", Hue: kanbanapi.Blue}))(t)
	if rain.Name != "Rain" || rain.Hue != kanbanapi.Blue || rain.Version != 1 || rain.BoardId != w.ID {
		t.Errorf("made %+v", rain)
	}
	if told := ada.last(t, w.ID); told.Verb != kanbanapi.LabelCreated || told.Seq != rain.Seq || told.After["name"] != "Rain" || told.After["label_id"] != rain.Id.String() {
		t.Errorf("told as %+v", told)
	}
	ada.label(t, w.ID, "apples")
	if got := ada.labelNames(t, w.ID); got != "apples Rain" {
		t.Errorf("on the board in the order %q", got)
	}
	name, hue := "Zinnias", kanbanapi.Pink
	edited := must(ada.UpdateLabel(t.Context(), w.ID, rain.Id, 1, kanbanapi.LabelPatch{Name: &name, Hue: &hue}))(t)
	if edited.Name != name || edited.Hue != hue || edited.Version != 2 {
		t.Errorf("edited to %+v", edited)
	}
	told := ada.last(t, w.ID)
	if told.Verb != kanbanapi.LabelEdited || told.Before["name"] != "Rain" || told.Before["hue"] != "blue" || told.After["name"] != name || told.After["hue"] != "pink" {
		t.Errorf("told as %+v", told)
	}
	if again := must(ada.UpdateLabel(t.Context(), w.ID, rain.Id, 2, kanbanapi.LabelPatch{Hue: &hue}))(t); again.Version != 2 || again.Seq != edited.Seq {
		t.Errorf("a patch that changes nothing: %+v", again)
	}
	_, err := ada.UpdateLabel(t.Context(), w.ID, rain.Id, 1, kanbanapi.LabelPatch{Hue: &hue})
	stale := wantProblem(t, err, problem.Stale, "stale_version")
	if current, ok := stale.Current.(map[string]any); !ok || current["name"] != name || current["version"] != float64(2) {
		t.Errorf("current is %v", stale.Current)
	}
}

func TestLabelIsDeletedFromAllCards(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c", "d")
	rain, sun := ada.label(t, w.ID, "Rain"), ada.label(t, w.ID, "Sun")
	var carried []string
	for _, card := range []string{"1", "2", "3"} {
		must(ada.LabelCard(t.Context(), w.ID, card, sun.Id))(t)
		carried = append(carried, must(ada.LabelCard(t.Context(), w.ID, card, rain.Id))(t).Id.String())
	}
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	if _, err := ada.DeleteCard(t.Context(), w.ID, "3", 1); err != nil {
		t.Fatal(err)
	}
	t.Run("not_from_a_stale_version", func(t *testing.T) {
		_, err := ada.DeleteLabel(t.Context(), w.ID, rain.Id, 2)
		wantProblem(t, err, problem.Stale, "stale_version")
		if res, body := ada.send(t, "DELETE", "/v1/boards/"+w.ID.String()+"/labels/"+rain.Id.String(), ""); res.StatusCode != 428 {
			t.Errorf("without a version: %d %s", res.StatusCode, body)
		}
	})
	if _, err := ada.DeleteLabel(t.Context(), w.ID, rain.Id, 1); err != nil {
		t.Fatal(err)
	}
	if got := must(ada.Card(t.Context(), w.ID, "1"))(t).LabelIds; !slices.Equal(got, []uuid.UUID{sun.Id}) {
		t.Errorf("the card carries %v", got)
	}
	told := ada.last(t, w.ID)
	from, _ := told.Before["card_ids"].([]any)
	if told.Verb != kanbanapi.LabelDeleted || told.Before["name"] != "Rain" || told.Before["hue"] != "teal" || len(from) != len(carried) {
		t.Fatalf("told as %+v", told)
	}
	for _, card := range from {
		if !slices.Contains(carried, card.(string)) {
			t.Errorf("told of %v, which didn't carry it", card)
		}
	}
	t.Run("one_that_no_card_carries_tells_of_none", func(t *testing.T) {
		if _, err := ada.DeleteLabel(t.Context(), w.ID, ada.label(t, w.ID, "Fog").Id, 1); err != nil {
			t.Fatal(err)
		}
		if from, ok := ada.last(t, w.ID).Before["card_ids"].([]any); !ok || len(from) != 0 {
			t.Errorf("told %v", ada.last(t, w.ID).Before)
		}
	})
	t.Run("and_can_be_made_anew_under_its_id", func(t *testing.T) {
		if anew := must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Id: &rain.Id, Name: "Rain", Hue: kanbanapi.Teal}))(t); anew.Id != rain.Id {
			t.Errorf("%+v", anew)
		}
	})
}

func TestLabelOnACard(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	rain, apples := ada.label(t, w.ID, "Rain"), ada.label(t, w.ID, "Apples")

	on := must(ada.LabelCard(t.Context(), w.ID, "1", rain.Id))(t)
	if !slices.Equal(on.LabelIds, []uuid.UUID{rain.Id}) || on.Version != 1 {
		t.Errorf("with one label: %+v", on)
	}
	if told := ada.last(t, w.ID); told.Verb != kanbanapi.CardLabelled || *told.CardId != on.Id || told.After["label_id"] != rain.Id.String() || told.After["name"] != "Rain" || len(told.Before) != 0 {
		t.Errorf("told as %+v", told)
	}
	both := must(ada.LabelCard(t.Context(), w.ID, "1", apples.Id))(t)
	order := []uuid.UUID{apples.Id, rain.Id}
	if !slices.Equal(both.LabelIds, order) {
		t.Errorf("with two: %v, want them by name", both.LabelIds)
	}
	t.Run("twice_changes_nothing", func(t *testing.T) {
		if again := must(ada.LabelCard(t.Context(), w.ID, "1", rain.Id))(t); again.Seq != both.Seq || !slices.Equal(again.LabelIds, order) {
			t.Errorf("%+v", again)
		}
	})
	t.Run("is_in_every_read_by_name", func(t *testing.T) {
		onBoard := must(ada.Board(t.Context(), w.ID))(t).Columns[0].Cards
		inList := must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 0))(t).Items
		byID := must(ada.Card(t.Context(), w.ID, both.Id.String()))(t)
		byNumber := must(ada.Card(t.Context(), w.ID, "1"))(t)
		for where, got := range map[string][]uuid.UUID{"board": onBoard[0].LabelIds, "list": inList[0].LabelIds, "id": byID.LabelIds, "number": byNumber.LabelIds} {
			if !slices.Equal(got, order) {
				t.Errorf("by %s: %v", where, got)
			}
		}
		if onBoard[1].LabelIds == nil || len(onBoard[1].LabelIds) != 0 || inList[1].LabelIds == nil {
			t.Error("a card without labels has no empty list of them")
		}
	})
	t.Run("is_in_the_answer_of_every_change", func(t *testing.T) {
		end := kanbanapi.End
		for verb, card := range map[string]kanbanapi.Card{
			"move":    must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: &end}))(t),
			"edit":    must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("aa")}))(t),
			"archive": must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t),
			"restore": must(ada.RestoreCard(t.Context(), w.ID, "1"))(t),
		} {
			if !slices.Equal(card.LabelIds, order) {
				t.Errorf("after %s: %v", verb, card.LabelIds)
			}
		}
	})
	t.Run("comes_off", func(t *testing.T) {
		off := must(ada.UnlabelCard(t.Context(), w.ID, "1", rain.Id))(t)
		if !slices.Equal(off.LabelIds, []uuid.UUID{apples.Id}) {
			t.Errorf("%+v", off)
		}
		if told := ada.last(t, w.ID); told.Verb != kanbanapi.CardUnlabelled || told.Before["label_id"] != rain.Id.String() || len(told.After) != 0 {
			t.Errorf("told as %+v", told)
		}
		if again := must(ada.UnlabelCard(t.Context(), w.ID, "1", rain.Id))(t); again.Seq != off.Seq {
			t.Errorf("taken off twice: %+v", again)
		}
	})
}

func TestLabelOnACardIsRefused(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w, elsewhere := ada.wall(t, "a", "b"), ada.wall(t, "x")
	rain, foreign, gone := ada.label(t, w.ID, "Rain"), ada.label(t, elsewhere.ID, "Rain"), ada.label(t, w.ID, "Gone")
	if _, err := ada.DeleteLabel(t.Context(), w.ID, gone.Id, 1); err != nil {
		t.Fatal(err)
	}
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	for name, c := range map[string]struct {
		card  string
		label uuid.UUID
		kind  problem.Kind
		code  string
	}{
		"of_another_board":            {"1", foreign.Id, problem.NotFound, "label_not_found"},
		"that_was_deleted":            {"1", gone.Id, problem.NotFound, "label_not_found"},
		"that_never_was":              {"1", uuid.New(), problem.NotFound, "label_not_found"},
		"to_an_archived_card":         {"2", rain.Id, problem.Conflict, "archived"},
		"to_a_card_of_another_board":  {elsewhere.Cards["x"].Id.String(), rain.Id, problem.NotFound, "card_not_found"},
		"to_a_card_that_is_not_there": {"77", rain.Id, problem.NotFound, "card_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.LabelCard(t.Context(), w.ID, c.card, c.label)
			wantProblem(t, err, c.kind, c.code)
			_, err = ada.UnlabelCard(t.Context(), w.ID, c.card, c.label)
			wantProblem(t, err, c.kind, c.code)
		})
	}
	if now := must(ada.Board(t.Context(), w.ID))(t).Seq; now != before {
		t.Errorf("refusals took the board from %d to %d", before, now)
	}
}

func TestLabelNames(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	grass := ada.label(t, w.ID, "Grün")
	for name, wrong := range map[string]string{
		"empty": "", "blank": " \t", "two_lines": "a\nb", "turned_direction": "a\u202eb", "nothing_to_see": "\u200b",
		"fifty_one_characters": strings.Repeat("ä", 51), "ten_thousand_characters": strings.Repeat("ä", 10_000),
	} {
		t.Run(name+"_is_refused", func(t *testing.T) {
			t.Parallel()
			_, err := ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: wrong, Hue: kanbanapi.Red})
			made := wantProblem(t, err, problem.Invalid, "validation_failed")
			_, err = ada.UpdateLabel(t.Context(), w.ID, grass.Id, 1, kanbanapi.LabelPatch{Name: &wrong})
			edited := wantProblem(t, err, problem.Invalid, "validation_failed")
			if made.Errors[0].Field != "name" || edited.Errors[0].Field != "name" {
				t.Errorf("fields %+v, %+v", made.Errors, edited.Errors)
			}
		})
	}
	for name, same := range map[string]string{"as_it_is": "Grün", "in_capitals": "GRÜN", "otherwise_composed": "gru\u0308n", "with_space_around": " grün "} {
		t.Run("a_name_that_is_taken_"+name, func(t *testing.T) {
			t.Parallel()
			_, err := ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: same, Hue: kanbanapi.Red})
			wantProblem(t, err, problem.Conflict, "name_taken")
		})
	}
	for name, kept := range map[string]string{"emoji_alone": "🌱", "right_to_left": "בגינה", "fifty_characters": strings.Repeat("ä", 50)} {
		t.Run(name+"_is_kept", func(t *testing.T) {
			t.Parallel()
			if label := ada.label(t, w.ID, kept); label.Name != kept {
				t.Errorf("kept %q", label.Name)
			}
		})
	}
	t.Run("an_edit_can_not_take_anothers", func(t *testing.T) {
		t.Parallel()
		other := ada.label(t, w.ID, "Moos")
		_, err := ada.UpdateLabel(t.Context(), w.ID, other.Id, 1, kanbanapi.LabelPatch{Name: ref("GRÜN")})
		wantProblem(t, err, problem.Conflict, "name_taken")
		own := must(ada.UpdateLabel(t.Context(), w.ID, other.Id, 1, kanbanapi.LabelPatch{Name: ref("MOOS")}))(t)
		if own.Name != "MOOS" {
			t.Errorf("its own name in capitals: %+v", own)
		}
	})
	t.Run("another_board_has_names_of_its_own", func(t *testing.T) {
		t.Parallel()
		ada.label(t, ada.wall(t).ID, "Grün")
	})
}

func TestLabelMadeAgain(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t)
	a.member(t, w.ID, bob, "editor")
	wanted := kanbanapi.NewLabel{Id: newID(), Name: "Rain", Hue: kanbanapi.Blue}
	first := must(ada.CreateLabel(t.Context(), w.ID, wanted))(t)
	if again := must(ada.CreateLabel(t.Context(), w.ID, wanted))(t); again != first {
		t.Errorf("%+v, then %+v", first, again)
	}
	_, err := bob.CreateLabel(t.Context(), w.ID, wanted)
	wantProblem(t, err, problem.Conflict, "id_taken")
	wanted.Hue = kanbanapi.Red
	_, err = ada.CreateLabel(t.Context(), w.ID, wanted)
	wantProblem(t, err, problem.Conflict, "id_taken")
}

func TestLabelsAreListedWithTheirCardsCounted(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	rain, apples := ada.label(t, w.ID, "Rain"), ada.label(t, w.ID, "apples")
	for _, card := range []string{"1", "2", "3"} {
		must(ada.LabelCard(t.Context(), w.ID, card, rain.Id))(t)
	}
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	gone := must(ada.Card(t.Context(), w.ID, "3"))(t)
	if _, err := ada.DeleteCard(t.Context(), w.ID, "3", gone.Version); err != nil {
		t.Fatal(err)
	}
	list := must(ada.Labels(t.Context(), w.ID))(t)
	want := []kanbanapi.ListedLabel{
		{Id: apples.Id, Name: "apples", Hue: kanbanapi.Teal, Version: 1},
		{Id: rain.Id, Name: "Rain", Hue: kanbanapi.Teal, Version: 1, CardCount: 2},
	}
	if !slices.Equal(list.Items, want) || list.Seq != must(ada.Board(t.Context(), w.ID))(t).Seq {
		t.Errorf("listed at %d: %+v", list.Seq, list.Items)
	}
}

func TestAThousandLabels(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	path := "/v1/boards/" + w.ID.String() + "/labels"
	for i := range 1000 {
		want := http.StatusCreated
		if i >= 100 {
			want = http.StatusConflict
		}
		res, body := ada.send(t, "POST", path, fmt.Sprintf(`{"name":"label %d","hue":"red"}`, i))
		if res.StatusCode != want || (want == http.StatusConflict && !strings.Contains(body, `"too_many_labels"`)) {
			t.Fatalf("label %d: %d %s", i, res.StatusCode, body)
		}
	}
	if got := len(must(ada.Board(t.Context(), w.ID))(t).Labels); got != 100 {
		t.Errorf("the board has %d labels", got)
	}
}

func TestAViewerSeesLabelsAndChangesNone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, vera := a.person(t, "Ada"), a.person(t, "Vera")
	w := ada.wall(t, "a")
	a.member(t, w.ID, vera, "viewer")
	rain := ada.label(t, w.ID, "Rain")
	must(ada.LabelCard(t.Context(), w.ID, "1", rain.Id))(t)
	seen := must(vera.Board(t.Context(), w.ID))(t)
	if len(seen.Labels) != 1 || !slices.Equal(seen.Columns[0].Cards[0].LabelIds, []uuid.UUID{rain.Id}) {
		t.Errorf("sees %+v", seen)
	}
	_, created := vera.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Sun", Hue: kanbanapi.Red})
	_, edited := vera.UpdateLabel(t.Context(), w.ID, rain.Id, 1, kanbanapi.LabelPatch{Name: ref("Sun")})
	_, labelled := vera.LabelCard(t.Context(), w.ID, "1", rain.Id)
	_, unlabelled := vera.UnlabelCard(t.Context(), w.ID, "1", rain.Id)
	_, batched := vera.ChangeCards(t.Context(), w.ID, kanbanapi.CardBatch{CardIds: w.ids("a"), Archive: ref(true)})
	_, deleted := vera.DeleteLabel(t.Context(), w.ID, rain.Id, 1)
	for _, err := range []error{created, edited, labelled, unlabelled, batched, deleted} {
		wantProblem(t, err, problem.Forbidden, "read_only")
	}
	if now := must(ada.Board(t.Context(), w.ID))(t).Seq; now != seen.Seq {
		t.Errorf("the board went from %d to %d", seen.Seq, now)
	}
}
