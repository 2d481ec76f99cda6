package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const databaseAway = 10 * time.Second

// Three write and six look on while each part of the cluster fails in turn: every viewer hears of every change once, and
// all in one order.
func TestTwoReplicasOfEachTellEveryEventOnceWhateverFails(t *testing.T) {
	t.Parallel()
	c := deployCluster(t)
	ada, bob := c.person(t, "Ada"), c.person(t, "Bob")
	w := ada.wall(t, "Garden")
	c.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, w.ID, must(bob.Me(t.Context()))(t).Id)
	last := must(ada.Board(t.Context(), w.ID))(t).Seq
	var viewers []<-chan kanbanapi.Event
	for range 3 {
		viewers = append(viewers, ada.follow(t, w, last), bob.follow(t, w, last))
	}
	for _, trouble := range []struct {
		name string
		make func(*typing)
	}{
		{"nothing", func(*typing) {}},
		{"an api is killed", func(work *typing) { c.apis[0].kill(t); work.wantMore(t); c.apis[0].again(t) }},
		{"the other one too", func(work *typing) { c.apis[1].kill(t); work.wantMore(t); c.apis[1].again(t) }},
		{"a web is started anew", func(work *typing) { c.webs[0].stop(t); work.wantMore(t); c.webs[0].again(t) }},
		{"the listeners are cut off", func(*typing) {
			c.apiDB.exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% listener'`)
		}},
		{"Postgres is away", func(*typing) {
			back := c.loseDatabase(t)
			<-time.After(databaseAway) // the fault itself
			back()
		}},
	} {
		work := write(t, w, ada, bob, bob)
		work.wantMore(t)
		trouble.make(work)
		work.wantMore(t)
		made := work.stop()
		wantOnceInOneOrder(t, trouble.name, viewers, last, made)
		last += int64(len(made))
	}
	for range 20 {
		made, silent := c.dieBetweenCommitAndNotice(t, w, ada, last)
		wantOnceInOneOrder(t, "an api dies before it could notify", viewers, last, made)
		last += int64(len(made))
		if silent {
			return
		}
	}
	t.Error("whoever was killed had told of everything, each time")
}

// dieBetweenCommitAndNotice kills an api that several write through, while somebody looks on at the other one, and reports
// whether it left a change behind that nobody was told of.
func (c *cluster) dieBetweenCommitAndNotice(t *testing.T, w wall, p *person, last int64) (made []uuid.UUID, silent bool) {
	t.Helper()
	c.before.api.To(c.apis[1].addr)
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	witness := p.followUntil(ctx, w, last)
	shown := must(p.CreateCard(ctx, w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "Look"}))(t)
	wantOnceInOneOrder(t, "at the other api", []<-chan kanbanapi.Event{witness}, last, []uuid.UUID{shown.Id}) // so they are there
	c.before.api.To(c.apis[0].addr)
	told := c.listen(ctx, t, w)
	work := write(t, w, p, p, p)
	work.wantMore(t)
	c.apis[0].kill(t)
	committed := c.settled(t, w)
	silent = told(t) < committed
	for seq := last + 2; seq <= committed; seq++ {
		if got := nextSeq(t, witness); got != seq {
			t.Fatalf("at the other api: %d, want %d", got, seq)
		}
	}
	c.before.api.To(c.apis[0].addr, c.apis[1].addr)
	c.apis[0].again(t)
	return append(work.stop(), shown.Id), silent
}

