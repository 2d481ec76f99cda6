package main

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// median is the middle one of the values, the upper of two; 0 for none.
func median[T cmp.Ordered](values []T) T {
	var zero T
	if len(values) == 0 {
		return zero
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// percentile is the smallest of the sorted times that at least p percent of them don't exceed (the
// nearest rank); 0 for none.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

// share is the part of the sorted times that are no longer than a bound, from 0 to 1; 0 for none.
func share(sorted []time.Duration, bound time.Duration) float64 {
	if len(sorted) == 0 {
		return 0
	}
	within, _ := slices.BinarySearch(sorted, bound+1)
	return float64(within) / float64(len(sorted))
}
