package diff

import (
	"slices"
	"strings"
)

// Marks stand in a merged text around what both changed, each at the beginning of its part, and the last after them.
type Marks struct{ Mine, Theirs, End string }

// Lines of a merge that both changed begin and end with these.
var lineMarks = Marks{Mine: "▼ Written here", Theirs: "▼ Saved meanwhile", End: "▲"}

// MergeLines makes one text of two that were written over a third. Where both changed the same lines, both stand there
// between marks, and clean is false.
func MergeLines(base, mine, theirs string) (text string, clean bool) {
	old, ours, others := split(base), split(mine), split(theirs)
	a, b := side{ours, byLine(hunks(old, ours), old, ours)}, side{others, byLine(hunks(old, others), old, others)}
	lines, clean := merge(old, a, b, func(mine, theirs []string) []string {
		return slices.Concat([]string{lineMarks.Mine}, mine, []string{lineMarks.Theirs}, theirs, []string{lineMarks.End})
	})
	return strings.Join(lines, "\n"), clean
}

// MergeWords does so for lines, word by word; where both changed the same words, theirs come first, and a stroke between.
func MergeWords(base, mine, theirs string) (line string, clean bool) {
	old, ours, others := words(base), words(mine), words(theirs)
	all, clean := merge(old, side{ours, hunks(old, ours)}, side{others, hunks(old, others)}, func(mine, theirs []string) []string {
		return []string{strings.Join(theirs, ""), " / ", strings.Join(mine, "")}
	})
	return strings.Join(all, ""), clean
}

// Shared is what two texts have in common: the base of texts whose own isn't known, over which each only adds.
func Shared(a, b string) string {
	lines := split(a)
	var kept []string
	at := 0
	for _, h := range hunks(lines, split(b)) {
		kept = append(kept, lines[at:h.lo]...)
		at = h.hi
	}
	return strings.Join(append(kept, lines[at:]...), "\n")
}

// side is what one side made of the base, and where.
type side struct {
	text  []string
	hunks []hunk
}

// byLine parts what took the place of as many lines, each like the one before: who changed one of them is not in the way
// of who changed the next.
func byLine(list []hunk, old, now []string) []hunk {
	var all []hunk
	for _, h := range list {
		n := h.hi - h.lo
		if n != h.toHi-h.toLo || len(alike(old[h.lo:h.hi], now[h.toLo:h.toHi])) != n {
			all = append(all, h)
			continue
		}
		for i := range n {
			all = append(all, hunk{h.lo + i, h.lo + i + 1, h.toLo + i, h.toLo + i + 1})
		}
	}
	return all
}

func merge(base []string, mine, theirs side, both func(mine, theirs []string) []string) (merged []string, clean bool) {
	a, b := mine.hunks, theirs.hunks
	clean = true
	at := 0
	for len(a)+len(b) > 0 {
		lo, hi, n, m := clash(a, b)
		merged = append(merged, base[at:lo]...)
		ours, others := applied(base[lo:hi], lo, a[:n], mine.text), applied(base[lo:hi], lo, b[:m], theirs.text)
		switch {
		case m == 0 || slices.Equal(ours, others):
			merged = append(merged, ours...)
		case n == 0:
			merged = append(merged, others...)
		default:
			merged = append(merged, both(ours, others)...)
			clean = false
		}
		at, a, b = hi, a[n:], b[m:]
	}
	return append(merged, base[at:]...), clean
}

// clash takes the first hunk of two lists with all that it meets, in a chain: n of the one and m of the other.
func clash(a, b []hunk) (lo, hi, n, m int) {
	switch {
	case len(b) == 0 || (len(a) > 0 && before(a[0], b[0])):
		lo, hi, n = a[0].lo, a[0].hi, 1
	default:
		lo, hi, m = b[0].lo, b[0].hi, 1
	}
	for {
		switch {
		case n < len(a) && meets(a[n], lo, hi):
			hi, n = max(hi, a[n].hi), n+1
		case m < len(b) && meets(b[m], lo, hi):
			hi, m = max(hi, b[m].hi), m+1
		default:
			return lo, hi, n, m
		}
	}
}

func before(a, b hunk) bool { return a.lo < b.lo || (a.lo == b.lo && a.hi <= b.hi) }

// meets reports whether a hunk is about something between lo and hi too, or puts something in at the very same place.
func meets(h hunk, lo, hi int) bool { return h.lo < hi || (h.lo == lo && h.hi == lo && hi == lo) }

// applied is a part of the base as one side has it.
func applied(base []string, from int, list []hunk, side []string) []string {
	var out []string
	at := 0
	for _, h := range list {
		out = append(out, base[at:h.lo-from]...)
		out = append(out, side[h.toLo:h.toHi]...)
		at = h.hi - from
	}
	return append(out, base[at:]...)
}
