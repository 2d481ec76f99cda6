package main

import (
	"context"
	"fmt"
)

// accountsMany is how many people there are to sign in.
const accountsMany = 200

// signIns measures signing in with a password: how often a second, and what web holds while a crowd does it.
func (b *bench) signIns(ctx context.Context) ([]table, error) {
	database, drop, err := b.server.database(ctx)
	if err != nil {
		return nil, err
	}
	defer drop()
	d, err := deploy(ctx, database)
	if err != nil {
		return nil, err
	}
	d.trusted = "127.0.0.1" // us, a proxy in front of many networks
	accounts, steady, err := b.steadySignIns(ctx, d)
	if err != nil {
		return nil, err
	}
	crowds, err := b.crowds(ctx, d, accounts)
	return []table{steady, crowds}, err
}

// steadySignIns also returns whom it signed up for that.
func (b *bench) steadySignIns(ctx context.Context, d deployment) ([]account, table, error) {
	web, err := d.startWeb(ctx)
	if err != nil {
		return nil, table{}, err
	}
	defer web.stop()
	visitor := newVisitor(d.publicURL())
	b.say("signing up %d people", accountsMany)
	accounts, err := newAccounts(ctx, visitor, accountsMany)
	if err != nil {
		return nil, table{}, err
	}
	coming := turns[account]{all: accounts}
	signIn := func(ctx context.Context) error { return coming.next().signIn(ctx, visitor) }
	t := table{
		title: "Sign-in", head: []string{"c", "/s", "p50 ms", "p99 ms"},
		notes: []string{fmt.Sprintf("`POST /api/auth/sign-in` at web with a right password (argon2id, 19 MiB, two passes), as JSON, until "+
			"the last byte, every answer 200; %d accounts take turns, each from a network of its own. Medians of %d rounds of %s.",
			accountsMany, b.rounds, b.cell)},
	}
	came, err := b.interleaved(ctx, "sign-in", repeat(1, signIn), repeat(32, signIn))
	if err != nil {
		return nil, table{}, err
	}
	for i, c := range []string{"1", "32"} {
		t.rows = append(t.rows, []string{c, fmt.Sprintf("%.0f", came[i].rate()), millis(came[i].p50()), millis(came[i].p99())})
	}
	return accounts, t, nil
}

// interleaved measures cells in turn, round after round, so that what else the machine does meets all of them.
func (b *bench) interleaved(ctx context.Context, what string, cells ...[]job) ([]outcomes, error) {
	all := make([]outcomes, len(cells))
	for round := range b.rounds {
		b.say("%s %d of %d", what, round+1, b.rounds)
		for i, jobs := range cells {
			measured, err := cell(ctx, jobs, b.cell)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], measured)
		}
	}
	return all, nil
}
