package rest_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

// crew is a board with a member of each role and an outsider.
type crew struct {
	wall
	ada, bob, vic, eve *person // owner, editor, viewer, outsider
}

func (a *api) crew(t *testing.T, titles ...string) crew {
	t.Helper()
	c := crew{ada: a.person(t, "Ada"), bob: a.person(t, "Bob"), vic: a.person(t, "Vic"), eve: a.person(t, "Eve")}
	c.wall = c.ada.wall(t, titles...)
	a.member(t, c.ID, c.bob, "editor")
	a.member(t, c.ID, c.vic, "viewer")
	must(c.eve.Me(t.Context()))(t)
	return c
}

// roles are the members' names and roles, in their order.
func (c crew) roles(t *testing.T, who *person) string {
	t.Helper()
	var all []string
	for _, m := range must(who.Members(t.Context(), c.ID))(t).Items {
		all = append(all, m.Name+" "+string(m.Role))
	}
	return strings.Join(all, ", ")
}

func TestMembersAreListedForMembersWithEMailsForOwners(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	for _, who := range []*person{c.ada, c.bob, c.vic} {
		list := must(who.Members(t.Context(), c.ID))(t)
		if got := c.roles(t, who); got != "Ada owner, Bob editor, Vic viewer" || list.Seq != must(who.Board(t.Context(), c.ID))(t).Seq {
			t.Errorf("%s reads %s at %d", who.Name, got, list.Seq)
		}
		for _, m := range list.Items {
			if shown := m.Email != nil; shown != (who == c.ada) {
				t.Errorf("%s reads the e-mail of %s: %v", who.Name, m.Name, shown)
			}
		}
		if board := must(who.Board(t.Context(), c.ID))(t); len(board.Members) != 3 || board.Members[1].Name != "Bob" || board.Members[1].Id != c.bob.ID {
			t.Errorf("%s's board has %+v", who.Name, board.Members)
		}
	}
	_, err := c.eve.Members(t.Context(), c.ID)
	wantProblem(t, err, problem.NotFound, "board_not_found")
}

func TestARoleCountsAtOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "a")
	member := must(c.ada.ChangeRole(t.Context(), c.ID, c.vic.ID, kanbanapi.Editor))(t)
	if member.Role != kanbanapi.Editor || member.Name != "Vic" || member.Seq != a.seq(t, c.ID) {
		t.Errorf("%+v", member)
	}
	must(c.vic.ArchiveCard(t.Context(), c.ID, "1"))(t)
	must(c.ada.ChangeRole(t.Context(), c.ID, c.vic.ID, kanbanapi.Viewer))(t)
	wantProblem(t, refusalOf(c.vic.RestoreCard(t.Context(), c.ID, "1")), problem.Forbidden, "read_only")
	before := a.seq(t, c.ID)
	must(c.ada.ChangeRole(t.Context(), c.ID, c.vic.ID, kanbanapi.Viewer))(t)
	if now := a.seq(t, c.ID); now != before {
		t.Errorf("what they are already took the board from %d to %d", before, now)
	}
	told := must(c.bob.Activity(t.Context(), c.ID, before-1, 0))(t).Items
	if len(told) != 1 || told[0].Verb != kanbanapi.MemberRoleChanged || told[0].Person == nil || told[0].Person.Name != "Vic" || told[0].Before["role"] != "editor" || told[0].After["role"] != "viewer" {
		t.Errorf("told as %+v", told)
	}
}

func TestOnlyOwnersDecideWhoIsOnABoard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t)
	before := a.seq(t, c.ID)
	for who, want := range map[*person]struct {
		kind problem.Kind
		code string
	}{c.bob: {problem.Forbidden, "owners_only"}, c.vic: {problem.Forbidden, "read_only"}, c.eve: {problem.NotFound, "board_not_found"}} {
		for _, err := range []error{
			refusalOf(who.ChangeRole(t.Context(), c.ID, c.ada.ID, kanbanapi.Viewer)),
			refusalOf(who.ChangeRole(t.Context(), c.ID, who.ID, kanbanapi.Owner)),
			refusalOf(who.HandOver(t.Context(), c.ID, who.ID)),
			refusalOf(who.RemoveMember(t.Context(), c.ID, c.ada.ID)),
		} {
			wantProblem(t, err, want.kind, want.code)
		}
	}
	for _, err := range []error{
		refusalOf(c.ada.ChangeRole(t.Context(), c.ID, c.eve.ID, kanbanapi.Viewer)),
		refusalOf(c.ada.HandOver(t.Context(), c.ID, c.eve.ID)),
		refusalOf(c.ada.RemoveMember(t.Context(), c.ID, uuid.New())),
	} {
		wantProblem(t, err, problem.NotFound, "member_not_found")
	}
	if now := a.seq(t, c.ID); now != before {
		t.Errorf("refusals took the board from %d to %d", before, now)
	}
}

func TestABoardIsNeverWithoutAnOwner(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	for _, err := range []error{
		refusalOf(c.ada.ChangeRole(t.Context(), c.ID, c.ada.ID, kanbanapi.Editor)),
		refusalOf(c.ada.LeaveBoard(t.Context(), c.ID)),
		refusalOf(c.ada.RemoveMember(t.Context(), c.ID, c.ada.ID)),
	} {
		wantProblem(t, err, problem.Conflict, "last_owner")
	}
	must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner))(t)
	must(c.ada.LeaveBoard(t.Context(), c.ID))(t)
	wantProblem(t, refusalOf(c.bob.LeaveBoard(t.Context(), c.ID)), problem.Conflict, "last_owner")
	if got := c.roles(t, c.bob); got != "Bob owner, Vic viewer" {
		t.Error(got)
	}
}

