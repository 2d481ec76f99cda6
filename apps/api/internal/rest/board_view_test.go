package rest_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// tag reads the ETag of a board as somebody sees it.
func (p *person) tag(t *testing.T, board uuid.UUID) string {
	t.Helper()
	res, body := p.send(t, "GET", "/v1/boards/"+board.String(), "")
	if res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	return res.Header.Get("ETag")
}

// summary finds a board in the list of somebody's live ones.
func (p *person) summary(t *testing.T, board uuid.UUID) kanbanapi.BoardSummary {
	t.Helper()
	for _, summary := range must(p.Boards(t.Context(), "", 0))(t).Items {
		if summary.Id == board {
			return summary
		}
	}
	t.Fatal("the board isn't listed")
	return kanbanapi.BoardSummary{}
}

func TestAStarIsOnesOwn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, vic := a.person(t, "Ada"), a.person(t, "Vic")
	w := ada.wall(t)
	a.member(t, w.ID, vic, "viewer")
	seq := ada.summary(t, w.ID).Seq
	for range 2 {
		if err := vic.StarBoard(t.Context(), w.ID); err != nil {
			t.Fatal(err)
		}
	}
	if !vic.summary(t, w.ID).Starred || !must(vic.Board(t.Context(), w.ID))(t).Starred {
		t.Error("it isn't starred")
	}
	if other := ada.summary(t, w.ID); other.Starred || other.Seq != seq {
		t.Errorf("for another member: %+v", other)
	}
	for range 2 {
		if err := vic.UnstarBoard(t.Context(), w.ID); err != nil {
			t.Fatal(err)
		}
	}
	if vic.summary(t, w.ID).Starred {
		t.Error("it is starred still")
	}
}

func TestACollapsedColumnIsOnesOwn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, vic := a.person(t, "Ada"), a.person(t, "Vic")
	w := ada.wall(t)
	a.member(t, w.ID, vic, "viewer")
	collapsed := func(p *person) (which []bool) {
		for _, column := range must(p.Board(t.Context(), w.ID))(t).Columns {
			which = append(which, column.Collapsed)
		}
		return which
	}
	for range 2 {
		if err := vic.CollapseColumn(t.Context(), w.ID, w.Columns[1]); err != nil {
			t.Fatal(err)
		}
	}
	if got := collapsed(vic); got[0] || !got[1] || got[2] {
		t.Errorf("collapsed: %v", got)
	}
	if got := collapsed(ada); got[1] {
		t.Errorf("for another member: %v", got)
	}
	for range 2 {
		if err := vic.ExpandColumn(t.Context(), w.ID, w.Columns[1]); err != nil {
			t.Fatal(err)
		}
	}
	if got := collapsed(vic); got[1] {
		t.Errorf("expanded: %v", got)
	}
}

func TestABoardsETagChangesWithTheReadersOwnViewAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, vic := a.person(t, "Ada"), a.person(t, "Vic")
	w := ada.wall(t)
	a.member(t, w.ID, vic, "viewer")
	theirs := ada.tag(t, w.ID)
	for name, change := range map[string]struct {
		do, undo func() error
	}{
		"star": {
			func() error { return vic.StarBoard(t.Context(), w.ID) },
			func() error { return vic.UnstarBoard(t.Context(), w.ID) },
		},
		"collapse": {
			func() error { return vic.CollapseColumn(t.Context(), w.ID, w.Columns[0]) },
			func() error { return vic.ExpandColumn(t.Context(), w.ID, w.Columns[0]) },
		},
	} {
		for _, do := range []func() error{change.do, change.undo} {
			before := vic.tag(t, w.ID)
			if err := do(); err != nil {
				t.Fatal(err)
			}
			after := vic.tag(t, w.ID)
			if after == before {
				t.Errorf("%s: the reader's tag stays %s", name, before)
			}
			if err := do(); err != nil { // again, which changes nothing
				t.Fatal(err)
			}
			if again := vic.tag(t, w.ID); again != after {
				t.Errorf("%s done again: %s becomes %s", name, after, again)
			}
			if got := ada.tag(t, w.ID); got != theirs {
				t.Errorf("%s: another reader's tag goes from %s to %s", name, theirs, got)
			}
		}
	}
	res, _ := vic.send(t, "GET", "/v1/boards/"+w.ID.String(), "", "If-None-Match", vic.tag(t, w.ID))
	if res.StatusCode != 304 {
		t.Errorf("%d for the copy one has", res.StatusCode)
	}
}

