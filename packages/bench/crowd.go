package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// crowdSizes are how many sign in at once. The small crowd is there to show that what web holds doesn't follow the size.
var crowdSizes = []int{50, accountsMany}

// crowd is what came of one.
type crowd struct {
	size              int
	signedIn, busy    int           // busy were told to come again: 503
	took              time.Duration // until the last had an answer
	rest, peak, after float64       // what web held, in bytes
}

// crowds measures a crowd of each size in each round.
func (b *bench) crowds(ctx context.Context, d deployment, accounts []account) (table, error) {
	var all []crowd
	for round := range b.rounds {
		b.say("crowds %d of %d", round+1, b.rounds)
		for _, size := range crowdSizes {
			c, err := d.crowd(ctx, accounts[:size])
			if err != nil {
				return table{}, err
			}
			all = append(all, c)
		}
	}
	return b.crowdTable(all), nil
}

// crowd lets everybody in at once at a web that has just started, so that its peak is theirs.
func (d deployment) crowd(ctx context.Context, accounts []account) (crowd, error) {
	web, err := d.startWeb(ctx)
	if err != nil {
		return crowd{}, err
	}
	defer web.stop()
	if err := leaveAlone(ctx); err != nil {
		return crowd{}, err
	}
	c := crowd{size: len(accounts), rest: web.resident()}
	visitor := newVisitor(d.publicURL())
	answers := make([]error, len(accounts))
	var coming sync.WaitGroup
	began := time.Now()
	for i, a := range accounts {
		coming.Go(func() { answers[i] = a.signIn(ctx, visitor) })
	}
	coming.Wait()
	c.took = time.Since(began)
	c.peak, c.after = web.peak(), web.resident()
	return c, c.count(answers)
}

// count takes no other answers than 200 and the 503 of those who waited too long.
func (c *crowd) count(answers []error) error {
	for _, err := range answers {
		var refused *refusal
		switch {
		case err == nil:
			c.signedIn++
		case errors.As(err, &refused) && refused.status == http.StatusServiceUnavailable && strings.Contains(refused.said, `"busy"`):
			c.busy++
		default:
			return err
		}
	}
	return nil
}

func (b *bench) crowdTable(all []crowd) table {
	t := table{
		title: "Many sign in at once",
		head:  []string{"at once", "signed in", "told 503 busy", "all answered after", "web at rest", "its peak", "right after"},
		notes: []string{fmt.Sprintf("Web starts anew for each crowd; medians of %d. At rest: VmRSS %s after its start; peak: VmHWM after the "+
			"crowd. A hash takes 19 MiB, and as many run at once as there are cores: side by side, those of %d people could take %s. "+
			"Who waits for a turn longer than 2 s is told 503.", b.rounds, seconds(rest), accountsMany, megabytes(accountsMany*19*(1<<20)))},
	}
	for _, size := range crowdSizes {
		same := slices.DeleteFunc(slices.Clone(all), func(c crowd) bool { return c.size != size })
		t.rows = append(t.rows, crowdRow(size, same))
	}
	return t
}

func crowdRow(size int, all []crowd) []string {
	people := func(of func(crowd) int) string { return fmt.Sprint(median(each(all, of))) }
	bytes := func(of func(crowd) float64) string { return megabytes(median(each(all, of))) }
	return []string{
		fmt.Sprint(size),
		people(func(c crowd) int { return c.signedIn }), people(func(c crowd) int { return c.busy }),
		seconds(median(each(all, func(c crowd) time.Duration { return c.took }))),
		bytes(func(c crowd) float64 { return c.rest }), bytes(func(c crowd) float64 { return c.peak }),
		bytes(func(c crowd) float64 { return c.after }),
	}
}
