package main

import "testing"

func TestLookUpsMustBeWhereTheyAreSaidToBe(t *testing.T) {
	t.Parallel()
	var l tally
	l.asked.Store(1000)
	l.kept.Store(2000)
	for counted, right := range map[int64]bool{999: false, 1000: true, 1100: true, 1101: false, 3000: false, 0: false} {
		if err := l.check(counted); (err == nil) != right {
			t.Errorf("%d: %v", counted, err)
		}
	}
}