// waits holds a board's lock while all of these come to wait for it at the database, and then lets them go on.
func (a *api) waits(t *testing.T, board uuid.UUID, all ...func()) {
	t.Helper()
	tx := must(a.pool.Begin(t.Context()))(t)
	if _, err := tx.Exec(t.Context(), `SELECT FROM board_seq WHERE board_id = $1 FOR UPDATE`, board); err != nil {
		t.Fatal(err)
	}
	var waiting sync.WaitGroup
	for i, one := range all {
		waiting.Go(one)
		eventually(t, "it waits for the board's lock", func() bool {
			var n int
			err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&n)
			return err == nil && n == i+1
		})
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	waiting.Wait()
}

// Each owner would take the other's place away. Whoever comes second isn't an owner any more when it is their turn, whatever they were
// when they began to wait.
func TestOwnersWhoDemoteEachOtherAtOnceLeaveOne(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	a, there := setupOn(t, database), setupOn(t, database)
	c := a.crew(t)
	must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner))(t)
	bob := c.bob.at(t, there)
	var first, second error
	a.waits(t, c.ID,
		func() { first = refusalOf(c.ada.ChangeRole(t.Context(), c.ID, bob.ID, kanbanapi.Editor)) },
		func() { second = refusalOf(bob.ChangeRole(t.Context(), c.ID, c.ada.ID, kanbanapi.Editor)) })
	if first != nil {
		t.Fatal(first)
	}
	wantProblem(t, second, problem.Forbidden, "owners_only")
	if got := c.roles(t, c.ada); got != "Ada owner, Bob editor, Vic viewer" {
		t.Error(got)
	}
}

func TestOwnersWhoLeaveAtOnceLeaveOne(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	a, there := setupOn(t, database), setupOn(t, database)
	c := a.crew(t)
	must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner))(t)
	bob := c.bob.at(t, there)
	var first, second error
	a.waits(t, c.ID,
		func() { first = refusalOf(c.ada.LeaveBoard(t.Context(), c.ID)) },
		func() { second = refusalOf(bob.LeaveBoard(t.Context(), c.ID)) })
	if first != nil {
		t.Fatal(first)
	}
	wantProblem(t, second, problem.Conflict, "last_owner")
}

func TestWhoeverIsTakenOffWhileTheyWaitForTheirTurnChangesNothing(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	a, there := setupOn(t, database), setupOn(t, database)
	c := a.crew(t, "a")
	bob := c.bob.at(t, there)
	var removed, change error
	a.waits(t, c.ID,
		func() { removed = refusalOf(c.ada.RemoveMember(t.Context(), c.ID, bob.ID)) },
		func() { change = refusalOf(bob.ArchiveCard(t.Context(), c.ID, "1")) })
	if removed != nil {
		t.Fatal(removed)
	}
	wantProblem(t, change, problem.NotFound, "board_not_found")
}

func TestABoardIsHandedOverWhole(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t)
	before := a.seq(t, c.ID)
	must(c.ada.HandOver(t.Context(), c.ID, c.ada.ID))(t)
	if member := must(c.ada.HandOver(t.Context(), c.ID, c.vic.ID))(t); member.Role != kanbanapi.Owner || member.Seq != before+2 {
		t.Errorf("%+v", member)
	}
	if got := c.roles(t, c.vic); got != "Ada editor, Bob editor, Vic owner" {
		t.Error(got)
	}
	told := must(c.bob.Activity(t.Context(), c.ID, before, 0))(t).Items
	if len(told) != 2 || told[0].Batch == nil || *told[0].Batch != *told[1].Batch || told[0].Person.Name != "Vic" || told[1].Person.Name != "Ada" {
		t.Errorf("told as %+v", told)
	}
	_, err := c.ada.Undo(t.Context(), c.ID, kanbanapi.UndoWhich{})
	wantProblem(t, err, problem.Forbidden, "owners_only")
}

func TestAnArchivedBoardsMembersCanBeChanged(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	must(c.ada.ArchiveBoard(t.Context(), c.ID))(t)
	must(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID))(t)
	wantProblem(t, refusalOf(c.bob.Board(t.Context(), c.ID)), problem.NotFound, "board_not_found")
	must(c.vic.LeaveBoard(t.Context(), c.ID))(t)
	if got := c.roles(t, c.ada); got != "Ada owner" {
		t.Error(got)
	}
}

// A name changes without an activity, and still a copy from before isn't called the present one.
func TestAMembersNewNameIsOnTheirBoards(t *testing.T) {
	t.Parallel()
	c := setup(t).crew(t)
	path := "/v1/boards/" + c.ID.String()
	res, _ := c.ada.send(t, "GET", path, "")
	c.bob.Name = "Robert"
	must(c.bob.Me(t.Context()))(t)
	if now, body := c.ada.send(t, "GET", path, "", "If-None-Match", res.Header.Get("ETag")); now.StatusCode != 200 || !strings.Contains(body, `"Robert"`) {
		t.Errorf("%d %s", now.StatusCode, body)
	}
}
