package main

import (
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []int
		want   int
	}{
		{nil, 0},
		{[]int{7}, 7},
		{[]int{9, 1, 5}, 5},
		{[]int{4, 1, 3, 2}, 3},
		{[]int{5, 100, 4, 6, 1}, 5},
	} {
		if got := median(c.values); got != c.want {
			t.Errorf("of %v: got %d, want %d", c.values, got, c.want)
		}
	}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, c := range []struct {
		sorted []time.Duration
		p      float64
		want   time.Duration
	}{
		{nil, 50, 0},
		{[]time.Duration{3}, 99, 3},
		{[]time.Duration{1, 2}, 50, 1},
		{[]time.Duration{1, 2}, 51, 2},
		{hundred, 0, 1},
		{hundred, 50, 50},
		{hundred, 99, 99},
		{hundred, 100, 100},
	} {
		if got := percentile(c.sorted, c.p); got != c.want {
			t.Errorf("%g %% of %d: got %d, want %d", c.p, len(c.sorted), got, c.want)
		}
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sorted []time.Duration
		bound  time.Duration
		want   float64
	}{
		{nil, 5, 0},
		{[]time.Duration{1, 2, 3, 4}, 2, .5},
		{[]time.Duration{2, 2, 2, 3}, 2, .75},
		{[]time.Duration{1, 2}, 9, 1},
		{[]time.Duration{1, 2}, 0, 0},
	} {
		if got := share(c.sorted, c.bound); got != c.want {
			t.Errorf("%d of %d: got %g, want %g", c.bound, c.sorted, got, c.want)
		}
	}
}
