package main

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestCrowdCountsWhoIsToldToComeAgain(t *testing.T) {
	t.Parallel()
	var c crowd
	busy := &refusal{request: "POST /api/auth/sign-in", status: 503, want: 200, said: `{"code":"busy"}`}
	if err := c.count([]error{nil, busy, nil, nil, busy}); err != nil || c.signedIn != 3 || c.busy != 2 {
		t.Errorf("got %d and %d, %v", c.signedIn, c.busy, err)
	}
	for _, other := range []error{&refusal{status: 429, want: 200}, &refusal{status: 503, want: 200, said: `{"code":"database_away"}`}, errors.New("the connection broke")} {
		if err := c.count([]error{nil, other}); !errors.Is(err, other) {
			t.Errorf("%v: got %v", other, err)
		}
	}
}

func TestCrowdTableHasTheMedians(t *testing.T) {
	t.Parallel()
	b := bench{options: options{rounds: 3}}
	got := b.crowdTable([]crowd{
		{size: 50, signedIn: 50, took: time.Second, rest: 10e6, peak: 70e6, after: 60e6},
		{size: 200, signedIn: 200, busy: 0, took: time.Second, rest: 10e6, peak: 90e6, after: 70e6},
		{size: 200, signedIn: 150, busy: 50, took: 3 * time.Second, rest: 11e6, peak: 80e6, after: 60e6},
		{size: 200, signedIn: 180, busy: 20, took: 2 * time.Second, rest: 12e6, peak: 100e6, after: 80e6},
	}).rows
	want := [][]string{
		{"50", "50", "0", "1.0 s", "10.0 MB", "70.0 MB", "60.0 MB"},
		{"200", "180", "20", "2.0 s", "11.0 MB", "90.0 MB", "70.0 MB"},
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v", got)
	}
}
