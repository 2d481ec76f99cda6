package rest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/live"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestOneStreamTellsOfSeveralBoards(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	walls := []wall{ada.wall(t), ada.wall(t), ada.wall(t)}
	f := ada.follow(t, seen(walls[0], 0), seen(walls[1], 4), seen(walls[2], 2))
	next := map[uuid.UUID]int64{walls[0].ID: 1, walls[1].ID: 5, walls[2].ID: 3}
	total := 4 + 0 + 2
	for i := range 60 {
		ada.change(t, walls[i%3], 1)
	}
	for range total + 60 {
		event := f.next(t)
		if event.Activity == nil || event.Activity.Seq != next[event.Activity.BoardId] {
			t.Fatalf("%s; want one of %v", told(event), next)
		}
		next[event.Activity.BoardId]++
	}
}

// Each id says how far all boards are: from whichever the stream goes on, nothing is left out and nothing comes twice.
func TestAStreamOfSeveralBoardsGoesOnFromAnyOfItsEvents(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	one, two := ada.wall(t), ada.wall(t)
	for range 6 {
		ada.change(t, one, 1)
		ada.change(t, two, 2)
	}
	path := fmt.Sprintf("/v1/events?boards=%s:0,%s:3", one.ID, two.ID)
	var got []string
	for id, more := "", true; more; {
		var headers []string
		if id != "" {
			headers = []string{"Last-Event-ID", id}
		}
		stream := ada.open(t, path, headers...)
		stream.block()
		for range 3 {
			text, _ := stream.block()
			event := must(eventIn(text))(t)
			id = event.ID
			got = append(got, fmt.Sprintf("%s %d", event.Activity.BoardId, event.Activity.Seq))
			if more = len(got) < int(a.seq(t, one.ID)+a.seq(t, two.ID)-3); !more {
				break
			}
		}
		stream.close()
	}
	next := map[string]int64{one.ID.String(): 1, two.ID.String(): 4}
	for _, each := range got {
		board, _, _ := strings.Cut(each, " ")
		if each != fmt.Sprintf("%s %d", board, next[board]) {
			t.Fatalf("%s comes when %d is next: %q", each, next[board], got)
		}
		next[board]++
	}
	if id := must(eventIn(lastBlock(t, ada, path)))(t).ID; len(id) > 20 {
		t.Errorf("an id of two boards is %q", id)
	}
}

// eventIn reads a block with an activity.
func eventIn(text string) (event kanbanapi.Event, err error) {
	head, data, _ := strings.Cut(text, "\nevent: activity\ndata: ")
	event.ID, event.Activity = strings.TrimPrefix(head, "id: "), &kanbanapi.ActivityEvent{}
	return event, json.Unmarshal([]byte(data), event.Activity)
}

// lastBlock is the second block of a stream, its first event.
func lastBlock(t *testing.T, p *person, path string) string {
	t.Helper()
	stream := p.open(t, path)
	defer stream.close()
	stream.block()
	text, _ := stream.block()
	return text
}

func TestAMemberWhoIsTakenOffABoardHearsNothingMoreOfIt(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Recheck, c.Poll = soon, soon })
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w, other := ada.wall(t), ada.wall(t)
	a.member(t, w.ID, bob, "viewer")
	a.member(t, other.ID, bob, "viewer")
	last := a.seq(t, w.ID)
	alone, both, hers := bob.follow(t, seen(w, last)), bob.follow(t, seen(w, last), seen(other, last)), ada.follow(t, seen(w, last))
	ada.change(t, w, 1)
	for _, f := range []*follower{alone, both, hers} {
		f.want(t, last+1, last+1)
	}
	a.exec(t, `DELETE FROM members WHERE board_id = $1 AND person_id = $2`, w.ID, bob.ID)
	for _, f := range []*follower{alone, both} {
		if event := f.next(t); event.Gone == nil || event.Gone.Reason != kanbanapi.NotAMember || event.Gone.BoardId != w.ID {
			t.Fatalf("%s", told(event))
		}
	}
	wantProblem(t, alone.wantEnd(t), problem.NotFound, "board_not_found")
	ada.change(t, w, 3)
	ada.change(t, other, 1)
	hers.want(t, last+2, last+4)
	if event := both.next(t); event.Activity == nil || event.Activity.BoardId != other.ID {
		t.Errorf("%s", told(event))
	}
}

// The rights are not looked at again in the time of this test: the deletion tells of itself.
func TestABoardThatIsDeletedSaysSoAndEnds(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Recheck, c.Poll = never, never })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	last := a.seq(t, w.ID)
	f := ada.follow(t, seen(w, last))
	must(ada.ArchiveBoard(t.Context(), w.ID))(t) // which isn't its end
	must(ada.RestoreBoard(t.Context(), w.ID))(t)
	f.want(t, last+1, last+2)
	if res, body := ada.send(t, "DELETE", "/v1/boards/"+w.ID.String(), "", "If-Match", `"1"`); res.StatusCode != 204 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if event := f.next(t); event.Activity == nil || event.Activity.Verb != kanbanapi.BoardDeleted {
		t.Fatalf("%s", told(event))
	}
	if event := f.next(t); event.Gone == nil || event.Gone.Reason != kanbanapi.InTrash {
		t.Fatalf("%s", told(event))
	}
	wantProblem(t, f.wantEnd(t), problem.NotFound, "board_not_found")
}

func TestABoardThatIsPurgedEndsItsStreams(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Recheck, c.Poll = never, soon })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	f := ada.follow(t, seen(w, 0))
	f.want(t, 1, a.seq(t, w.ID))
	a.exec(t, `DELETE FROM boards WHERE id = $1`, w.ID)
	if event := f.next(t); event.Gone == nil || event.Gone.Reason != kanbanapi.NotAMember {
		t.Fatalf("%s", told(event))
	}
	wantProblem(t, f.wantEnd(t), problem.NotFound, "board_not_found")
}
