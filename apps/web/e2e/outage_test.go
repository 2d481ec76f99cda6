package e2e_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"cardwall/packages/postgres/pgtest"
)

// The api is killed, paused and restarted while people read and write through web: they get 502 or 504 while it is away,
// nothing of the kind before and after, and no card twice.
func TestTheAPIIsKilledPausedAndRestartedUnderLoad(t *testing.T) {
	t.Parallel()
	s := deploy(t, pgtest.Server(t), "", "API_TIMEOUT", "3s")
	ada := s.person(t, "Ada")
	l := newLoad(t, ada, ada.wall(t, "Garden", "a"))

	l.wantMore(t, http.StatusCreated)
	l.outage(t, func() {
		if err := s.api.process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		<-s.api.process.Done()
		l.wantMore(t, http.StatusBadGateway)
		s.api.launch(t)
		s.api.waitUntilReady(t)
	})
	l.outage(t, func() {
		if err := s.api.process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		l.wantMore(t, http.StatusGatewayTimeout)
		if err := s.api.process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		s.api.waitUntilReady(t)
	})
	l.outage(t, func() {
		s.api.stop(t)
		l.wantMore(t, http.StatusBadGateway)
		s.api.launch(t)
		s.api.waitUntilReady(t)
	})
	l.stop()
	l.wantOnlyOutages(t)
	l.wantNoneTwice(t, s.apiDB)
	wantSession(t, ada)
}

// load is somebody's requests, several at a time: half of them read a board, half add a card to it.
type load struct {
	person  *person
	wall    wall
	end     chan struct{}
	workers sync.WaitGroup
	sent    atomic.Int64
	now     [600]atomic.Int64 // how many answers there have been of each status

	mu      sync.Mutex
	answers []answered
	outages []span
	created map[string]bool
}

type span struct{ from, to time.Time }

type answered struct {
	span
	status int
	what   string
}

func newLoad(t *testing.T, p *person, w wall) *load {
	t.Helper()
	l := &load{person: p, wall: w, end: make(chan struct{}), created: map[string]bool{}}
	for range 6 {
		l.workers.Go(func() { l.work(t) })
	}
	return l
}

// work sends something every few milliseconds, as fast as it is answered.
func (l *load) work(t *testing.T) {
	pace := time.NewTicker(5 * time.Millisecond)
	defer pace.Stop()
	for {
		select {
		case <-l.end:
			return
		case <-pace.C:
		}
		n := l.sent.Add(1)
		began := time.Now()
		if n%2 == 0 {
			l.note(began, l.person.send(t, http.MethodGet, l.wall.api(), "").Status, "read")
			continue
		}
		title := fmt.Sprint("card ", n)
		got := l.person.post(t, l.wall.api()+"/cards", fmt.Sprintf(`{"column_id":%q,"title":%q}`, l.wall.Columns[0], title))
		l.note(began, got.Status, title)
	}
}

func (l *load) note(began time.Time, status int, what string) {
	l.now[status].Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answers = append(l.answers, answered{span{began, time.Now()}, status, what})
	if status == http.StatusCreated {
		l.created[what] = true
	}
}

// wantMore waits for some more answers of a status.
func (l *load) wantMore(t *testing.T, status int) {
	t.Helper()
	enough := l.now[status].Load() + 6
	eventually(t, fmt.Sprint("some more answers are ", status), func() bool { return l.now[status].Load() >= enough })
}

// outage is the time in which not all need be well; after it all is.
func (l *load) outage(t *testing.T, happens func()) {
	t.Helper()
	from := time.Now()
	happens()
	l.mu.Lock()
	l.outages = append(l.outages, span{from, time.Now()})
	l.mu.Unlock()
	l.wantMore(t, http.StatusCreated)
	l.wantMore(t, http.StatusOK)
}

func (l *load) stop() {
	close(l.end)
	l.workers.Wait()
}

func (l *load) wantOnlyOutages(t *testing.T) {
	t.Helper()
	for _, a := range l.answers {
		switch a.status {
		case http.StatusOK, http.StatusCreated:
		case http.StatusBadGateway, http.StatusGatewayTimeout:
			if !l.during(a.span) {
				t.Errorf("%s was answered %d though the api was there, %s after the start", a.what, a.status, a.from.Sub(l.answers[0].from))
			}
		default:
			t.Errorf("%s was answered %d", a.what, a.status)
		}
	}
}

// during reports whether the api was away at some time between a request and its answer.
func (l *load) during(asked span) bool {
	for _, away := range l.outages {
		if asked.from.Before(away.to) && asked.to.After(away.from) {
			return true
		}
	}
	return false
}

// wantNoneTwice finds each card that was said to be made once, and no other more often.
func (l *load) wantNoneTwice(t *testing.T, db database) {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), db.Admin))(t)
	defer func() { _ = conn.Close(context.Background()) }()
	rows := must(conn.Query(t.Context(), "SELECT title FROM kanban.cards WHERE title LIKE 'card %'"))(t)
	found := map[string]int{}
	for _, title := range must(pgx.CollectRows(rows, pgx.RowTo[string]))(t) {
		found[title]++
	}
	for title, times := range found {
		if times > 1 {
			t.Errorf("%s is there %d times", title, times)
		}
	}
	for title := range l.created {
		if found[title] == 0 {
			t.Errorf("%s was said to be made, and isn't there", title)
		}
	}
	if len(l.created) < 20 {
		t.Errorf("only %d cards were made", len(l.created))
	}
}
