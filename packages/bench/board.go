package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
)

// atBoard is how many requests are under way at once on a board here, straight at the api.
const atBoard = 8

// contest does one thing on a small board and on a large one.
type contest struct {
	name  string
	sizes [2]size
	fresh [2]int // how many boards of each size a round takes
	jobs  func(w way, on []*wall) []job

	outcomes  [2]outcomes
	processor [2][]spent // for each time it was done
}

func contests() []*contest {
	one := [2]int{1, 1}
	return []*contest{
		{name: "create a card", sizes: [2]size{small, large}, fresh: [2]int{smallInTurn, 1}, jobs: creatingOn},
		{name: "move a card", sizes: [2]size{small, large}, fresh: one, jobs: movingOnFirst},
		{name: "move a card within a column", sizes: [2]size{shortList, longList}, fresh: one, jobs: movingOnFirst},
		{name: "read the board", sizes: [2]size{small, large}, fresh: one, jobs: readingFirst},
		{name: "read the board", sizes: [2]size{small, wide}, fresh: one, jobs: readingFirst},
		{name: "move a card, then read the board", sizes: [2]size{small, large}, fresh: one, jobs: readingChanged},
	}
}

// smallInTurn small boards take the new cards a hundred each, so that they stay small for as long as a cell lasts.
const smallInTurn = 40

func creatingOn(w way, on []*wall) []job {
	var made atomic.Int64
	return repeat(atBoard, func(ctx context.Context) error {
		board := on[int(made.Add(1)-1)/small.all()%len(on)]
		_, err := w.createCard(ctx, board, board.columns[rand.IntN(len(board.columns))], "Write down what the card is about")
		return err
	})
}

func movingOnFirst(w way, on []*wall) []job { return movingOn(w, on[0], atBoard) }

func readingFirst(w way, on []*wall) []job {
	return repeat(atBoard, func(ctx context.Context) error { return w.readBoard(ctx, on[0]) })
}

// readingChanged never reads the same twice.
func readingChanged(w way, on []*wall) []job {
	jobs := movingOn(w, on[0], atBoard)
	for i, move := range jobs {
		jobs[i] = func(ctx context.Context) error {
			if err := move(ctx); err != nil {
				return err
			}
			return w.readBoard(ctx, on[0])
		}
	}
	return jobs
}

// boards measures what is done on boards of thousands of cards beside small ones.
func (b *bench) boards(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	all := contests()
	for round := range b.rounds {
		b.say("boards %d of %d", round+1, b.rounds)
		for _, c := range all {
			if err := b.contest(ctx, s, c); err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	costs, err := s.bare.costTable(ctx)
	if err != nil {
		return nil, err
	}
	whole, err := b.wholeTable(ctx, s.pool)
	return []table{b.boardTable(all), costs, whole}, err
}

// contest runs a round of one, on new boards.
func (b *bench) contest(ctx context.Context, s *site, c *contest) error {
	for i, size := range c.sizes {
		on := make([]*wall, c.fresh[i])
		for n := range on {
			var err error
			if on[n], err = putSized(ctx, s.pool, s.bare.person, size); err != nil {
				return err
			}
		}
		if _, err := s.pool.Exec(ctx, analyzed); err != nil {
			return err
		}
		var done atomic.Int64
		before, err := s.spent(ctx)
		if err != nil {
			return err
		}
		measured, err := cell(ctx, counting(&done, c.jobs(s.direct, on)), b.cell)
		if err != nil {
			return err
		}
		after, err := s.spent(ctx)
		if err != nil {
			return err
		}
		c.outcomes[i] = append(c.outcomes[i], measured)
		c.processor[i] = append(c.processor[i], after.each(before, done.Load()))
	}
	return nil
}

func counting(done *atomic.Int64, jobs []job) []job {
	return each(jobs, func(do job) job {
		return func(ctx context.Context) error {
			done.Add(1)
			return do(ctx)
		}
	})
}

func (b *bench) boardTable(all []*contest) table {
	t := table{
		title: "Boards of 5,000 cards beside small ones, at the api",
		head:  []string{"", "columns × cards", "/s", "p50 / p99 ms", "processor µs", "columns × cards", "/s", "p50 / p99 ms", "processor µs", "large : small (changes: ≥ 0.83)"},
		notes: []string{
			fmt.Sprintf("Straight at the api, which shares this machine's cores with the load and Postgres; %d requests at once, on one board. Medians of %d rounds of %s a cell, "+
				"each on new boards, analyzed, the sizes taking turns; the ratios are medians of each round's. Processor: what the api itself took for one.", atBoard, b.rounds, b.cell),
			"Targets: create and move at 1,000 a second or more, a board of 5,000 cards read at 300 or more. A read has the first 50 cards of each column. A small board takes a hundred new cards, then comes the next.",
		},
	}
	for _, c := range all {
		row := []string{c.name}
		for i, o := range c.outcomes {
			row = append(row, c.sizes[i].String(), fmt.Sprintf("%.0f", o.rate()), millis(o.p50())+" / "+millis(o.p99()), medianSpent(c.processor[i]).String())
		}
		t.rows = append(t.rows, append(row, fmt.Sprintf("%.2f", c.outcomes[1].ratioTo(c.outcomes[0]))))
	}
	return t
}
