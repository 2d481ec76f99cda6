package rest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/apps/api/internal/live"
	"cardwall/apps/api/internal/rest"
	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

func TestAllWhoLookOnAreToldEverythingOnceAndInOneOrder(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	began := a.seq(t, w.ID)
	var all []*follower
	for i := range int64(4) { // from different places on, of which some have to be replayed
		all = append(all, ada.follow(t, seen(w, i)))
	}
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() { ada.change(t, w, 40) })
	}
	late := ada.follow(t, seen(w, 0)) // joins what is under way
	writers.Wait()
	if last := a.seq(t, w.ID); last != began+160 {
		t.Fatalf("from %d to %d", began, last)
	}
	for i, f := range all {
		f.want(t, int64(i)+1, began+160)
	}
	late.want(t, 1, began+160)
}

func TestAnEventIsTheActivityOfTheList(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	before := a.seq(t, w.ID)
	stream := ada.open(t, fmt.Sprintf("/v1/boards/%s/events?after=%d", w.ID, before))
	if kind, control := stream.Header.Get("Content-Type"), stream.Header.Get("Cache-Control"); kind != "text/event-stream" || control != "no-store" {
		t.Errorf("%q, %q", kind, control)
	}
	if opening, _ := stream.block(); !regexp.MustCompile(fmt.Sprintf(`^retry: \d+\nid: %d$`, before)).MatchString(opening) {
		t.Errorf("it begins with %q", opening)
	}
	ada.send(t, "POST", "/v1/boards/"+w.ID.String()+"/cards/1/archive", "", "X-Tab", "tab-7")
	text, _ := stream.block()
	id, data, found := strings.Cut(text, "\nevent: activity\ndata: ")
	if want := fmt.Sprintf("id: %d", before+1); !found || id != want {
		t.Fatalf("%q", text)
	}
	_, listed := ada.send(t, "GET", fmt.Sprintf("/v1/boards/%s/activity?after=%d", w.ID, before), "")
	var list struct{ Items []map[string]any }
	var event map[string]any
	if err := json.Unmarshal([]byte(listed), &list); err != nil || len(list.Items) != 1 {
		t.Fatalf("%v %s", err, listed)
	}
	if err := json.Unmarshal([]byte(data), &event); err != nil {
		t.Fatal(err)
	}
	list.Items[0]["board_id"] = w.ID.String()
	if !reflect.DeepEqual(event, list.Items[0]) || event["origin"] != "tab-7" {
		t.Errorf("the event is %v, the list has %v", event, list.Items[0])
	}
}

func TestAStreamGoesOnWhereAnotherEnded(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	last := a.seq(t, w.ID)
	ada.change(t, w, 30)
	id := fmt.Sprint(last)
	for want := last + 1; want <= last+30; {
		stream := ada.open(t, "/v1/boards/"+w.ID.String()+"/events?after=0", "Last-Event-ID", id)
		for n := range 8 { // the first is the opening
			text, ok := stream.block()
			if !ok {
				t.Fatal("it ended")
			}
			head := strings.SplitN(text, "\n", 2)[0]
			if n == 0 {
				continue
			}
			if head != fmt.Sprintf("id: %d", want) {
				t.Fatalf("want %d, got %q", want, text)
			}
			id = strings.TrimPrefix(head, "id: ")
			if want++; want > last+30 {
				break
			}
		}
		stream.close()
	}
}

func TestWithoutAfterAStreamBeginsNow(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	stream := ada.open(t, "/v1/boards/"+w.ID.String()+"/events")
	if opening, _ := stream.block(); !strings.HasSuffix(opening, fmt.Sprintf("\nid: %d", a.seq(t, w.ID))) {
		t.Errorf("%q", opening)
	}
	ada.change(t, w, 1)
	if text, _ := stream.block(); !strings.HasPrefix(text, fmt.Sprintf("id: %d\n", a.seq(t, w.ID))) {
		t.Errorf("%q", text)
	}
}

