package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
)

const (
	changesPerSecond = 10
	missedEvents     = 1000
	manyViewers      = 1000
	liveWait         = 30 * time.Second // for what should take milliseconds
)

// audiences are the sizes, each with the p99 that it is to keep to.
var audiences = []struct {
	viewers int
	target  time.Duration
}{{1, 10 * time.Millisecond}, {100, 100 * time.Millisecond}, {manyViewers, 250 * time.Millisecond}}

// livings are what is measured of streams, a value for each round.
type livings struct {
	p50, p99         [3][]time.Duration
	perViewer        []float64          // bytes, over both apps
	perEvent         [3][]time.Duration // of the processors, by the api, web and the load, for one event to one of many viewers
	caughtUp         []time.Duration
	alone, same      []float64 // a writer's rate with many viewers to its rate without: elsewhere, and on their board
	rate, rateOnSame []float64
}

// lives measures how soon those who look on are told, and what they cost.
func (b *bench) lives(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	on, err := put(ctx, s.chain, "Looked at")
	if err != nil {
		return nil, err
	}
	other, err := put(ctx, s.chain, "Elsewhere")
	if err != nil {
		return nil, err
	}
	l := &livings{}
	for round := range b.rounds {
		b.say("live %d of %d", round+1, b.rounds)
		for i, a := range audiences {
			if err := l.latency(ctx, s, on, i, a.viewers, b.cell); err != nil {
				return nil, fmt.Errorf("%d viewers: %w", a.viewers, err)
			}
		}
		if err := l.catchUp(ctx, s, on); err != nil {
			return nil, fmt.Errorf("catch up: %w", err)
		}
		if err := l.writing(ctx, s, on, other, b.cell); err != nil {
			return nil, fmt.Errorf("writing: %w", err)
		}
	}
	return []table{b.latencyTable(l), b.liveTable(l)}, nil
}

// latency has somebody change the board ten times a second, in turn with nobody else, while viewers look on.
func (l *livings) latency(ctx context.Context, s *site, on *wall, size, viewers int, lasting time.Duration) error {
	before := s.web.resident() + s.behind.resident()
	a, err := seat(ctx, s.chain, on, viewers)
	if err != nil {
		return err
	}
	defer a.close()
	if viewers == manyViewers {
		if err := leaveAlone(ctx); err != nil {
			return err
		}
		l.perViewer = append(l.perViewer, (s.web.resident()+s.behind.resident()-before)/manyViewers)
	}
	changes := int(lasting.Seconds() * changesPerSecond)
	spent := s.spentOnEvents()
	if err := paced(ctx, s, on, changes); err != nil {
		return err
	}
	within, cancel := context.WithTimeout(ctx, liveWait)
	defer cancel()
	took, err := a.heard(within, changes)
	if err != nil {
		return err
	}
	if viewers == manyViewers {
		for i, after := range s.spentOnEvents() {
			l.perEvent[i] = append(l.perEvent[i], (after-spent[i])/time.Duration(changes*viewers))
		}
	}
	l.p50[size], l.p99[size] = append(l.p50[size], percentile(took, 50)), append(l.p99[size], percentile(took, 99))
	return nil
}

