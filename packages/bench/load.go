package main

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// work is a row of the table: what is done, and by how many at once.
type work struct {
	name string
	c    int
	jobs func(w way, on walls, c int) []job
}

// works are the rows. At c=1 there's nobody to share a board's lock with, so spreading is for many only.
func works() []work {
	return []work{
		{"read a board of 100 cards", 1, reading},
		{"read a board of 100 cards", 32, reading},
		{"create a card, one board", 1, creating},
		{"create a card, one board", 32, creating},
		{"move a card, one board", 1, moving},
		{"move a card, one board", 32, moving},
		{"move a card, spread over 8 boards", 32, movingApart},
	}
}

func reading(w way, on walls, c int) []job {
	return repeat(c, func(ctx context.Context) error { return w.readBoard(ctx, on.read) })
}

func creating(w way, on walls, c int) []job {
	return repeat(c, func(ctx context.Context) error {
		column := on.create.columns[rand.IntN(columnsPerBoard)]
		_, err := w.createCard(ctx, on.create, column, "Write down what the card is about")
		return err
	})
}

func moving(w way, on walls, c int) []job { return movingOn(w, on.busy, c) }

func movingApart(w way, on walls, c int) []job {
	var jobs []job
	for _, wall := range on.spread {
		jobs = append(jobs, movingOn(w, wall, c/spreadOver)...)
	}
	return jobs
}

func movingOn(w way, on *wall, c int) []job {
	var jobs []job
	for _, m := range on.movers(c) {
		jobs = append(jobs, func(ctx context.Context) error { return w.moveCard(ctx, on, m.next()) })
	}
	return jobs
}

func repeat(n int, do job) []job {
	jobs := make([]job, n)
	for i := range jobs {
		jobs[i] = do
	}
	return jobs
}

// lane is one way with its walls and what it came to, by the number of the work.
type lane struct {
	way
	walls
	outcomes []outcomes
}

// load measures all works on all ways, and the board's page.
func (b *bench) load(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	lanes := make([]*lane, 3)
	for i, w := range []way{s.chain, s.direct, s.bare} {
		b.say("putting up boards, way %d of %d", i+1, len(lanes))
		on, err := putAll(ctx, w)
		if err != nil {
			return nil, err
		}
		lanes[i] = &lane{way: w, walls: on, outcomes: make([]outcomes, len(works()))}
	}
	pages := newPages(s, lanes[0].read)
	for round := range b.rounds {
		b.say("load %d of %d", round+1, b.rounds)
		if err := b.round(ctx, lanes); err != nil {
			return nil, err
		}
		if err := pages.round(ctx, b.cell); err != nil {
			return nil, err
		}
	}
	return []table{b.loadTable(lanes), pages.table(), loadedTable(s)}, nil
}

// round takes the ways in turn within each work, so that a ratio compares what was measured within seconds.
func (b *bench) round(ctx context.Context, lanes []*lane) error {
	for i, w := range works() {
		for _, l := range lanes {
			measured, err := cell(ctx, w.jobs(l.way, l.walls, w.c), b.cell)
			if err != nil {
				return fmt.Errorf("%s at c=%d: %w", w.name, w.c, err)
			}
			l.outcomes[i] = append(l.outcomes[i], measured)
		}
	}
	return nil
}

func (b *bench) loadTable(lanes []*lane) table {
	t := table{
		title: "Through the whole chain, at the api, and the bare SQL",
		head: []string{"", "c", "chain /s", "p50 / p99 ms", "api /s", "p50 / p99 ms", "SQL /s", "p50 / p99 ms",
			"chain : SQL", "api : SQL"},
		notes: []string{
			"c: requests at once, each worker without a pause. Chain: browser's session → web → proxy → EdDSA token → api → Postgres. " +
				"Api: the same request with such a token straight to the api. SQL: the api's own statements in the same transactions, " +
				"straight through pgx with a pool like the api's (8 connections), one round trip each. Target: a move at ≥ 0.5 of the SQL's rate.",
			fmt.Sprintf("The load's client (net/http, kept-alive connections), both apps and Postgres share this machine's cores. "+
				"Medians of %d rounds of %s a cell; the ways take turns, and the ratios are medians of each round's. "+
				"Half of the moves go to the foot of a column, half behind another card.", b.rounds, b.cell),
		},
	}
	for i, w := range works() {
		row := []string{w.name, fmt.Sprint(w.c)}
		for _, l := range lanes {
			row = append(row, fmt.Sprintf("%.0f", l.outcomes[i].rate()), millis(l.outcomes[i].p50())+" / "+millis(l.outcomes[i].p99()))
		}
		limit := lanes[len(lanes)-1].outcomes[i]
		for _, l := range lanes[:len(lanes)-1] {
			row = append(row, fmt.Sprintf("%.2f", l.outcomes[i].ratioTo(limit)))
		}
		t.rows = append(t.rows, row)
	}
	return t
}
