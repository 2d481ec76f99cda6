package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/packages/postgres"
)

// site is all that the load needs, up and running: web with its api, a second api that trusts our own keys, and
// the pool for the bare SQL.
type site struct {
	web, behind, alone *program // behind is the api that web leads to, alone the other one
	chain              *caller
	direct             *caller
	bare               *bare
	pool               *pgxpool.Pool
	origin             string // web's
	stops              []func()
}

func open(ctx context.Context, s server) (*site, error) { return opened(ctx, s, (*site).open) }

// opened leaves nothing running when it fails.
func opened(ctx context.Context, on server, fill func(*site, context.Context, deployment) error) (*site, error) {
	site := &site{}
	database, drop, err := on.database(ctx)
	if err != nil {
		return nil, err
	}
	site.stops = append(site.stops, drop)
	d, err := deploy(ctx, database)
	if err == nil {
		err = fill(site, ctx, d)
	}
	if err != nil {
		site.close()
		return nil, err
	}
	return site, nil
}

func (s *site) open(ctx context.Context, d deployment) (err error) {
	if s.web, err = d.startWeb(ctx); err != nil {
		return err
	}
	s.stops = append(s.stops, s.web.stop)
	if s.behind, err = d.startAPI(ctx, d.apiAddr, d.webKeys()); err != nil {
		return err
	}
	s.stops = append(s.stops, s.behind.stop)
	s.origin = d.publicURL()
	var who person
	if s.chain, who, err = signUp(ctx, s.origin, writes); err != nil {
		return err
	}
	if err := s.openDirect(ctx, d, who); err != nil {
		return err
	}
	return s.openBare(ctx, d, who)
}

func (s *site) openDirect(ctx context.Context, d deployment, who person) error {
	keys, err := publish(ctx)
	if err != nil {
		return err
	}
	s.stops = append(s.stops, func() { _ = keys.server.Close() })
	minter, err := keys.minter(d)
	if err != nil {
		return err
	}
	addr, err := freeAddr(ctx)
	if err != nil {
		return err
	}
	if s.alone, err = d.startAPI(ctx, addr, keys.url); err != nil {
		return err
	}
	s.stops = append(s.stops, s.alone.stop)
	s.direct = newCaller("http://"+addr+"/v1", (&bearer{minter: minter, who: who}).authorize)
	return nil
}

func (s *site) openBare(ctx context.Context, d deployment, who person) error {
	all, err := readStatements(apiQueries, "BoardLock", "CardGet", "CardGapAtEnd", "CardGapAfter", "CardMove", "CardCreate",
		"ActivityCreate", "BoardGet", "ColumnListByBoard", "CardListByBoard", "LabelListByBoard")
	if err != nil {
		return err
	}
	if s.pool, err = postgres.Open(ctx, postgres.Config{URL: d.database, Schema: "kanban"}); err != nil {
		return err
	}
	s.stops = append(s.stops, s.pool.Close)
	s.bare = &bare{pool: s.pool, statements: all, boards: s.chain, person: who.ID}
	return nil
}

func (s *site) close() {
	for _, stop := range slices.Backward(s.stops) {
		stop()
	}
}

// walls are what the load works on: each way has its own.
type walls struct {
	read, create, busy *wall
	spread             []*wall
}

func putAll(ctx context.Context, w way) (walls, error) {
	all := make([]*wall, 3+spreadOver)
	for i := range all {
		var err error
		if all[i], err = put(ctx, w, fmt.Sprintf("Board %d", i+1)); err != nil {
			return walls{}, err
		}
	}
	return walls{read: all[0], create: all[1], busy: all[2], spread: all[3:]}, nil
}
