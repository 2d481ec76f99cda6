package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/go-rod/rod"
)

// lookedAt are the boards that somebody looks at while somebody else changes them.
var lookedAt = []size{usual, large, wide}

const paintedTarget = 100 * time.Millisecond

// paintings are how long one kind of change took, on boards of one size, until it was painted for somebody else.
type paintings struct {
	of              size
	what            string
	commit, request []time.Duration // since the commit, and since just before the request
}

// paint measures how soon what one does is painted in the browser of another who looks on.
func (b *bench) paint(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	looker, who, err := signUp(ctx, s.origin, "looker@example.org")
	if err != nil {
		return nil, err
	}
	browser, end, err := openChromium(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var all []*paintings
	for _, z := range lookedAt {
		on, err := putSized(ctx, s.pool, s.bare.person, z)
		if err != nil {
			return nil, err
		}
		if _, err := s.pool.Exec(ctx, "INSERT INTO members (board_id, person_id, role) VALUES ($1, $2, 'editor')", on.board, who.ID); err != nil {
			return nil, err
		}
		l := newLook(s, on, z)
		for round := range b.rounds {
			b.say("somebody looks at a board of %s, %d of %d", z, round+1, b.rounds)
			err := show(ctx, browser, cookieOf(looker, s.origin), s.origin+on.path(""), func(page *rod.Page, _ *scale) {
				must(l.round(page, int(b.cell.Seconds()*changesPerSecond)))
			})
			if err != nil {
				return nil, fmt.Errorf("a board of %s: %w", z, err)
			}
		}
		all = append(all, l.seen...)
	}
	return []table{paintTable(all)}, nil
}

func paintTable(all []*paintings) table {
	t := table{
		title: "From somebody's change until it is painted for another",
		head:  []string{"columns × cards", "", "since the commit, p50 / p99 / worst ms", "since just before the request", "target", "changes"},
		notes: []string{"Somebody looks at the board in a headless Chromium, 1280 × 800, and somebody else changes it through web, at any time of a frame. Painted: the page's next animation frame after its change " +
			"has run, and what comes behind that. The commit is the activity's `at`, which Postgres reads just before; both clocks are the machine's, which writer, apps, Postgres and browser share. " +
			"Places and titles come with the event; a day comes with the card's face, which is fetched a moment later, not by all who look on together."},
	}
	of := func(times []time.Duration) string {
		slices.Sort(times)
		return fmt.Sprintf("%s / %s / %s", millis(percentile(times, 50)), millis(percentile(times, 99)), millis(percentile(times, 100)))
	}
	for _, p := range all {
		t.rows = append(t.rows, []string{p.of.String(), p.what, of(p.commit), of(p.request), "< " + millis(paintedTarget), fmt.Sprint(len(p.commit))})
	}
	return t
}
