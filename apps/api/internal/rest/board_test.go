package rest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestBoardsAreListedForTheirMembersAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	for i := range 5 {
		must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: fmt.Sprint(i)}))(t)
	}
	var titles []string
	for cursor := ""; ; {
		part := must(ada.Boards(t.Context(), cursor, 2))(t)
		for _, board := range part.Items {
			titles = append(titles, board.Title)
		}
		if part.NextCursor.IsNull() {
			break
		}
		cursor = part.NextCursor.MustGet()
	}
	if got := strings.Join(titles, ""); got != "43210" {
		t.Errorf("listed %q, want the newest first", got)
	}
	if got := must(bob.Boards(t.Context(), "", 0))(t); len(got.Items) != 0 {
		t.Errorf("an outsider sees %+v", got.Items)
	}
}

func TestGetBoardUnchanged(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	path := "/v1/boards/" + w.ID.String()
	res, _ := ada.send(t, "GET", path, "")
	tag := res.Header.Get("ETag")
	if res, body := ada.send(t, "GET", path, "", "If-None-Match", tag); res.StatusCode != 304 || body != "" || res.Header.Get("ETag") != tag {
		t.Errorf("%d %q for the copy one has", res.StatusCode, body)
	}
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	if res, _ := ada.send(t, "GET", path, "", "If-None-Match", tag); res.StatusCode != 200 {
		t.Errorf("%d for a copy that is old", res.StatusCode)
	}
}

func TestRenameBoard(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	title := "Orchard"
	renamed := must(ada.UpdateBoard(t.Context(), w.ID, 1, kanbanapi.BoardPatch{Title: &title}))(t)
	if renamed.Title != title || renamed.Version != 2 || len(renamed.Columns) != 3 {
		t.Errorf("%+v", renamed)
	}
	_, err := ada.UpdateBoard(t.Context(), w.ID, 1, kanbanapi.BoardPatch{Title: &title})
	stale := wantProblem(t, err, problem.Stale, "stale_version")
	if current, ok := stale.Current.(map[string]any); !ok || len(current["columns"].([]any)) != 3 {
		t.Errorf("current is %v", stale.Current)
	}
}

func TestCreateBoardAgain(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	board := kanbanapi.NewBoard{Id: ref(uuid.Must(uuid.NewV7())), Title: "once"}
	first, second := must(ada.CreateBoard(t.Context(), board))(t), must(ada.CreateBoard(t.Context(), board))(t)
	if first.Id != second.Id || second.Seq != 1 {
		t.Errorf("%+v, then %+v", first, second)
	}
	_, err := bob.CreateBoard(t.Context(), board)
	wantProblem(t, err, problem.Conflict, "id_taken")
}

func TestColumns(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t)
	order := func() []string {
		var titles []string
		for _, column := range must(ada.Board(t.Context(), w.ID))(t).Columns {
			titles = append(titles, column.Title)
		}
		return titles
	}
	must(ada.MoveColumn(t.Context(), w.ID, w.Columns[2], kanbanapi.ColumnMove{Before: &w.Columns[0]}))(t)
	if got := order(); !slices.Equal(got, []string{"Done", "To do", "Doing"}) {
		t.Errorf("after the move: %q", got)
	}
	must(ada.MoveColumn(t.Context(), w.ID, w.Columns[2], kanbanapi.ColumnMove{After: &w.Columns[1]}))(t)
	if got := order(); !slices.Equal(got, []string{"To do", "Doing", "Done"}) {
		t.Errorf("after the move back: %q", got)
	}

	title := "In progress"
	limited := must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 1, kanbanapi.ColumnPatch{Title: &title, WipLimit: nullable.NewNullableWithValue(3)}))(t)
	if limited.Title != title || limited.WipLimit.MustGet() != 3 || limited.Version != 2 {
		t.Errorf("%+v", limited)
	}
	free := must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 2, kanbanapi.ColumnPatch{WipLimit: nullable.NewNullNullable[int]()}))(t)
	if !free.WipLimit.IsNull() || free.Title != title {
		t.Errorf("%+v", free)
	}
	_, err := ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 2, kanbanapi.ColumnPatch{Title: &title})
	wantProblem(t, err, problem.Stale, "stale_version")
	_, err = ada.MoveColumn(t.Context(), w.ID, w.Columns[0], kanbanapi.ColumnMove{Before: &w.Columns[0]})
	wantProblem(t, err, problem.Invalid, "validation_failed")
	_, err = ada.MoveColumn(t.Context(), w.ID, w.Columns[0], kanbanapi.ColumnMove{Before: &w.ID})
	wantProblem(t, err, problem.Conflict, "neighbour_gone")
}

func TestLongColumnsComeInPages(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	titles := make([]string, 120)
	for i := range titles {
		titles[i] = fmt.Sprintf("c%03d", i)
	}
	w := ada.wall(t, titles...)
	column := must(ada.Board(t.Context(), w.ID))(t).Columns[0]
	if len(column.Cards) != 50 || column.CardCount != 120 {
		t.Fatalf("%d of %d cards at first", len(column.Cards), column.CardCount)
	}
	var got []string
	for _, card := range column.Cards {
		got = append(got, card.Title)
	}
	cursor := column.NextCursor.MustGet()
	// The card where the page ended goes out of sight meanwhile; its place is still known.
	must(ada.ArchiveCard(t.Context(), w.ID, "50"))(t)
	for cursor != "" {
		part := must(ada.Cards(t.Context(), w.ID, w.Columns[0], cursor, 30))(t)
		for _, card := range part.Items {
			got = append(got, card.Title)
		}
		cursor, _ = part.NextCursor.Get()
	}
	if !slices.Equal(got, titles) {
		t.Errorf("the pages hold %q", got)
	}
}
