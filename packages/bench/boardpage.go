package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// pages measures the page of a board, which web renders from what the api says.
type pages struct {
	site     *site
	on       *wall
	outcomes map[int]outcomes // by c
}

func newPages(s *site, on *wall) *pages { return &pages{site: s, on: on, outcomes: map[int]outcomes{}} }

var pagesAtOnce = []int{1, 32}

func (p *pages) round(ctx context.Context, lasting time.Duration) error {
	at := *p.site.chain
	at.base = p.site.origin
	for _, c := range pagesAtOnce {
		measured, err := cell(ctx, repeat(c, func(ctx context.Context) error {
			return at.call(ctx, http.MethodGet, "/boards/"+p.on.board.String(), nil, http.StatusOK, nil)
		}), lasting)
		if err != nil {
			return fmt.Errorf("the board's page: %w", err)
		}
		p.outcomes[c] = append(p.outcomes[c], measured)
	}
	return nil
}

func (p *pages) table() table {
	t := table{
		title: "The page of a board of 100 cards", head: []string{"c", "/s", "p50 ms (target at c=1: < 15)", "p99 ms"},
		notes: []string{"`GET /boards/{id}` at web with a session, until the last byte."},
	}
	for _, c := range pagesAtOnce {
		o := p.outcomes[c]
		t.rows = append(t.rows, []string{fmt.Sprint(c), fmt.Sprintf("%.0f", o.rate()), millis(o.p50()), millis(o.p99())})
	}
	return t
}

// loadedTable is what the apps hold right after the load.
func loadedTable(s *site) table {
	return table{
		title: "Resident right after the load", head: []string{"web", "api behind it"},
		rows: [][]string{{megabytes(s.web.resident()), megabytes(s.behind.resident())}},
	}
}