func TestOpeningABoardIsMarkedAtMostEveryFiveMinutes(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	if got := ada.summary(t, w.ID).OpenedAt; !got.IsNull() {
		t.Fatalf("opened at %v before anybody did", got)
	}
	tag := ada.tag(t, w.ID)
	first := ada.summary(t, w.ID).OpenedAt.MustGet()
	if again := ada.tag(t, w.ID); again != tag {
		t.Errorf("being opened changes the tag from %s to %s", tag, again)
	}
	if got := ada.summary(t, w.ID).OpenedAt.MustGet(); !got.Equal(first) {
		t.Errorf("marked at %s and again at %s", first, got)
	}
	for name, header := range map[string][]string{"a read": nil, "a read that finds nothing new": {"If-None-Match", tag}} {
		a.exec(t, `UPDATE members SET opened_at = now() - interval '301 seconds'`)
		ada.send(t, "GET", "/v1/boards/"+w.ID.String(), "", header...)
		if got := ada.summary(t, w.ID).OpenedAt.MustGet(); time.Since(got) > time.Minute {
			t.Errorf("%s five minutes later: marked at %s", name, got)
		}
	}
	a.exec(t, `UPDATE members SET opened_at = now() - interval '290 seconds'`)
	ada.tag(t, w.ID)
	if got := ada.summary(t, w.ID).OpenedAt.MustGet(); time.Since(got) < time.Minute {
		t.Errorf("marked again before the time, at %s", got)
	}
}

func TestChangedAtIsTheTimeOfTheLastActivity(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	a.exec(t, `UPDATE board_seq SET changed_at = now() - interval '1 day'`)
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[0], At: ref(kanbanapi.End)}))(t) // stands there
	if got := ada.summary(t, w.ID).ChangedAt; time.Since(got) < time.Hour {
		t.Errorf("what changes nothing counts as a change, at %s", got)
	}
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	activity := must(ada.Activity(t.Context(), w.ID, 0, 0))(t).Items
	if got, last := ada.summary(t, w.ID).ChangedAt, activity[len(activity)-1].At; last.Sub(got).Abs() > time.Second {
		t.Errorf("changed at %s, the last activity was at %s", got, last)
	}
}

func TestNobodyElsesBoardCanBeStarredOrCollapsed(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w, hers := ada.wall(t), eve.wall(t)
	wantProblem(t, eve.StarBoard(t.Context(), w.ID), problem.NotFound, "board_not_found")
	wantProblem(t, eve.UnstarBoard(t.Context(), w.ID), problem.NotFound, "board_not_found")
	wantProblem(t, eve.CollapseColumn(t.Context(), w.ID, w.Columns[0]), problem.NotFound, "board_not_found")
	wantProblem(t, eve.CollapseColumn(t.Context(), hers.ID, w.Columns[0]), problem.NotFound, "column_not_found")
	wantProblem(t, eve.ExpandColumn(t.Context(), hers.ID, w.Columns[0]), problem.NotFound, "column_not_found")
	must(eve.ArchiveColumn(t.Context(), hers.ID, hers.Columns[0]))(t)
	wantProblem(t, eve.CollapseColumn(t.Context(), hers.ID, hers.Columns[0]), problem.Conflict, "column_archived")
	var rows int
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM collapsed_columns`).Scan(&rows); err != nil || rows > 0 {
		t.Errorf("%d rows were written, %v", rows, err)
	}
}
