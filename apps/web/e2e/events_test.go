package e2e_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"cardwall/packages/kanbanapi"
)

// Two people look on at a board through web while a third works on it, and everything in between them fails in turn.
// Each of them counts every event.
func TestEventsThroughWebOutliveBothApps(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a")
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'viewer')`, w.ID, must(bob.Me(t.Context()))(t).Id)
	began := must(ada.Board(t.Context(), w.ID))(t).Seq
	viewers := []<-chan kanbanapi.Event{ada.follow(t, w, began), bob.follow(t, w, began)}
	last := began
	for _, trouble := range []struct {
		name string
		make func()
	}{
		{"nothing", func() {}},
		{"the api is killed", func() {
			if err := s.api.process.Signal(syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			<-s.api.process.Done()
			s.api.launch(t)
			s.api.waitUntilReady(t)
		}},
		{"the listener is cut off", func() {
			s.apiDB.exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% listener'`)
		}},
		{"web is started anew", func() { s.web.stop(t); s.web.launch(t); s.web.waitUntilReady(t) }},
	} {
		ada.work(t, w, 5)
		trouble.make()
		ada.work(t, w, 5)
		for who, events := range viewers {
			for seq := last + 1; seq <= last+10; seq++ {
				if got := nextSeq(t, events); got != seq {
					t.Fatalf("%s: viewer %d hears of %d, want %d", trouble.name, who, got, seq)
				}
			}
		}
		last += 10
	}
	asked := time.Now()
	s.api.stop(t) // though they look on
	if took := time.Since(asked); took > 5*time.Second {
		t.Errorf("the api took %s to stop", took)
	}
	s.api.launch(t)
	s.api.waitUntilReady(t)
}

// follow looks on at a board until the test ends.
func (p *person) follow(t *testing.T, w wall, seq int64) <-chan kanbanapi.Event {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return p.followUntil(ctx, w, seq)
}

func (p *person) followUntil(ctx context.Context, w wall, seq int64) <-chan kanbanapi.Event {
	events := make(chan kanbanapi.Event, 10_000)
	go func() {
		defer close(events)
		for event, err := range p.Events(ctx, kanbanapi.Seen{Board: w.ID, Seq: seq}) {
			if err != nil {
				return
			}
			events <- event
		}
	}()
	return events
}

// nextSeq is the seq of the next event, which must be an activity.
func nextSeq(t *testing.T, events <-chan kanbanapi.Event) int64 {
	t.Helper()
	return next(t, events).Seq
}

func next(t *testing.T, events <-chan kanbanapi.Event) kanbanapi.ActivityEvent {
	t.Helper()
	select {
	case event, more := <-events:
		if !more || event.Activity == nil {
			t.Fatalf("no activity: %+v", event)
		}
		return *event.Activity
	case <-time.After(2 * patience):
		t.Fatal("no event")
		return kanbanapi.ActivityEvent{}
	}
}

// work makes n changes of a board.
func (p *person) work(t *testing.T, w wall, n int) {
	t.Helper()
	for i := range n {
		must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: fmt.Sprint("Card ", i)}))(t)
	}
}
