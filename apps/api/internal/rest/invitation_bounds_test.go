package rest_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// A hundred a day are a hundred, whatever becomes of the boards that they were for.
func TestOnePersonInvitesAHundredADayWhateverBecomesOfTheBoards(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	var sent int
	for range 2 {
		w := ada.wall(t)
		for range 50 {
			sent++
			email := fmt.Sprintf("%d@example.org", sent)
			must(ada.Invite(t.Context(), w.ID, kanbanapi.NewInvitation{Email: email, Role: kanbanapi.Viewer}))(t)
		}
		must(ada.DeleteBoard(t.Context(), w.ID, 1))(t)
		if err := ada.PurgeBoard(t.Context(), w.ID); err != nil {
			t.Fatal(err)
		}
	}
	w, one := ada.wall(t), kanbanapi.NewInvitation{Email: "one@example.org", Role: kanbanapi.Viewer}
	wantProblem(t, refusalOf(ada.Invite(t.Context(), w.ID, one)), problem.TooMany, "invited_too_often")
	a.exec(t, `UPDATE invitations_sent SET day = day - 1`)
	must(ada.Invite(t.Context(), w.ID, one))(t)
	must(ada.Invite(t.Context(), w.ID, kanbanapi.NewInvitation{Email: "two@example.org", Role: kanbanapi.Viewer}))(t) // the day begins anew
}

// What is sent again is one more mail.
func TestAnInvitationSentAgainCounts(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	again := func() error {
		a.exec(t, `UPDATE invitations SET invited_at = now() - interval '61 seconds'`)
		return refusalOf(i.ada.RenewInvitation(t.Context(), i.ID, i.Id))
	}
	a.exec(t, `UPDATE invitations_sent SET sent = 99`)
	if err := again(); err != nil {
		t.Fatal(err)
	}
	i.secret = must(i.ada.SealInvitation(t.Context(), i.ID, i.Id))(t).Secret
	wantProblem(t, again(), problem.TooMany, "invited_too_often")
	must(i.eve.AcceptInvitation(t.Context(), i.bySecret()))(t) // what was refused ended nothing
}

// Each board has a lock of its own: the count is one for all of them.
func TestInvitationsToManyBoardsAtOnceAreNoMoreThanAHundred(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	var boards []wall
	for range 4 {
		boards = append(boards, ada.wall(t))
	}
	invite := func(w wall, n int) error {
		return refusalOf(ada.Invite(t.Context(), w.ID, kanbanapi.NewInvitation{Email: fmt.Sprintf("%d@example.org", n), Role: kanbanapi.Viewer}))
	}
	if err := invite(boards[0], 0); err != nil {
		t.Fatal(err)
	}
	a.exec(t, `UPDATE invitations_sent SET sent = 94`)
	var made atomic.Int32
	var together sync.WaitGroup
	for n := range 20 {
		together.Go(func() {
			if err := invite(boards[n%len(boards)], n+1); err == nil {
				made.Add(1)
			} else if problem.From(err).Code != "invited_too_often" {
				t.Error(err)
			}
		})
	}
	together.Wait()
	if made.Load() != 6 {
		t.Errorf("%d went out of 6", made.Load())
	}
}
