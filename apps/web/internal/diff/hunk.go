package diff

import "slices"

// hunk is a part of one list that another has otherwise: the first's from lo to hi is the second's from toLo to toHi.
type hunk struct{ lo, hi, toLo, toHi int }

// differMax is how many things may differ before all between the first and the last of them is one hunk. The work grows
// with it times the length, the room with its square.
const differMax = 600

// hunks lists where two lists differ, in order, with at least one thing in between that they share.
func hunks(a, b []string) []hunk {
	lo, hi, toHi := 0, len(a), len(b)
	for lo < hi && lo < toHi && a[lo] == b[lo] {
		lo++
	}
	for hi > lo && toHi > lo && a[hi-1] == b[toHi-1] {
		hi, toHi = hi-1, toHi-1
	}
	var list []hunk
	from := pair{lo, lo}
	for _, p := range append(shared(a[lo:hi], b[lo:toHi]), pair{hi - lo, toHi - lo}) {
		if to := (pair{lo + p.a, lo + p.b}); to != from {
			list = append(list, hunk{from.a, to.a, from.b, to.b})
		}
		from = pair{lo + p.a + 1, lo + p.b + 1}
	}
	return list
}

// pair is a thing that two lists share, by where it stands in each.
type pair struct{ a, b int }

// shared finds a longest common subsequence, in order (E. Myers, An O(ND) Difference Algorithm, 1986); none when the lists
// differ in too much.
func shared(a, b []string) []pair {
	most := min(len(a)+len(b), differMax)
	reach := make([]int, 2*most+3) // how far one gets in a, by diagonal
	at := func(k int) *int { return &reach[most+1+k] }
	var trail [][]int // what reach was before each step
	for d := 0; d <= most; d++ {
		trail = append(trail, slices.Clone(reach[most-d:most+d+3]))
		for k := -d; k <= d; k += 2 {
			x := *at(k + 1)
			if k != -d && (k == d || *at(k - 1) >= x) {
				x = *at(k - 1) + 1
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			if *at(k) = x; x >= len(a) && x-k >= len(b) {
				return walkBack(trail, len(a), len(b))
			}
		}
	}
	return nil
}

// walkBack collects what was shared on the way to the end of both lists.
func walkBack(trail [][]int, x, y int) []pair {
	var pairs []pair
	for d := len(trail) - 1; d >= 0; d-- {
		reach := func(k int) int { return trail[d][d+1+k] }
		k := x - y
		from := k + 1
		if k != -d && (k == d || reach(k-1) >= reach(k+1)) {
			from = k - 1
		}
		fromX := reach(from)
		for x > fromX && y > fromX-from {
			x, y = x-1, y-1
			pairs = append(pairs, pair{x, y})
		}
		x, y = fromX, fromX-from
	}
	slices.Reverse(pairs)
	return pairs
}
