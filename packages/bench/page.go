package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/andybalholm/brotli"
)

// sized is the page of a board of some size, as web answers with it.
type sized struct {
	size     size
	wall     *wall
	outcomes outcomes
	web, api []time.Duration // what a page took of each app's processor
	html     int             // bytes
	sent     int
}

// boardPages measures the pages of boards of some sizes: what they cost web and the api, and what they are in a browser.
func (b *bench) boardPages(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var pages []*sized
	for _, size := range []size{usual, large, wide} {
		b.say("putting up a board of %s", size)
		wall, err := putSized(ctx, s.pool, s.bare.person, size)
		if err != nil {
			return nil, err
		}
		pages = append(pages, &sized{size: size, wall: wall})
	}
	for round := range b.rounds {
		b.say("pages of boards, %d of %d", round+1, b.rounds)
		for _, p := range pages {
			if err := p.round(ctx, s, b.cell); err != nil {
				return nil, fmt.Errorf("the page of %s: %w", p.size, err)
			}
		}
	}
	seen, err := b.inBrowser(ctx, s, pages)
	return append([]table{sizesTable(pages)}, seen...), err
}

// round reads the page again and again, one request at a time, and then once to weigh it.
func (p *sized) round(ctx context.Context, s *site, lasting time.Duration) error {
	at := *s.chain
	at.base, at.authorize = s.origin, func(h http.Header) error {
		h.Set("Accept-Encoding", "br")
		return s.chain.authorize(h)
	}
	read := 0
	web, api := s.web.processor(), s.behind.processor()
	measured, err := cell(ctx, repeat(1, func(ctx context.Context) error {
		read++
		return at.call(ctx, http.MethodGet, p.path(), nil, http.StatusOK, nil)
	}), lasting)
	if err != nil {
		return err
	}
	p.outcomes = append(p.outcomes, measured)
	p.web = append(p.web, (s.web.processor()-web)/time.Duration(read))
	p.api = append(p.api, (s.behind.processor()-api)/time.Duration(read))
	return p.weigh(ctx, at)
}

func (p *sized) path() string { return "/boards/" + p.wall.board.String() }

func (p *sized) weigh(ctx context.Context, at caller) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.base+p.path(), http.NoBody)
	if err == nil {
		err = at.authorize(request.Header)
	}
	if err != nil {
		return err
	}
	response, err := at.client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	sent, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	html, err := io.ReadAll(brotli.NewReader(bytes.NewReader(sent)))
	p.html, p.sent = len(html), len(sent)
	return err
}

func sizesTable(pages []*sized) table {
	t := table{
		title: "The page of a board, by its size",
		head:  []string{"columns × cards", "p50 ms", "p99 ms", "web's processor, ms", "the api's", "HTML", "brotli"},
		notes: []string{"`GET /boards/{id}` at web with a session, one at a time, until the last byte. A page draws 50 cards of a column and " +
			"400 in all at most. Processor: what each app took of it for a page."},
	}
	for _, p := range pages {
		t.rows = append(t.rows, []string{
			p.size.String(), millis(p.outcomes.p50()), millis(p.outcomes.p99()), millis(median(p.web)), millis(median(p.api)), kilobytes(p.html), kilobytes(p.sent),
		})
	}
	return t
}

func kilobytes(bytes int) string { return fmt.Sprintf("%.1f KB", float64(bytes)/1e3) }
