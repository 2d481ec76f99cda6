package rest

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
)

func TestRateLimitKeepsABoundedNumberOfPeople(t *testing.T) {
	t.Parallel()
	limit, err := newRateLimit(1)
	if err != nil {
		t.Fatal(err)
	}
	for range countedPeople + 1000 {
		if err := limit.admit(uuid.New()); err != nil {
			t.Fatal(err)
		}
	}
	if kept := limit.people.Len(); kept > countedPeople {
		t.Errorf("%d people are kept", kept)
	}
}

func TestRateLimitCountsRequestsAtOnce(t *testing.T) {
	t.Parallel()
	limit, err := newRateLimit(10)
	if err != nil {
		t.Fatal(err)
	}
	var passed atomic.Int64
	var all sync.WaitGroup
	person := uuid.New()
	for range 200 {
		all.Go(func() {
			if limit.admit(person) == nil {
				passed.Add(1)
			}
		})
	}
	all.Wait()
	if got := passed.Load(); got < 20 || got > 25 { // a burst of 20, and what a slow machine's time adds
		t.Errorf("%d of 200 passed", got)
	}
}
