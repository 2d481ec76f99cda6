package rest_test

import (
	"context"
	"sync"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// Bob, who owns the board too, has invited an address of his own, and has made himself the link of somebody else's invitation.
func TestWhoeverIsNoOwnerAnyMoreHasNoWayBackOfTheirOwnMaking(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(*testing.T, crew){
		"removed":          func(t *testing.T, c crew) { must(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID))(t) },
		"left":             func(t *testing.T, c crew) { must(c.bob.LeaveBoard(t.Context(), c.ID))(t) },
		"demoted":          func(t *testing.T, c crew) { must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Viewer))(t) },
		"handed_over":      func(t *testing.T, c crew) { must(c.bob.HandOver(t.Context(), c.ID, c.ada.ID))(t) },
		"promotion_undone": func(t *testing.T, c crew) { must(c.ada.Undo(t.Context(), c.ID, kanbanapi.UndoWhich{}))(t) },
		"deleted":          func(t *testing.T, c crew) { leave(t, c.bob) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			c := a.crew(t)
			other, carol := a.person(t, "Bobby"), a.person(t, "Carol")
			other.EmailVerified, carol.EmailVerified = true, true
			hers := must(c.ada.Invite(t.Context(), c.ID, kanbanapi.NewInvitation{Email: carol.Email, Role: kanbanapi.Owner}))(t)
			must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner))(t)
			his := must(c.bob.Invite(t.Context(), c.ID, kanbanapi.NewInvitation{Email: other.Email, Role: kanbanapi.Owner}))(t)
			link := must(c.bob.SealInvitation(t.Context(), c.ID, his.Id))(t).Secret
			hersToo := must(c.bob.SealInvitation(t.Context(), c.ID, hers.Id))(t).Secret
			act(t, c)
			for way, key := range map[string]kanbanapi.InvitationKey{"e_mail": {Id: &his.Id}, "link": {Secret: &link}, "another's link": {Secret: &hersToo}} {
				t.Run(way, func(t *testing.T) {
					wantProblem(t, refusalOf(other.AcceptInvitation(t.Context(), key)), problem.NotFound, "invitation_over")
				})
			}
			if waits := must(c.ada.Invitations(t.Context(), c.ID))(t).Items; len(waits) != 1 || waits[0].Id != hers.Id {
				t.Errorf("there waits %+v", waits)
			}
			must(carol.AcceptInvitation(t.Context(), kanbanapi.InvitationKey{Id: &hers.Id}))(t)
		})
	}
}

// What an owner did while they were one stays: only what still waits ends with them.
func TestWhoCameByAnInvitationStaysWhenItsSenderGoes(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	must(i.grace.AcceptInvitation(t.Context(), i.bySecret()))(t)
	must(i.ada.HandOver(t.Context(), i.ID, i.bob.ID))(t)
	must(i.ada.LeaveBoard(t.Context(), i.ID))(t)
	if got := i.roles(t, i.bob); got != "Bob owner, Vic viewer, Grace editor" {
		t.Error(got)
	}
	must(i.grace.AcceptInvitation(t.Context(), i.bySecret()))(t)
}

// Somebody who is on the board has no invitation in reserve, for when they are taken off it.
func TestAnInvitationToWhoIsOnTheBoardIsNoWayBack(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]func(*testing.T, invited){
		"never_accepted":       func(*testing.T, invited) {},
		"accepted_by_e_mail":   func(t *testing.T, i invited) { must(i.grace.AcceptInvitation(t.Context(), i.byID()))(t) },
		"accepted_by_the_link": func(t *testing.T, i invited) { must(i.grace.AcceptInvitation(t.Context(), i.bySecret()))(t) },
	} {
		for goes, act := range map[string]func(*testing.T, invited){
			"removed": func(t *testing.T, i invited) { must(i.ada.RemoveMember(t.Context(), i.ID, i.grace.ID))(t) },
			"left":    func(t *testing.T, i invited) { must(i.grace.LeaveBoard(t.Context(), i.ID))(t) },
		} {
			t.Run(name+"_"+goes, func(t *testing.T) {
				t.Parallel()
				a := setup(t)
				i := a.invited(t)
				a.member(t, i.ID, i.grace, "viewer")
				first(t, i)
				waits := 1
				if name != "never_accepted" {
					waits = 0
				}
				if got := must(i.ada.Invitations(t.Context(), i.ID))(t).Items; len(got) != waits || i.roles(t, i.ada) != "Ada owner, Bob editor, Vic viewer, Grace viewer" {
					t.Errorf("there waits %+v, and on the board are %s", got, i.roles(t, i.ada))
				}
				act(t, i)
				if mine := must(i.grace.MyInvitations(t.Context()))(t).Items; len(mine) != 0 {
					t.Errorf("Grace has %+v", mine)
				}
				for _, key := range []kanbanapi.InvitationKey{i.byID(), i.bySecret()} {
					wantProblem(t, refusalOf(i.grace.AcceptInvitation(t.Context(), key)), problem.NotFound, "invitation_over")
				}
			})
		}
	}
}

