package rest_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/live"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

// noPoll has nothing but notices tell of changes.
func noPoll(c *live.Config) { c.Poll = never }

// replica is one more api on the same database.
func replica(t *testing.T, database postgres.Config, tune func(*live.Config)) *api {
	t.Helper()
	return configuredLive(t, database, quick, tune)
}

func TestAnotherProcesssChangesComeByNotice(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	here, there := replica(t, database, noPoll), replica(t, database, noPoll)
	hears(t, here)
	ada := here.person(t, "Ada")
	w := ada.wall(t)
	last := here.seq(t, w.ID)
	f := ada.follow(t, seen(w, last))
	ada.change(t, w, 1)
	f.want(t, last+1, last+1)
	ada.at(t, there).change(t, w, 20)
	f.want(t, last+2, last+21)
}

// hears waits for an api's listener.
func hears(t *testing.T, a *api) {
	t.Helper()
	eventually(t, "it listens", func() bool { return listeners(t, a) > 0 })
}

func listeners(t *testing.T, a *api) (n int) {
	t.Helper()
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name LIKE '% listener' AND query <> ''`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A process that dies between its commit and its notice leaves just this behind: a change that nobody tells of.
func TestAChangeThatNobodyToldOfIsFoundByLooking(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Poll = soon })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	last := a.seq(t, w.ID)
	f := ada.follow(t, seen(w, last))
	ada.change(t, w, 1)
	f.want(t, last+1, last+1)
	silent := must(kanban.New(store.New(a.pool)))(t)
	for range 5 {
		must(silent.CreateCard(t.Context(), kanban.Actor{ID: ada.ID}, w.ID, nil, kanban.NewCard{ColumnID: w.Columns[0], Title: "Untold"}))(t)
	}
	f.want(t, last+2, last+6)
}

func TestWhatHappensWhileTheListenerIsCutOffIsToldAfterwards(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	here, there := replica(t, database, noPoll), replica(t, database, noPoll)
	hears(t, here)
	ada := here.person(t, "Ada")
	w := ada.wall(t)
	last := here.seq(t, w.ID)
	f := ada.follow(t, seen(w, last))
	elsewhere := ada.at(t, there)
	for range 3 {
		elsewhere.change(t, w, 10)
		here.exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% listener'`)
		elsewhere.change(t, w, 10)
		f.want(t, last+1, last+20)
		last += 20
	}
}

func TestStreamsOutliveADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	a := replica(t, database, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	last := a.seq(t, w.ID)
	f, stream := ada.follow(t, seen(w, last)), ada.open(t, "/v1/boards/"+w.ID.String()+"/events")
	ada.change(t, w, 5)
	f.want(t, last+1, last+5)

	back := cutOff(t, database.URL)
	if res, _ := ada.send(t, "GET", "/v1/boards/"+w.ID.String(), ""); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("the database isn't away: %d", res.StatusCode)
	}
	back()
	eventually(t, "the database is back", func() bool {
		res, _ := ada.send(t, "GET", "/v1/boards/"+w.ID.String(), "")
		return res.StatusCode == http.StatusOK
	})
	ada.change(t, w, 20)
	f.want(t, last+6, last+25)
	for n := range 26 { // the stream that was open all the time has them too
		if text, ok := stream.block(); !ok || n > 0 && !strings.HasPrefix(text, fmt.Sprintf("id: %d\n", last+int64(n))) {
			t.Fatalf("%d: %q", n, text)
		}
	}
}

// cutOff cuts everybody off the database of an URL, and lets nobody in until back.
func cutOff(t *testing.T, address string) (back func()) {
	t.Helper()
	u := must(url.Parse(address))(t)
	name := pgx.Identifier{strings.TrimPrefix(u.Path, "/")}.Sanitize()
	conn := must(pgx.Connect(t.Context(), pgtest.Server(t)))(t)
	run := func(sql string) { must(conn.Exec(t.Context(), sql))(t) }
	run("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false")
	run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + strings.Trim(name, `"`) + "'")
	return func() {
		run("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true")
		_ = conn.Close(t.Context())
	}
}

func TestAViewerAsleepForAThousandEventsCatchesUp(t *testing.T) {
	t.Parallel()
	a := setupLive(t, asItIs)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	ids := make([]uuid.UUID, 100)
	for i := range ids {
		ids[i] = must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: fmt.Sprint("Card ", i)}))(t).Id
	}
	last := a.seq(t, w.ID)
	for i := range 10 {
		move := &kanbanapi.CardMove{ColumnId: w.Columns[(i+1)%2], At: ref(kanbanapi.End)}
		must(ada.ChangeCards(t.Context(), w.ID, kanbanapi.CardBatch{CardIds: ids, Move: move}))(t)
	}
	if now := a.seq(t, w.ID); now != last+1000 {
		t.Fatalf("%d activities", now-last)
	}
	f := ada.follow(t, seen(w, last))
	ada.change(t, w, 5) // while it catches up
	f.want(t, last+1, last+1005)
}

