package main

import "sync/atomic"

// turns gives out the same things again and again, each after all the others.
type turns[T any] struct {
	all   []T
	given atomic.Uint64
}

func (t *turns[T]) next() T {
	return t.all[(t.given.Add(1)-1)%uint64(len(t.all))]
}
