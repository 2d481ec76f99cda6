package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// faces are the members whom a list names of a board, and how many there are.
func faces(b kanbanapi.BoardSummary) string {
	names := make([]string, len(b.Members))
	for i, m := range b.Members {
		names[i] = m.Name
	}
	return fmt.Sprint(strings.Join(names, " "), ", ", b.MemberCount)
}

func TestAListedBoardTellsTheFirstThreeOnItAndHowManyThereAre(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t)
	want := func(when, want string) {
		t.Helper()
		for _, who := range []*person{c.ada, c.bob} {
			if got := faces(who.summary(t, c.ID)); got != want {
				t.Errorf("%s, %s reads %q, want %q", when, who.Name, got, want)
			}
		}
	}
	want("three", "Ada Bob Vic, 3")
	if got := c.ada.summary(t, c.ID).Members[1].Id; got != c.bob.ID {
		t.Errorf("Bob is %s, want %s", got, c.bob.ID)
	}
	dan, zoe := a.person(t, "Dan"), a.person(t, "Zoe")
	a.member(t, c.ID, zoe, "editor")
	a.member(t, c.ID, dan, "viewer")
	want("five", "Ada Bob Vic, 5")
	must(c.ada.RemoveMember(t.Context(), c.ID, c.vic.ID))(t)
	want("one was removed", "Ada Bob Zoe, 4")
	leave(t, zoe)
	want("one has left for good", "Ada Bob Dan, 3")
	a.exec(t, `UPDATE people SET name = 'Robert' WHERE id = $1`, c.bob.ID)
	want("one has another name", "Ada Robert Dan, 3")
}

func TestWhoIsOnABoardIsToldToItsMembersAlone(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	own := c.eve.wall(t)
	boards := must(c.eve.Boards(t.Context(), "", 0))(t).Items
	if len(boards) != 1 || boards[0].Id != own.ID || faces(boards[0]) != "Eve, 1" {
		t.Errorf("an outsider reads %+v", boards)
	}
	if got := faces(c.ada.summary(t, c.ID)); got != "Ada Bob Vic, 3" {
		t.Errorf("a member reads %q", got)
	}
}

func TestABoardTellsWhoIsOnItWhereverItIsSummedUp(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	made := must(c.ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Attic"}))(t)
	if got := faces(made); got != "Ada, 1" {
		t.Errorf("made: %q", got)
	}
	const all = "Ada Bob Vic, 3"
	title := "Meadow"
	if got := faces(must(c.ada.UpdateBoard(t.Context(), c.ID, 1, kanbanapi.BoardPatch{Title: &title}))(t)); got != all {
		t.Errorf("renamed: %q", got)
	}
	if got := faces(must(c.ada.ArchiveBoard(t.Context(), c.ID))(t)); got != all {
		t.Errorf("archived: %q", got)
	}
	away := must(c.bob.AwayBoards(t.Context(), kanbanapi.Find{State: kanbanapi.Archived}))(t).Items
	if len(away) != 1 || faces(away[0]) != all {
		t.Errorf("in the archive: %+v", away)
	}
}

// Of 200 boards with 50 members each, scattered over their table, the list reads the first ones along their index and counts the rest in
// it, whatever else the statistics say: each member's row would be 10,000 pages.
func TestAListOfBoardsReadsTheFirstMembersAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	must(ada.Me(t.Context()))(t)
	a.exec(t, `INSERT INTO boards (id, title, created_by) SELECT gen_random_uuid(), 'x', $1 FROM generate_series(1, 400)`, ada.ID)
	a.exec(t, `INSERT INTO board_seq (board_id, seq) SELECT id, 1 FROM boards`)
	a.exec(t, `INSERT INTO people (id, name, email) SELECT gen_random_uuid(), 'Person ' || n, n || '@example.org' FROM generate_series(1, 50) n`)
	a.exec(t, `INSERT INTO members (board_id, person_id, role, joined_at)
		SELECT b.id, p.id, 'editor', now() - random() * interval '1 day' FROM people p, boards b WHERE p.id <> $1 ORDER BY random()`, ada.ID)
	a.exec(t, `INSERT INTO members (board_id, person_id, role) SELECT id, $1, 'owner' FROM boards LIMIT 200`, ada.ID)
	a.settle(t, "members")
	list := statement(t, "board.sql", "BoardListByPerson", "person_id", "after", "max_rows")
	for _, knows := range []string{`SELECT`, `ANALYZE`, `DELETE FROM pg_statistic WHERE starelid IN ('members'::regclass, 'people'::regclass)`} {
		a.exec(t, knows)
		for name, pages := range map[string]int{"of these": a.pages(t, list, ada.ID, uuid.Nil, 401), "of any": a.pagesOfAnyPlan(t, list, ada.ID, uuid.Nil, 401)} {
			if pages > 5000 {
				t.Errorf("the plan %s, after %.20s: %d pages touched", name, knows, pages)
			}
		}
	}
}