// A log that holds next to nothing makes everybody slow.
func TestWhoIsTooSlowIsCutOffAndMissesNothing(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.LogBytes = 600 })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	last := a.seq(t, w.ID)
	var all []*follower
	for range 4 {
		all = append(all, ada.follow(t, seen(w, last)))
	}
	var writers sync.WaitGroup
	for range 6 {
		writers.Go(func() { ada.change(t, w, 25) })
	}
	writers.Wait()
	ids := must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 50))(t)
	batch := kanbanapi.CardBatch{Archive: ref(true)}
	for _, card := range ids.Items {
		batch.CardIds = append(batch.CardIds, card.Id)
	}
	must(ada.ChangeCards(t.Context(), w.ID, batch))(t) // all at once is more than the log holds
	for _, f := range all {
		f.want(t, last+1, last+200)
	}
	if a.hub.Dropped() == 0 {
		t.Error("nobody was cut off")
	}
}

// gate leads to one api or another, and cuts off who is there when it turns.
type gate struct {
	to    atomic.Pointer[string]
	mu    sync.Mutex
	conns []net.Conn
}

func (g *gate) turn(to string) {
	to = strings.TrimPrefix(to, "http://")
	g.to.Store(&to)
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, conn := range g.conns {
		_ = conn.Close()
	}
	g.conns = nil
}

func newGate(t *testing.T, to string) (*gate, string) {
	t.Helper()
	g := &gate{}
	g.turn(to)
	listener := must(new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = listener.Close(); g.turn(to) })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := new(net.Dialer).DialContext(t.Context(), "tcp", *g.to.Load())
			if err != nil {
				_ = near.Close()
				continue
			}
			g.mu.Lock()
			g.conns = append(g.conns, near, far)
			g.mu.Unlock()
			line := &silence{}
			go line.carry(far, near)
			go line.carry(near, far)
		}
	}()
	return g, "http://" + listener.Addr().String()
}

func TestAViewerGoesOnAtAnotherReplica(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	here, there := replica(t, database, asItIs), replica(t, database, asItIs)
	ada := here.person(t, "Ada")
	w, other := ada.wall(t), ada.wall(t)
	last := here.seq(t, w.ID)
	door, address := newGate(t, here.URL)
	front := *here
	front.URL = address
	viewer := ada.at(t, &front)
	one, both := viewer.follow(t, seen(w, last)), viewer.follow(t, seen(w, last), seen(other, here.seq(t, other.ID)))
	for i := range 6 {
		ada.change(t, w, 10)
		door.turn([]string{there.URL, here.URL}[i%2])
		ada.at(t, there).change(t, w, 10)
	}
	one.want(t, last+1, last+120)
	both.want(t, last+1, last+120)
}

func TestAViewerWhoHardlyReadsIsLetGo(t *testing.T) {
	t.Parallel()
	a := setupLive(t, func(c *live.Config) { c.Remember, c.Poll = soon, soon })
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	many := make([]uuid.UUID, 0, 500) // what happens to them at once is a few hundred kilobytes
	for range cap(many) / 100 {
		for _, card := range must(ada.CreateCards(t.Context(), w.ID, kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: slices.Repeat([]kanbanapi.NewCardLine{{Title: "a"}}, 100)}))(t).Cards {
			many = append(many, card.Id)
		}
	}
	last := a.seq(t, w.ID)
	slow := must(new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(a.URL, "http://")))(t)
	defer func() { _ = slow.Close() }()
	must(fmt.Fprintf(slow, "GET /v1/boards/%s/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", w.ID, ada.token(t)))(t)
	one := make([]byte, 1)
	must(slow.Read(one))(t)
	f := ada.follow(t, seen(w, last))
	eventually(t, "both look on", func() bool { return a.hub.Stats().Subscribers == 2 })
	for deadline := time.Now().Add(20 * time.Second); a.hub.Stats().Subscribers == 2; {
		if time.Now().After(deadline) {
			t.Fatal("it isn't let go")
		}
		slices.Reverse(w.Columns[:2])
		must(ada.ChangeCards(t.Context(), w.ID, kanbanapi.CardBatch{CardIds: many, Move: &kanbanapi.CardMove{ColumnId: w.Columns[0], At: ref(kanbanapi.End)}}))(t)
		must(slow.Read(one))(t)
	}
	f.want(t, last+1, a.seq(t, w.ID))
}
