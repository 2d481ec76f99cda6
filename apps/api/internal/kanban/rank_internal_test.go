package kanban

import (
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRankStaysBetweenItsNeighbours(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var order []string
		for range rapid.IntRange(1, 300).Draw(t, "inserts") {
			at := rapid.IntRange(0, len(order)).Draw(t, "at")
			gap := Gap{}
			if at > 0 {
				gap.Low = order[at-1]
			}
			if at < len(order) {
				gap.High = order[at]
			}
			rank := rankIn(gap)
			if rank <= gap.Low || (gap.High != "" && rank >= gap.High) {
				t.Fatalf("%q is not inside %q", rank, gap)
			}
			if fraction := rank[len(whole(rank)):]; strings.HasSuffix(fraction, "0") {
				t.Fatalf("%q leaves no room below it", rank)
			}
			order = append(order[:at], append([]string{rank}, order[at:]...)...)
		}
	})
}

func TestRankAtAnEndStaysShort(t *testing.T) {
	t.Parallel()
	up := ranks("", 100_000)
	if !sort.StringsAreSorted(up) {
		t.Fatal("ranks at the foot are out of order")
	}
	if last := up[len(up)-1]; len(last) > 5 {
		t.Errorf("after 100,000 cards the rank is %q", last)
	}
	low := firstRank
	for range 100_000 {
		next := rankIn(Gap{High: low})
		if next >= low {
			t.Fatalf("%q is not below %q", next, low)
		}
		low = next
	}
	if len(low) > 5 {
		t.Errorf("after 100,000 cards at the top the rank is %q", low)
	}
}
