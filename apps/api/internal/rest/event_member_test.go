package rest_test

import (
	"testing"
	"time"

	"cardwall/apps/api/internal/live"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// Nothing but the activity tells the hub: it neither polls nor looks again at who may look on by itself.
func TestWhoeverIsTakenOffABoardIsToldNothingMoreOfItAtOnce(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(*testing.T, crew){
		"removed": func(t *testing.T, c crew) { must(c.ada.RemoveMember(t.Context(), c.ID, c.bob.ID))(t) },
		"left":    func(t *testing.T, c crew) { must(c.bob.LeaveBoard(t.Context(), c.ID))(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := setupLive(t, func(c *live.Config) { c.Poll, c.Recheck = never, never })
			c := a.crew(t, "a")
			began := a.seq(t, c.ID)
			ada, bob := c.ada.follow(t, seen(c.wall, began)), c.bob.follow(t, seen(c.wall, began))
			must(c.vic.Me(t.Context()))(t)
			must(c.ada.ArchiveCard(t.Context(), c.ID, "1"))(t)
			ada.want(t, began+1, began+1)
			bob.want(t, began+1, began+1)
			goes(t, c)
			must(c.ada.RestoreCard(t.Context(), c.ID, "1"))(t)
			ada.want(t, began+2, began+3)
			select {
			case err := <-bob.ended: // he came again and was refused
				wantProblem(t, err, problem.NotFound, "board_not_found")
			case <-time.After(10 * time.Second):
				t.Fatal("he still looks on")
			}
			if event := bob.next(t); event.Gone == nil || event.Gone.Reason != kanbanapi.NotAMember || len(bob.events) > 0 {
				t.Errorf("told of %s, and then %d more", told(event), len(bob.events))
			}
			wantProblem(t, refusalOf(c.bob.Board(t.Context(), c.ID)), problem.NotFound, "board_not_found")
		})
	}
}
