package rest_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestLeave(t *testing.T) {
	t.Parallel()
	t.Run("takes_along_the_boards_that_only_they_are_on", func(t *testing.T) {
		t.Parallel()
		a := setup(t)
		ada := a.person(t, "Ada")
		ada.wall(t, "a", "b")
		leave(t, ada)
		var boards, cards, members int
		if err := a.pool.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM boards), (SELECT count(*) FROM cards), (SELECT count(*) FROM members)`).Scan(&boards, &cards, &members); err != nil || boards+cards+members > 0 {
			t.Errorf("left behind: %d boards, %d cards, %d members, %v", boards, cards, members, err)
		}
	})
	t.Run("ends_the_membership_elsewhere_and_keeps_the_activity_without_the_name", func(t *testing.T) {
		t.Parallel()
		a := setup(t)
		ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
		w := ada.wall(t, "a")
		a.member(t, w.ID, bob, "editor")
		must(bob.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "b"}))(t)
		leave(t, bob)
		_, err := bob.Board(t.Context(), w.ID)
		wantProblem(t, err, problem.NotFound, "board_not_found")
		activity := must(ada.Activity(t.Context(), w.ID, 0, 0))(t).Items
		if last := activity[len(activity)-1]; last.Actor.Name != "Former member" || last.Actor.Id != bob.ID || activity[0].Actor.Name != "Ada" {
			t.Errorf("told as %+v, the first as %+v", last.Actor, activity[0].Actor)
		}
		if got := ada.order(t, w.ID)[0]; got != "a b" {
			t.Errorf("on the wall: %q", got)
		}
		a.wantNothingOf(t, bob)
	})
	t.Run("is_refused_to_the_sole_owner_of_a_board_that_others_are_on", func(t *testing.T) {
		t.Parallel()
		a := setup(t)
		ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
		shared, own := ada.wall(t), ada.wall(t)
		a.member(t, shared.ID, bob, "editor")
		refused := wantProblem(t, ada.DeleteMe(t.Context()), problem.Conflict, "sole_owner")
		if !strings.Contains(refused.Detail, "“Garden”") || strings.Contains(refused.Detail, "” and “") {
			t.Errorf("it says %q", refused.Detail)
		}
		must(ada.Board(t.Context(), shared.ID))(t)
		must(ada.Board(t.Context(), own.ID))(t)
		a.exec(t, `UPDATE members SET role = 'owner' WHERE person_id = $1`, bob.ID)
		leave(t, ada)
		must(bob.Board(t.Context(), shared.ID))(t)
	})
	t.Run("takes_along_how_they_saw_the_boards_of_others", func(t *testing.T) {
		t.Parallel()
		a := setup(t)
		ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
		w := ada.wall(t)
		a.member(t, w.ID, bob, "viewer")
		if err := errors.Join(bob.StarBoard(t.Context(), w.ID), bob.CollapseColumn(t.Context(), w.ID, w.Columns[0])); err != nil {
			t.Fatal(err)
		}
		leave(t, bob)
		var rows int
		if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM collapsed_columns`).Scan(&rows); err != nil || rows > 0 {
			t.Errorf("%d rows are left, %v", rows, err)
		}
	})
	t.Run("may_be_said_again", func(t *testing.T) {
		t.Parallel()
		ada := setup(t).person(t, "Ada")
		ada.wall(t)
		leave(t, ada)
		leave(t, ada)
	})
}

func TestLeavingTakesItsHeader(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	for name, header := range map[string][]string{"none": nil, "empty": {"X-Confirm", ""}, "another": {"X-Confirm", "yes"}, "two": {"X-Confirm", "leave,leave"}} {
		if res, body := ada.send(t, "DELETE", "/v1/me", "", header...); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"field":"X-Confirm"`) {
			t.Errorf("%s: %d %s", name, res.StatusCode, body)
		}
	}
	must(ada.Board(t.Context(), w.ID))(t)
	if res, body := ada.send(t, "DELETE", "/v1/me", "", "X-Confirm", "leave"); res.StatusCode != http.StatusNoContent {
		t.Errorf("with it: %d %s", res.StatusCode, body)
	}
}

// A token lives on for a minute after its person has gone.
func TestTokenOfSomebodyWhoLeftBringsNothingBack(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	ada.wall(t)
	leave(t, ada)
	must(ada.Me(t.Context()))(t)
	ada.Name = "Ada anew"
	_, err := ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Once more"})
	wantProblem(t, err, problem.Forbidden, "account_deleted")
	a.wantNothingOf(t, ada)
}

func TestBoardMadeWhileItsOwnerLeavesIsNotLeftBehind(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	must(ada.Me(t.Context()))(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { _, _ = ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Quick"}) })
		all.Go(func() {
			if err := ada.DeleteMe(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	leave(t, ada)
	var boards int
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM boards`).Scan(&boards); err != nil || boards > 0 {
		t.Errorf("%d boards are nobody's, %v", boards, err)
	}
}

func leave(t *testing.T, who *person) {
	t.Helper()
	if err := who.DeleteMe(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// wantNothingOf checks that the row which is left of somebody says nothing of them.
func (a *api) wantNothingOf(t *testing.T, who *person) {
	t.Helper()
	var said string
	if err := a.pool.QueryRow(t.Context(), `SELECT name || email || picture FROM people WHERE id = $1 AND left_at IS NOT NULL`, who.ID).Scan(&said); err != nil || said != "" {
		t.Errorf("the row says %q, %v", said, err)
	}
}