// settled is a board's newest seq, once nothing is under way in the database.
func (c *cluster) settled(t *testing.T, w wall) (seq int64) {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), c.apiDB.Admin))(t)
	defer func() { _ = conn.Close(context.Background()) }()
	eventually(t, "nothing is under way", func() bool {
		var busy int
		const active = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`
		if err := conn.QueryRow(t.Context(), active).Scan(&busy); err != nil {
			t.Fatal(err)
		}
		return busy == 0
	})
	if err := conn.QueryRow(t.Context(), "SELECT seq FROM kanban.board_seq WHERE board_id = $1", w.ID).Scan(&seq); err != nil {
		t.Fatal(err)
	}
	return seq
}

// listen hears what the apis tell each other of a board; told is the newest seq of it so far.
func (c *cluster) listen(ctx context.Context, t *testing.T, w wall) (told func(*testing.T) int64) {
	t.Helper()
	conn := must(pgx.Connect(t.Context(), c.apiDB.Admin))(t)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	must(conn.Exec(ctx, "LISTEN kanban_board"))(t)
	return func(t *testing.T) (newest int64) {
		t.Helper()
		c.apiDB.exec(t, "NOTIFY kanban_board, 'that was all'")
		for {
			note := must(conn.WaitForNotification(ctx))(t)
			if note.Payload == "that was all" {
				return newest
			}
			if board, seq, _ := strings.Cut(note.Payload, ":"); board == w.ID.String() {
				newest = max(newest, must(strconv.ParseInt(seq, 10, 64))(t))
			}
		}
	}
}

// wantOnceInOneOrder takes as many events of each viewer as cards were made: the same of all, each seq and each card once.
func wantOnceInOneOrder(t *testing.T, when string, viewers []<-chan kanbanapi.Event, last int64, made []uuid.UUID) {
	t.Helper()
	var first []uuid.UUID
	for who, events := range viewers {
		var heard []uuid.UUID
		for seq := last + 1; seq <= last+int64(len(made)); seq++ {
			got := next(t, events)
			if got.Seq != seq || got.CardId == nil {
				t.Fatalf("%s: viewer %d hears of %d, want %d", when, who, got.Seq, seq)
			}
			heard = append(heard, *got.CardId)
		}
		if first == nil {
			first = heard
		}
		if !slices.Equal(heard, first) {
			t.Fatalf("%s: viewer %d hears another order", when, who)
		}
	}
	inOrder := func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(first, inOrder)
	slices.SortFunc(made, inOrder)
	if !slices.Equal(first, made) {
		t.Fatalf("%s: %d cards were made, %d others heard of", when, len(made), len(first))
	}
}

// typing is cards being added, each until it is answered.
type typing struct {
	end     chan struct{}
	workers sync.WaitGroup
	count   atomic.Int64
	mu      sync.Mutex
	made    []uuid.UUID
}

// write has people add cards to a board, each one at a time, until stop.
func write(t *testing.T, w wall, people ...*person) *typing {
	t.Helper()
	work := &typing{end: make(chan struct{})}
	for _, p := range people {
		work.workers.Go(func() { work.add(t, w, p) })
	}
	return work
}

func (work *typing) add(t *testing.T, w wall, p *person) {
	pace := time.NewTicker(10 * time.Millisecond)
	defer pace.Stop()
	for {
		id := uuid.Must(uuid.NewV7())
		card := kanbanapi.NewCard{Id: &id, ColumnId: w.Columns[0], Title: fmt.Sprint("Card ", work.count.Load())}
		for made := false; !made; <-pace.C {
			switch _, err := p.CreateCard(t.Context(), w.ID, card); {
			case err == nil:
				made = true
			case t.Context().Err() != nil:
				return
			case problem.Is(err, problem.Conflict): // whether it was made or not, it is the same card
				t.Errorf("a card that was sent again: %v", err)
				return
			}
		}
		work.mu.Lock()
		work.made = append(work.made, id)
		work.mu.Unlock()
		work.count.Add(1)
		select {
		case <-work.end:
			return
		default:
		}
	}
}

// wantMore waits until some more cards are made.
func (work *typing) wantMore(t *testing.T) {
	t.Helper()
	enough := work.count.Load() + 10
	eventually(t, "more cards are made", func() bool { return work.count.Load() >= enough })
}

// stop ends it once what is under way is answered.
func (work *typing) stop() []uuid.UUID {
	close(work.end)
	work.workers.Wait()
	return work.made
}