// A member may have typed any e-mail: what waits for whom it is stays, when they go.
func TestWhoGoesEndsNoInvitationToAnEMailThatIsNotKnownToBeTheirs(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	squatter := a.person(t, "Grace")
	a.member(t, i.ID, squatter, "viewer")
	must(squatter.AcceptInvitation(t.Context(), i.bySecret()))(t)
	must(i.ada.RemoveMember(t.Context(), i.ID, squatter.ID))(t)
	must(i.grace.AcceptInvitation(t.Context(), i.byID()))(t)
}

// A button that is pressed twice, or a request that is sent again, says the same again; once they are off the board it is over for them too.
func TestWhoJoinsTwiceIsToldSoTwice(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	var together sync.WaitGroup
	for range 4 {
		together.Go(func() {
			if err := refusalOf(i.eve.AcceptInvitation(t.Context(), i.bySecret())); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	before := a.seq(t, i.ID)
	if again := must(i.eve.AcceptInvitation(t.Context(), i.bySecret()))(t); again.BoardId != i.ID || !again.Joined || a.seq(t, i.ID) != before {
		t.Errorf("%+v, and from %d to %d", again, before, a.seq(t, i.ID))
	}
	if found := must(i.eve.FindInvitation(t.Context(), i.bySecret()))(t); !found.Joined {
		t.Errorf("%+v", found)
	}
	if got := i.roles(t, i.eve); got != "Ada owner, Bob editor, Vic viewer, Eve editor" {
		t.Error(got)
	}
	must(i.ada.RemoveMember(t.Context(), i.ID, i.eve.ID))(t)
	wantProblem(t, refusalOf(i.eve.AcceptInvitation(t.Context(), i.bySecret())), problem.NotFound, "invitation_over")
	wantProblem(t, refusalOf(i.eve.FindInvitation(t.Context(), i.bySecret())), problem.NotFound, "invitation_over")
}

// Whoever is taken off the board while they make a link has made none, or it ends with them.
func TestALinkThatIsMadeWhileItsMakerIsTakenOffLeadsNowhere(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t)
	must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner))(t)
	hers := must(c.ada.Invite(t.Context(), c.ID, kanbanapi.NewInvitation{Email: "carol@example.org", Role: kanbanapi.Owner}))(t)
	tx := must(a.pool.Begin(t.Context()))(t)
	t.Cleanup(func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }) // or a failure would wait for the pool to close
	if _, err := tx.Exec(t.Context(), `SELECT FROM invitations WHERE id = $1 FOR UPDATE`, hers.Id); err != nil {
		t.Fatal(err)
	}
	waiting := func(n int) {
		eventually(t, "it waits for the lock", func() bool {
			var is int
			err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&is)
			return err == nil && is == n
		})
	}
	var link string
	var sealed, removed error
	var both sync.WaitGroup
	both.Go(func() {
		made, err := c.bob.SealInvitation(t.Context(), c.ID, hers.Id)
		link, sealed = made.Secret, err
	})
	waiting(1)
	both.Go(func() { removed = refusalOf(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID)) })
	waiting(2)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	both.Wait()
	if sealed != nil || removed != nil {
		t.Fatal(sealed, removed)
	}
	wantProblem(t, refusalOf(c.eve.AcceptInvitation(t.Context(), kanbanapi.InvitationKey{Secret: &link})), problem.NotFound, "invitation_over")
}
