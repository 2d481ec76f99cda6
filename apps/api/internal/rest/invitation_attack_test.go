package rest_test

import (
	"sync"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// E-mails are one when nothing but their case, or the spelling of their domain, differs. What case folding also makes the same is another mailbox.
func TestAnInvitationIsForTheMailboxAndForNoneThatLooksLikeIt(t *testing.T) {
	t.Parallel()
	for invitedAs, c := range map[string]struct {
		verified string
		is       bool
	}{
		"Grace@Example.ORG":        {"grace@example.org", true},
		"grace@bücher.example":     {"grace@xn--bcher-kva.example", true},
		"GRACE@BÜCHER.example":     {"grace@xn--bcher-kva.example", true},
		"ÉMILE@example.org":        {"e\u0301mile@example.org", true}, // composed or not
		"straße@example.org":       {"strasse@example.org", false},
		"strasse@example.org":      {"straße@example.org", false},
		"grace@straße.example":     {"grace@strasse.example", false},
		"o\ufb03ce@example.org":    {"office@example.org", false}, // a ligature
		"\u0455am@example.org":     {"sam@example.org", false},    // a Cyrillic letter
		"grace+board@example.org":  {"grace@example.org", false},
		"g.race@example.org":       {"grace@example.org", false},
		"grace@sub.example.org":    {"grace@example.org", false},
		"grace@example.org.uk.com": {"grace@example.org", false},
	} {
		t.Run(invitedAs, func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			c0 := a.crew(t)
			i := must(c0.ada.Invite(t.Context(), c0.ID, kanbanapi.NewInvitation{Email: invitedAs, Role: kanbanapi.Viewer}))(t)
			reader := a.person(t, "Reader")
			reader.Email, reader.EmailVerified = c.verified, true
			err := refusalOf(reader.AcceptInvitation(t.Context(), kanbanapi.InvitationKey{Id: &i.Id}))
			if mine := must(reader.MyInvitations(t.Context()))(t).Items; (err == nil) != c.is || len(mine) != 0 {
				t.Errorf("%s: %v, and still %+v", c.verified, err, mine)
			}
			if again := refusalOf(c0.ada.Invite(t.Context(), c0.ID, kanbanapi.NewInvitation{Email: c.verified, Role: kanbanapi.Viewer})); again != nil {
				t.Errorf("the other is held for invited already: %v", again)
			}
		})
	}
}

// A secret opens its own board, whatever else the key says.
func TestASecretOpensItsOwnBoardAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	other := i.eve.wall(t, "x")
	elsewhere := must(i.eve.Invite(t.Context(), other.ID, kanbanapi.NewInvitation{Email: "hedy@example.org", Role: kanbanapi.Owner}))(t)
	mallory := a.person(t, "Mallory")
	if joined := must(mallory.AcceptInvitation(t.Context(), kanbanapi.InvitationKey{Id: &elsewhere.Id, Secret: &i.secret}))(t); joined.BoardId != i.ID {
		t.Errorf("joined %s", joined.BoardTitle)
	}
	wantProblem(t, refusalOf(mallory.Members(t.Context(), other.ID)), problem.NotFound, "board_not_found")
}

// What is decided in one moment by many is decided once.
func TestManyWhoAcceptAndAnOwnerWhoWithdrawsAtOnce(t *testing.T) {
	t.Parallel()
	for range 10 {
		a := setup(t)
		i := a.invited(t)
		all := []*person{i.grace, i.eve, a.person(t, "Mallory"), a.person(t, "Trudy")}
		errs := make([]error, len(all)+1)
		var together sync.WaitGroup
		for n, who := range all {
			together.Go(func() { errs[n] = refusalOf(who.AcceptInvitation(t.Context(), i.bySecret())) })
		}
		together.Go(func() { errs[len(all)] = refusalOf(i.ada.WithdrawInvitation(t.Context(), i.ID, i.Id)) })
		together.Wait()
		var done int
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				wantProblem(t, err, problem.NotFound, "invitation_over")
			}
		}
		if members := len(must(i.ada.Members(t.Context(), i.ID))(t).Items); done != 1 || members != 3 && members != 4 || (members == 3) != (errs[len(all)] == nil) {
			t.Fatalf("%d had their way, %d members: %v", done, members, errs)
		}
	}
}

// A token is good for 90 seconds more; the board isn't.
func TestWhoeverWasRemovedIsAnOutsiderWithTheTokenTheyHave(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "a")
	must(c.ada.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner))(t)
	made := must(c.bob.Invite(t.Context(), c.ID, kanbanapi.NewInvitation{Email: "x@example.org", Role: kanbanapi.Viewer}))(t)
	must(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID))(t)
	for name, err := range map[string]error{
		"reads":     refusalOf(c.bob.Board(t.Context(), c.ID)),
		"filters":   refusalOf(c.bob.FilteredBoard(t.Context(), c.ID, "@me", today)),
		"lists":     refusalOf(c.bob.Members(t.Context(), c.ID)),
		"invites":   refusalOf(c.bob.Invite(t.Context(), c.ID, kanbanapi.NewInvitation{Email: "y@example.org", Role: kanbanapi.Owner})),
		"seals":     refusalOf(c.bob.SealInvitation(t.Context(), c.ID, made.Id)),
		"renews":    refusalOf(c.bob.RenewInvitation(t.Context(), c.ID, made.Id)),
		"promotes":  refusalOf(c.bob.ChangeRole(t.Context(), c.ID, c.bob.ID, kanbanapi.Owner)),
		"removes":   refusalOf(c.bob.RemoveMember(t.Context(), c.ID, c.ada.ID)),
		"takes_it":  refusalOf(c.bob.HandOver(t.Context(), c.ID, c.bob.ID)),
		"assigns":   refusalOf(c.bob.AssignCard(t.Context(), c.ID, "1", c.ada.ID)),
		"undoes_it": refusalOf(c.bob.Undo(t.Context(), c.ID, kanbanapi.UndoWhich{})),
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, err, problem.NotFound, "board_not_found") })
	}
	wantProblem(t, refusalOf(c.ada.AssignCard(t.Context(), c.ID, "1", c.bob.ID)), problem.NotFound, "member_not_found")
}
