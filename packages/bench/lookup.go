package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/packages/postgres"
)

// sessionsMany are twice as many as web keeps in memory: none is still there when its turn comes again.
const sessionsMany = 20_000

// sessions measures what finding a request's session costs web: kept in memory, asked of Postgres, and not at all.
func (b *bench) sessions(ctx context.Context) ([]table, error) {
	database, drop, err := b.server.database(ctx)
	if err != nil {
		return nil, err
	}
	defer drop()
	d, err := deploy(ctx, database)
	if err != nil {
		return nil, err
	}
	web, err := d.startWeb(ctx)
	if err != nil {
		return nil, err
	}
	defer web.stop()
	pool, err := postgres.Open(ctx, postgres.Config{URL: database, Schema: "auth"})
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	l, err := newLookUps(ctx, d.publicURL(), pool)
	if err != nil {
		return nil, err
	}
	kinds := l.kinds()
	var cells [][]job
	for _, kind := range kinds {
		cells = append(cells, kind.jobs[:1], kind.jobs)
	}
	took, err := b.interleaved(ctx, "sessions", cells...)
	if err != nil {
		return nil, err
	}
	web.stop() // its connections say then what they counted
	if err := l.settle(ctx); err != nil {
		return nil, err
	}
	return []table{b.sessionsTable(kinds, slices.Collect(slices.Chunk(took, 2)))}, nil
}

// lookUps are the ways to know whose session it is.
type lookUps struct {
	tally
	web      *caller
	pool     *pgxpool.Pool
	browsers turns[browser]
	find     statement
}

func newLookUps(ctx context.Context, web string, pool *pgxpool.Pool) (*lookUps, error) {
	l := &lookUps{web: newVisitor(web), pool: pool}
	all, err := readStatements(webQueries, "SessionFind")
	if err != nil {
		return nil, err
	}
	l.find = all["SessionFind"]
	who, err := newAccount(0).signUp(ctx, l.web)
	if err != nil {
		return nil, err
	}
	l.browsers.all, err = newBrowsers(ctx, pool, who.ID, sessionsMany)
	return l, err
}

// lookUpKind is a row of the table.
type lookUpKind struct {
	name string
	jobs []job // 32
}

func (l *lookUps) kinds() []lookUpKind {
	var kept []job
	for range 32 {
		own := l.browsers.next().at(l.web)
		kept = append(kept, func(ctx context.Context) error {
			l.kept.Add(1)
			return own.whoami(ctx, http.StatusOK)
		})
	}
	return []lookUpKind{
		{"no cookie, nothing to find: 401", repeat(32, func(ctx context.Context) error { return l.web.whoami(ctx, http.StatusUnauthorized) })},
		{"kept in memory", kept},
		{"asked of Postgres", repeat(32, func(ctx context.Context) error {
			l.asked.Add(1)
			return l.browsers.next().at(l.web).whoami(ctx, http.StatusOK)
		})},
		{"the statement alone, through pgx", repeat(32, l.bare)},
	}
}

func (c *caller) whoami(ctx context.Context, want int) error {
	return c.call(ctx, http.MethodGet, "/api/auth/session", nil, want, nil)
}

// bare is web's own statement, straight through pgx with a pool like web's.
func (l *lookUps) bare(ctx context.Context) error {
	l.asked.Add(1)
	rows, err := l.pool.Query(ctx, l.find.sql, l.find.arguments(values{
		"id_hash": l.browsers.next().hash, "idle": "7 days", "touch_every": "1 minute",
	})...)
	if err != nil {
		return err
	}
	found := rows.Next()
	rows.Close()
	if rows.Err() == nil && !found {
		return fmt.Errorf("SessionFind: no rows")
	}
	return rows.Err()
}

func (b *bench) sessionsTable(kinds []lookUpKind, took [][]outcomes) table {
	t := table{
		title: "Session look-up",
		head:  []string{"", "c=1 /s", "p50 / p99 µs", "c=32 /s", "p50 / p99 µs"},
		notes: []string{
			fmt.Sprintf("`GET /api/auth/session` at web, until the last byte. Kept: the same session again, which web asks for every 5 s. "+
				"Asked: each time another of %d sessions, twice as many as it keeps. Postgres' own count of look-ups bears both out. The statement: web's own, with a pool like web's (8 connections).", sessionsMany),
			fmt.Sprintf("Client, web and Postgres share this machine's cores. Medians of %d rounds of %s a cell, the rows taking turns.",
				b.rounds, b.cell),
		},
	}
	for i, kind := range kinds {
		row := []string{kind.name}
		for _, o := range took[i] {
			row = append(row, fmt.Sprintf("%.0f", o.rate()), micros(o.p50())+" / "+micros(o.p99()))
		}
		t.rows = append(t.rows, row)
	}
	return t
}
