package main

import (
	"sync"
	"testing"
)

func TestEachComesAfterAllTheOthers(t *testing.T) {
	t.Parallel()
	three := turns[string]{all: []string{"a", "b", "c"}}
	got := ""
	for range 7 {
		got += three.next()
	}
	if got != "abcabca" {
		t.Errorf("got %s", got)
	}
}

func TestManyTakeTurnsWithoutMeeting(t *testing.T) {
	t.Parallel()
	taken := make([]int, 64)
	all := turns[*int]{}
	for i := range taken {
		all.all = append(all.all, &taken[i])
	}
	var wg sync.WaitGroup
	for range taken {
		wg.Go(func() { *all.next()++ })
	}
	wg.Wait()
	for i, n := range taken {
		if n != 1 {
			t.Errorf("%d was given %d times", i, n)
		}
	}
}
