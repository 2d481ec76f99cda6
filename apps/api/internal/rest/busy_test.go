package rest_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"cardwall/migrations"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

// A session that hangs in the middle of a change keeps that board's lock; three times as many writers as there are
// connections come to it meanwhile.
func TestABoardThatHangsDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	stuck, other := ada.wall(t, "a"), ada.wall(t, "b")
	holder := must(a.pool.Begin(t.Context()))(t)
	defer func() { _ = holder.Rollback(t.Context()) }()
	if _, err := holder.Exec(t.Context(), `UPDATE board_seq SET seq = seq WHERE board_id = $1`, stuck.ID); err != nil {
		t.Fatal(err)
	}

	a.crowded(t, func() {
		_, err := ada.ArchiveCard(t.Context(), stuck.ID, "1")
		if got := problem.From(err); err == nil || got.Kind != problem.Unavailable || got.Code != "busy" {
			t.Errorf("a writer got %v", err)
		}
	}, func() { must(ada.Board(t.Context(), other.ID))(t) })
}

// crowded has three times as many ask as there are connections, for what is held up, and one ask for something else: that one is answered
// long before any of them is. They themselves are told after two seconds, not one after another.
func (a *api) crowded(t *testing.T, ask, askElse func()) {
	t.Helper()
	watcher := must(pgx.ConnectConfig(t.Context(), a.pool.Config().ConnConfig.Copy()))(t)
	defer func() { _ = watcher.Close(context.Background()) }()
	const crowd = 24
	var answered atomic.Int32
	var all sync.WaitGroup
	began := time.Now()
	for range crowd {
		all.Go(func() { ask(); answered.Add(1) })
	}
	eventually(t, "one of them waits for the lock", func() (waits bool) {
		err := watcher.QueryRow(t.Context(), `SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waits)
		return err == nil && waits
	})
	others := 0
	for ; answered.Load() == 0; others++ {
		askElse()
	}
	if others < 3 { // one may just not have been before the first of them
		t.Errorf("%d others were answered", others)
	}
	all.Wait()
	if took := time.Since(began); took > crowd*2*time.Second/2 {
		t.Errorf("all were answered after %s", took)
	}
}

// Whatever holds up the texts of cards, those who search them wait without connections, and are told in time.
func TestManySearchesAtOnceLeaveConnectionsToTheOthers(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "rain")
	holder := must(a.pool.Begin(t.Context()))(t)
	defer func() { _ = holder.Rollback(t.Context()) }()
	if _, err := holder.Exec(t.Context(), `LOCK TABLE card_texts IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	a.crowded(t, func() {
		if res, body := ada.send(t, "GET", "/v1/search?q=rain", ""); res.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("a search got %d %s", res.StatusCode, body)
		}
	}, func() { must(ada.Board(t.Context(), w.ID))(t) })
}

// On a machine that has no time for us everything takes longer: ten times what an answer takes there are granted.
func TestADatabaseThatFallsSilentIsToldInThreeSeconds(t *testing.T) {
	t.Parallel()
	config := pgtest.New(t, migrations.Kanban, "kanban")
	line, address := lineTo(t, config.URL)
	config.URL = address
	a := setupOn(t, config)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t, "a")
	board := "/v1/boards/" + w.ID.String()
	usual := ada.usual(t, board)
	line.cut.Lock()
	defer line.cut.Unlock()

	var askers sync.WaitGroup
	for name, ask := range map[string]func() (*http.Response, string){
		"a reader":   func() (*http.Response, string) { return ada.send(t, "GET", board, "") },
		"a writer":   func() (*http.Response, string) { return ada.send(t, "POST", board+"/cards/1/archive", "") },
		"a newcomer": func() (*http.Response, string) { return bob.send(t, "GET", "/v1/boards", "") },
	} {
		askers.Go(func() {
			began := time.Now()
			res, body := ask()
			if took := time.Since(began); took > 3*time.Second+10*usual || res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
				t.Errorf("%s got %d %s after %s", name, res.StatusCode, body, took)
			}
		})
	}
	askers.Wait()
}

// usual is how long an answer takes at present.
func (p *person) usual(t *testing.T, path string) time.Duration {
	t.Helper()
	asked := time.Now()
	p.send(t, "GET", path, "")
	return time.Since(asked)
}

// silence is a line to the database on which nothing passes while cut is held.
type silence struct{ cut sync.RWMutex }

func (s *silence) carry(to io.WriteCloser, from io.Reader) {
	defer func() { _ = to.Close() }()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		s.cut.RLock()
		_, err = to.Write(buffer[:n])
		s.cut.RUnlock()
		if err != nil {
			return
		}
	}
}

// lineTo puts a line before the server of an URL, and returns the URL that leads through it.
func lineTo(t *testing.T, server string) (*silence, string) {
	t.Helper()
	u := must(url.Parse(server))(t)
	behind := u.Host
	listener := must(new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = listener.Close() })
	line := &silence{}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := new(net.Dialer).DialContext(t.Context(), "tcp", behind)
			if err != nil {
				_ = near.Close()
				return
			}
			go line.carry(far, near)
			go line.carry(near, far)
		}
	}()
	u.Host = listener.Addr().String()
	return line, u.String()
}
