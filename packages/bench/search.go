package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// atSearch is how many requests are under way at once.
const atSearch = 8

// line is what somebody looks for, again and again.
type line struct {
	name string
	next func() string

	outcomes  outcomes
	processor []time.Duration // what the api took for each
}

// searches measures how fast cards are found, on one board and on all.
func (b *bench) searches(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	filtered, err := b.filters(ctx, s)
	if err != nil {
		return nil, err
	}
	found, err := b.finds(ctx, s)
	return []table{filtered, found}, err
}

// boardsFound are searched all at once.
const boardsFound = 200

// finds measures the search over 100,000 cards on 200 boards that one person is on.
func (b *bench) finds(ctx context.Context, s *site) (table, error) {
	words := newCorpus()
	for n := range boardsFound {
		if n%20 == 0 {
			b.say("putting up boards to search, %d of %d", n, boardsFound)
		}
		on, err := putSized(ctx, s.pool, s.bare.person, size{5, 100})
		if err == nil {
			err = words.write(ctx, s.pool, s.bare.person, on)
		}
		if err != nil {
			return table{}, err
		}
	}
	if _, err := s.pool.Exec(ctx, "VACUUM (ANALYZE) cards, card_texts, card_labels, labels"); err != nil {
		return table{}, err
	}
	lines := words.searches()
	err := b.lines(ctx, s, lines, func(line string) string { return "/search?limit=20&q=" + url.QueryEscape(line) })
	return b.linesTable(lines, "Search over 100,000 cards on 200 boards", "p99 < 50",
		"The first 20 hits, as whoever is on all boards finds them. Mixed: all of the lines above in turns."), err
}

// searches are the lines that are searched for.
func (c *corpus) searches() []*line {
	rare := &turns[string]{all: c.words[vocabulary/10:]}
	usual := &turns[string]{all: c.words[20:200]}
	frequent := &turns[string]{all: c.words[:5]}
	return mixed([]*line{
		{name: "a rare word", next: rare.next},
		{name: "a usual word", next: usual.next},
		{name: "a frequent word", next: frequent.next},
		{name: "two usual words", next: func() string { return usual.next() + " " + usual.next() }},
		{name: "the beginning of a word", next: func() string { return rare.next()[:2] }},
		{name: "a phrase", next: func() string { return `"` + frequent.next() + " " + usual.next() + `"` }},
		{name: "a word mistyped", next: func() string { return mistyped(rare.next()) }},
		{name: "two words mistyped", next: func() string { return mistyped(rare.next()) + " " + mistyped(rare.next()) }},
		{name: "a word and a label", next: func() string { return usual.next() + " label:label-3" }},
		{name: "nothing that there is", next: func() string { return "xqxqx" }},
	})
}

// mistyped has a letter of the word that isn't in any; words are too short without another.
func mistyped(word string) string { return word + "ono"[:max(0, 4-len(word))] + "x" }

// filters measures the filter of a board of 5,000 cards.
func (b *bench) filters(ctx context.Context, s *site) (table, error) {
	words := newCorpus()
	on, err := putSized(ctx, s.pool, s.bare.person, large)
	if err == nil {
		err = words.write(ctx, s.pool, s.bare.person, on)
	}
	if err != nil {
		return table{}, err
	}
	if _, err := s.pool.Exec(ctx, "VACUUM (ANALYZE) cards, card_labels, labels"); err != nil {
		return table{}, err
	}
	lines := words.filters()
	path := "/boards/" + on.board.String() + "?q="
	err = b.lines(ctx, s, lines, func(line string) string { return path + firstTime(line) })
	if err == nil {
		again := mixed(words.filters()[:len(lines)-1])[len(lines)-1:]
		again[0].name = "**mixed, asked again**"
		err = b.lines(ctx, s, again, func(line string) string { return path + url.QueryEscape(line) })
		lines = append(lines, again...)
	}
	return b.linesTable(lines, "Filter of a board of 5,000 cards ("+large.String()+")", "p99 < 30",
		"The first 50 cards that match of each column, and how many do; a third of the cards have a description, of 300 characters. Mixed: all of the lines above in turns. The api keeps what it has found until the board changes: but for the last row, nothing is asked twice."), err
}

var askedSoFar atomic.Int64

// firstTime asks for a line in a way that nobody has asked for it yet: on another day or, where the day counts, without a word that
// there isn't.
func firstTime(line string) string {
	n := askedSoFar.Add(1)
	if strings.Contains(line, "due:") {
		return url.QueryEscape(fmt.Sprintf("%s -xq%d", line, n))
	}
	return url.QueryEscape(line) + "&today=" + time.Unix(0, 0).AddDate(0, 0, int(n%1_000_000)).Format(time.DateOnly)
}

// filters are the lines that are measured, and all of them mixed.
func (c *corpus) filters() []*line {
	rare := &turns[string]{all: c.words[vocabulary/10:]}
	usual := &turns[string]{all: c.words[20:200]}
	return mixed([]*line{
		{name: "a rare word", next: rare.next},
		{name: "a usual word", next: usual.next},
		{name: "two words", next: func() string { return usual.next() + " " + usual.next() }},
		{name: "a letter", next: (&turns[string]{all: []string{"a", "e", "o"}}).next},
		{name: "a label and a word", next: func() string { return "label:label-3 " + usual.next() }},
		{name: "without a label", next: func() string { return "-label:label-3" }},
		{name: "due in a week", next: func() string { return "due:week" }},
		{name: "in a column, without a word", next: func() string { return `col:"Column 3" -` + usual.next() }},
	})
}

// mixed adds a line that is all others in turns.
func mixed(lines []*line) []*line {
	all := &turns[*line]{all: lines}
	return append(lines, &line{name: "**mixed**", next: func() string { return all.next().next() }})
}

// lines measures each line in each round.
func (b *bench) lines(ctx context.Context, s *site, lines []*line, path func(string) string) error {
	for round := range b.rounds {
		b.say("lines, %d of %d", round+1, b.rounds)
		for _, l := range lines {
			var done atomic.Int64
			before := s.alone.processor()
			measured, err := cell(ctx, counting(&done, repeat(atSearch, func(ctx context.Context) error {
				return s.direct.call(ctx, http.MethodGet, path(l.next()), nil, http.StatusOK, nil)
			})), b.cell)
			if err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			l.outcomes = append(l.outcomes, measured)
			l.processor = append(l.processor, (s.alone.processor()-before)/time.Duration(done.Load()))
		}
	}
	return nil
}

func (b *bench) linesTable(lines []*line, title, target string, notes ...string) table {
	t := table{
		title: title, head: []string{"", "/s", "p50 / p99 ms (" + target + ")", "processor µs"},
		notes: append(notes, fmt.Sprintf("Straight at the api, which shares this machine's cores with the load and Postgres; %d requests at once. Medians of %d rounds of %s a cell. Processor: what the api itself took for one.",
			atSearch, b.rounds, b.cell)),
	}
	for _, l := range lines {
		t.rows = append(t.rows, []string{l.name, fmt.Sprintf("%.0f", l.outcomes.rate()), millis(l.outcomes.p50()) + " / " + millis(l.outcomes.p99()), micros(median(l.processor))})
	}
	return t
}
