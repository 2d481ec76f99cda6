package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/token"
)

// tokens measures what every request through web pays for: a token minted, and verified by the api's guard.
func (b *bench) tokens(ctx context.Context) ([]table, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // the collector's work counts too
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	kinds, err := tokenKinds(ctx)
	if err != nil {
		return nil, err
	}
	t := table{
		title: "Tokens",
		head:  []string{"", "minted /s/core", "p50 µs", "verified /s/core", "p50 µs"},
		notes: []string{fmt.Sprintf("On one core (GOMAXPROCS=1); medians of %d rounds of %s. EdDSA: the keys that web publishes, "+
			"HS512: a shared secret.", b.rounds, b.cell)},
	}
	for _, kind := range kinds {
		b.say("tokens by %s", kind.name)
		minted, err := b.rounded(ctx, kind.mint)
		if err != nil {
			return nil, err
		}
		verified, err := b.rounded(ctx, kind.verify)
		if err != nil {
			return nil, err
		}
		t.rows = append(t.rows, []string{
			kind.name, fmt.Sprintf("%.0f", minted.rate()), micros(minted.p50()), fmt.Sprintf("%.0f", verified.rate()), micros(verified.p50()),
		})
	}
	return []table{t}, nil
}

// rounded measures one job alone.
func (b *bench) rounded(ctx context.Context, do job) (outcomes, error) {
	var all outcomes
	for range b.rounds {
		measured, err := cell(ctx, []job{do}, b.cell)
		if err != nil {
			return nil, err
		}
		all = append(all, measured)
	}
	return all, nil
}

// tokenKind is one of the two ways to sign.
type tokenKind struct {
	name         string
	mint, verify job
}

func tokenKinds(ctx context.Context) ([]tokenKind, error) {
	const issuer = "https://cardwall.example.org"
	published, err := publish(ctx)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = published.server.Close() })
	known, err := token.NewKeys(token.KeysConfig{URL: published.url})
	if err != nil {
		return nil, err
	}
	go known.Run(ctx)
	tick := time.NewTicker(readyPoll)
	defer tick.Stop()
	for !known.Ready() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	secret := []byte(strings.Repeat("for a measurement only, ", 3))
	eddsa, err := newTokenKind("EdDSA",
		token.MinterConfig{Issuer: issuer, Audience: audience, Key: &published.signing},
		token.VerifierConfig{Issuer: issuer, Audience: audience, Keys: known})
	if err != nil {
		return nil, err
	}
	hs512, err := newTokenKind("HS512",
		token.MinterConfig{Issuer: issuer, Audience: audience, Secret: secret},
		token.VerifierConfig{Issuer: issuer, Audience: audience, Secret: secret})
	return []tokenKind{eddsa, hs512}, err
}

func newTokenKind(name string, mint token.MinterConfig, verify token.VerifierConfig) (tokenKind, error) {
	minter, err := token.NewMinter(mint)
	if err != nil {
		return tokenKind{}, err
	}
	who := token.Person{ID: uuid.New(), SessionID: uuid.NewString(), Name: "Bench", Email: "bench@example.org"}
	var raw string
	var until time.Time
	return tokenKind{
		name: name,
		mint: func(context.Context) error {
			_, err := minter.Mint(who)
			return err
		},
		verify: func(ctx context.Context) (err error) {
			if now := time.Now(); now.After(until) {
				until = now.Add(token.Life / 2)
				if raw, err = minter.Mint(who); err != nil {
					return err
				}
			}
			verifier, err := token.NewVerifier(verify) // one that hasn't seen the token yet
			if err != nil {
				return err
			}
			person, err := verifier.Verify(ctx, raw)
			if err == nil && person.ID != who.ID {
				err = errors.New("the token speaks for somebody else")
			}
			return err
		},
	}, nil
}