func TestWhatCannotBeAnEventsIdIsRefused(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w, other := ada.wall(t), ada.wall(t)
	at := "/v1/boards/" + w.ID.String() + "/events"
	for _, c := range []struct{ path, id, code string }{
		{at, "x", "not_an_event_id"},
		{at, "-1", "not_an_event_id"},
		{at, "AAAAAAAA.1", "not_an_event_id"},
		{at + "?after=-1", "", "out_of_range"},
		{"/v1/events?boards=" + w.ID.String(), "7", "not_an_event_id"},
		{"/v1/events?boards=" + w.ID.String() + "," + other.ID.String(), "AAAAAAAA.1.1", "not_an_event_id"},
		{"/v1/events?boards=" + w.ID.String() + "," + w.ID.String() + ":4", "", "twice"},
		{"/v1/events?boards=nonsense", "", "malformed"},
		{"/v1/events", "", "malformed"},
	} {
		if res, body := ada.send(t, "GET", c.path, "", "Last-Event-ID", c.id); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"`+c.code+`"`) {
			t.Errorf("%s with %q: %d %s", c.path, c.id, res.StatusCode, body)
		}
	}
}

func TestHeadOfAStreamIsItsHead(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	res, body := ada.send(t, "HEAD", "/v1/boards/"+w.ID.String()+"/events", "")
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" || body != "" {
		t.Errorf("%d %v %q", res.StatusCode, res.Header, body)
	}
	eventually(t, "nobody looks on", func() bool { return a.hub.Stats() == live.Stats{} })
}

func TestSilenceIsFilledAndAStreamHasAnEnd(t *testing.T) {
	t.Parallel()
	a := configuredLive(t, pgtest.New(t, migrations.Kanban, "kanban"), rest.Config{Live: rest.Live{Beat: 10 * time.Millisecond, Life: 300 * time.Millisecond}}, asItIs)
	ada := a.person(t, "Ada")
	stream := ada.open(t, "/v1/boards/"+ada.wall(t).ID.String()+"/events")
	stream.block()
	comments := 0
	for text, ok := stream.block(); ok; text, ok = stream.block() {
		if text != ":" {
			t.Fatalf("%q", text)
		}
		comments++
	}
	if err := stream.lines.Err(); err != nil || comments < 3 {
		t.Errorf("%d comments, then %v", comments, err)
	}
}

func TestAStreamEndsWithItsServer(t *testing.T) {
	t.Parallel()
	stopping, stop := context.WithCancel(context.Background())
	config := rest.Config{Live: rest.Live{Lasting: func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		context.AfterFunc(stopping, cancel)
		return ctx, cancel
	}}}
	a := configuredLive(t, pgtest.New(t, migrations.Kanban, "kanban"), config, asItIs)
	ada := a.person(t, "Ada")
	stream := ada.open(t, "/v1/boards/"+ada.wall(t).ID.String()+"/events")
	stream.block()
	stop()
	if text, more := stream.block(); more || stream.lines.Err() != nil {
		t.Errorf("%q, %v", text, stream.lines.Err())
	}
}

func TestStreamsHoldNoConnection(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	var all []*follower
	for range 20 { // more than there are connections
		all = append(all, ada.follow(t, seen(w, 0)))
	}
	for _, f := range all {
		f.want(t, 1, a.seq(t, w.ID))
	}
	eventually(t, "no connection is held", func() bool { return a.pool.Stat().AcquiredConns() == 0 })
	if s := a.hub.Stats(); s.Subscribers != 20 || s.Boards != 1 {
		t.Errorf("%+v", s)
	}
}

func TestWhoIsTooFarBehindIsToldToReadTheBoardAgain(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Far = 10 })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	ada.change(t, w, 12)
	last := a.seq(t, w.ID)
	for name, after := range map[string]int64{"behind": 1, "ahead": last + 1000} {
		f := ada.follow(t, seen(w, after))
		if event := f.next(t); event.Reset == nil || event.Reset.Seq != last || event.Reset.BoardId != w.ID || event.ID != fmt.Sprint(last) {
			t.Errorf("%s: %s", name, told(event))
		}
	}
	enough := ada.follow(t, seen(w, last-10))
	enough.want(t, last-9, last)
}

func TestNobodyLooksOnAtABoardThatTheyAreNotOn(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w, own := ada.wall(t), eve.wall(t)
	wantProblem(t, eve.follow(t, seen(w, 0)).wantEnd(t), problem.NotFound, "board_not_found")
	mixed := eve.follow(t, seen(w, 0), seen(own, a.seq(t, own.ID)))
	if event := mixed.next(t); event.Gone == nil || event.Gone.BoardId != w.ID || event.Gone.Reason != kanbanapi.NotAMember {
		t.Errorf("%s", told(event))
	}
	ada.change(t, w, 1)
	eve.change(t, own, 1)
	if event := mixed.next(t); event.Activity == nil || event.Activity.BoardId != own.ID {
		t.Errorf("%s", told(event))
	}
}

func TestWhatIsNewIsReadOnceForAll(t *testing.T) {
	t.Parallel()
	book := &ledger{}
	database := pgtest.New(t, migrations.Kanban, "kanban")
	database.Tracer = book
	a := configuredLive(t, database, quick, func(c *live.Config) { c.Poll, c.Recheck = never, never })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	last := a.seq(t, w.ID)
	var all []*follower
	for range 30 {
		all = append(all, ada.follow(t, seen(w, last)))
	}
	eventually(t, "all look on", func() bool { return a.hub.Stats().Subscribers == 30 })
	statements, _ := book.of(func() {
		ada.change(t, w, 1)
		for _, f := range all {
			f.want(t, last+1, last+1)
		}
	})
	if read := strings.Count(strings.Join(statements, " "), "EventListAfter"); read != 1 {
		t.Errorf("read %d times: %q", read, statements)
	}
}

func TestOnePersonHasSoManyStreamsAndNoMore(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Streams = 2 })
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t)
	path := "/v1/boards/" + w.ID.String() + "/events"
	one := ada.open(t, path)
	ada.open(t, path)
	if res, body := ada.send(t, "GET", path, ""); res.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, `"too_many_streams"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	bob.open(t, "/v1/boards/"+bob.wall(t).ID.String()+"/events")
	one.close()
	eventually(t, "one has left", func() bool { return a.hub.Stats().Subscribers == 2 })
	ada.open(t, path)
}