// paced makes so many changes, ten a second.
func paced(ctx context.Context, s *site, on *wall, changes int) error {
	tick := time.NewTicker(time.Second / changesPerSecond)
	defer tick.Stop()
	mover := on.movers(1)[0]
	for range changes {
		if err := s.chain.moveCard(ctx, on, elsewhere(mover)); err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// elsewhere is a move into another column, which always changes something.
func elsewhere(m *mover) move {
	m.turn++
	card := m.own[m.turn%len(m.own)]
	to := (m.wall.at[card] + 1) % len(m.wall.columns)
	m.wall.at[card] = to
	return move{card: m.wall.cards[card], column: m.wall.columns[to], after: uuid.Nil}
}

// catchUp takes the time in which somebody has a thousand events that they missed.
func (l *livings) catchUp(ctx context.Context, s *site, on *wall) error {
	from, err := seqOf(ctx, s.chain, on)
	if err != nil {
		return err
	}
	for i := range missedEvents / cardsPerBoard {
		batch := map[string]any{"card_ids": on.cards, "move": map[string]any{"column_id": on.columns[i%len(on.columns)], "at": "end"}}
		if err := s.chain.post(ctx, on.path("/cards/batch"), batch, http.StatusOK, nil); err != nil {
			return err
		}
		for card := range on.at {
			on.at[card] = i % len(on.columns)
		}
	}
	to, err := seqOf(ctx, s.chain, on)
	if err != nil {
		return err
	}
	within, cancel := context.WithTimeout(ctx, liveWait)
	defer cancel()
	began := time.Now()
	err = (&viewer{}).look(within, s.chain, on, to-min(missedEvents, to-from), func() {}, func(e told) bool { return e.Seq < to })
	l.caughtUp = append(l.caughtUp, time.Since(began))
	return err
}

// writing compares a writer who makes no pause without viewers and with many, on a board of its own and on theirs.
func (l *livings) writing(ctx context.Context, s *site, on, other *wall, lasting time.Duration) error {
	write := func(w *wall) (float64, error) {
		mover := w.movers(1)[0]
		done, err := cell(ctx, []job{func(ctx context.Context) error { return s.chain.moveCard(ctx, w, elsewhere(mover)) }}, lasting)
		return done.rate, err
	}
	without, err := write(other)
	if err != nil {
		return err
	}
	a, err := seat(ctx, s.chain, on, manyViewers)
	if err != nil {
		return err
	}
	defer a.close()
	pacing, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); _ = paced(pacing, s, on, int(time.Hour.Seconds())) }() // until it is stopped
	with, err := write(other)
	stop()
	<-ended
	if err != nil {
		return err
	}
	same, err := write(on)
	l.rate, l.rateOnSame = append(l.rate, without), append(l.rateOnSame, same)
	l.alone, l.same = append(l.alone, with/without), append(l.same, same/without)
	return err
}

func (b *bench) latencyTable(l *livings) table {
	t := table{
		title: "From a change's commit to its event, parsed, through web",
		head:  []string{"viewers of one board", "p50 ms", "p99 ms", "target, p99"},
		notes: []string{fmt.Sprintf("%d changes a second through web; each viewer has a stream of its own through web, reads all of it and holds every event to its turn (ten read it as JSON). Time runs from the activity's `at`, "+
			"which is read just before the commit. Viewers, writer, both apps and Postgres share the machine's cores. Medians of %d rounds of %s.", changesPerSecond, b.rounds, b.cell)},
	}
	for i, a := range audiences {
		t.rows = append(t.rows, []string{fmt.Sprint(a.viewers), millis(median(l.p50[i])), millis(median(l.p99[i])), "≤ " + millis(a.target)})
	}
	return t
}

func (b *bench) liveTable(l *livings) table {
	return table{
		title: "What those who look on cost",
		head:  []string{"", "", "target"},
		rows: [][]string{
			{"memory of an idle viewer, over both apps", fmt.Sprintf("%.0f kB", median(l.perViewer)/1e3), ""},
			{"processor for an event to one of 1,000 viewers: api / web / load, µs", micros(median(l.perEvent[0])) + " / " + micros(median(l.perEvent[1])) + " / " + micros(median(l.perEvent[2])), ""},
			{"1,000 missed events caught up", millis(median(l.caughtUp)) + " ms", "≤ 200 ms"},
			{"a writer without a pause, moves a second without viewers", fmt.Sprintf("%.0f", median(l.rate)), ""},
			{"with 1,000 viewers of another board that changes 10 times a second: without", fmt.Sprintf("%.2f", median(l.alone)), "≥ 0.8"},
			{"with 1,000 viewers of that very board: without", fmt.Sprintf("%.2f", median(l.same)), ""},
		},
		notes: []string{fmt.Sprintf("Memory: VmRSS of web and api with 1,000 viewers, less that before, by their number. Medians of %d rounds.", b.rounds)},
	}
}
