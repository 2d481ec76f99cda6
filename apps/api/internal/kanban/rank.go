package kanban

import (
	"slices"
	"strings"
)

// A rank is a string whose byte order is the order of the cards. It has a whole part and perhaps a fraction.
// The whole part is a letter that tells how many digits follow ('a' one, 'b' two … 'z' 26; downwards from zero
// 'Z' one, 'Y' two … 'A' 26) and those digits in base 62. So a card at an end gets the next whole number, which
// stays short however many there are, and only a card between two neighbours needs a digit of fraction now and
// then. A rank is kept between its neighbours' for ever, so a move writes one row.

const (
	digits    = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	firstRank = "a0"

	// rankLimit is the length at which a column's ranks are given out anew.
	rankLimit = 48
)

// Gap is a place between two ranks; "" stands for no neighbour on that side.
type Gap struct{ Low, High string }

// holds reports whether a rank lies inside the gap.
func (g Gap) holds(rank string) bool {
	return rank > g.Low && (g.High == "" || rank < g.High)
}

// rankAt finds a rank for a place: the present one of a thing that stands there already ("" for none), else a new
// one. When the place has become so narrow that ranks grow long, renew gives all of the list fresh ones first.
func rankAt(present string, place func() (Gap, error), renew func() error) (string, error) {
	gap, err := place()
	if err != nil {
		return "", err
	}
	if present != "" && gap.holds(present) {
		return present, nil
	}
	if rank := rankIn(gap); len(rank) <= rankLimit {
		return rank, nil
	}
	if err := renew(); err != nil {
		return "", err
	}
	return rankAt("", place, renew)
}

// ranksAt finds n ranks in order for a place where none of the things stands that go there, as rankAt does.
func ranksAt(n int, place func() (Gap, error), renew func() error) ([]string, error) {
	gap, err := place()
	if err != nil {
		return nil, err
	}
	fresh := ranksIn(gap, n)
	if !slices.ContainsFunc(fresh, func(rank string) bool { return len(rank) > rankLimit }) {
		return fresh, nil
	}
	if err := renew(); err != nil {
		return nil, err
	}
	return ranksAt(n, place, renew)
}

// rankIn returns a rank strictly inside a gap whose Low is below its High.
func rankIn(gap Gap) string {
	switch {
	case gap.Low == "" && gap.High == "":
		return firstRank
	case gap.Low == "":
		return rankBelow(gap.High)
	case gap.High == "":
		return rankAbove(gap.Low)
	}
	low, high := whole(gap.Low), whole(gap.High)
	if low == high {
		return low + fractionBetween(gap.Low[len(low):], gap.High[len(high):])
	}
	if next, ok := step(low, +1); ok && next < gap.High {
		return next
	}
	return low + fractionBetween(gap.Low[len(low):], "")
}

// ranks returns n ranks in order, all above low.
func ranks(low string, n int) []string {
	out := make([]string, n)
	for i := range out {
		low = rankIn(Gap{Low: low})
		out[i] = low
	}
	return out
}

// ranksIn returns n ranks in order, all strictly inside a gap. Between two neighbours each takes the middle of what is
// left, so that a hundred need no more than a few digits.
func ranksIn(gap Gap, n int) []string {
	switch {
	case n == 0:
		return nil
	case gap.High == "":
		return ranks(gap.Low, n)
	case gap.Low == "":
		return ranksBelow(gap.High, n)
	}
	middle := rankIn(gap)
	below := ranksIn(Gap{Low: gap.Low, High: middle}, n/2)
	return append(append(below, middle), ranksIn(Gap{Low: middle, High: gap.High}, n-n/2-1)...)
}

func ranksBelow(high string, n int) []string {
	out := make([]string, n)
	for i := range out {
		high = rankIn(Gap{High: high})
		out[n-1-i] = high
	}
	return out
}

func rankAbove(low string) string {
	w := whole(low)
	if next, ok := step(w, +1); ok {
		return next
	}
	return w + fractionBetween(low[len(w):], "")
}

func rankBelow(high string) string {
	w := whole(high)
	if w < high {
		return w
	}
	if next, ok := step(w, -1); ok {
		return next
	}
	return w + fractionBetween("", high[len(w):])
}

// whole cuts off a rank's fraction.
func whole(rank string) string { return rank[:1+wholeDigits(rank[0])] }

func wholeDigits(head byte) int {
	if head >= 'a' {
		return int(head-'a') + 1
	}
	return int('Z'-head) + 1
}

// step adds +1 or -1 to a whole part; false where there are no more of them.
func step(w string, by int) (string, bool) {
	out := []byte(w)
	from, to := digits[len(digits)-1], digits[0]
	if by < 0 {
		from, to = to, from
	}
	for i := len(out) - 1; i > 0; i-- {
		if out[i] != from {
			out[i] = digits[strings.IndexByte(digits, out[i])+by]
			return string(out), true
		}
		out[i] = to
	}
	return longer(out[0], by, to)
}

// longer returns the first whole part beyond all those with the given head.
func longer(head byte, by int, fill byte) (string, bool) {
	switch {
	case head == 'Z' && by > 0:
		return firstRank, true
	case head == 'a' && by < 0:
		return "Z" + string(digits[len(digits)-1]), true
	case head == 'z' && by > 0, head == 'A' && by < 0:
		return "", false
	}
	next := byte(int(head) + by)
	return string(next) + strings.Repeat(string(fill), wholeDigits(next)), true
}

// fractionBetween returns a fraction strictly between two, neither of them ending in the lowest digit;
// low may be "" for zero and high "" for one.
func fractionBetween(low, high string) string {
	var out []byte
	for i := 0; ; i++ {
		l, h := 0, len(digits)
		if i < len(low) {
			l = strings.IndexByte(digits, low[i])
		}
		if high != "" && i < len(high) {
			h = strings.IndexByte(digits, high[i])
		}
		if l == h {
			out = append(out, digits[l])
			continue
		}
		if middle := (l + h) / 2; middle > l {
			return string(append(out, digits[middle]))
		}
		// The digits are neighbours: keep the lower one, after which every higher fraction will do.
		out = append(out, digits[l])
		high = ""
	}
}
