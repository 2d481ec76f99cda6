package diff

import "strings"

// Line is one of a text, as it stayed, went, came, or was changed within. But for a changed one it is a single piece.
type Line struct {
	Op     Op
	Pieces []Piece
}

// Lines tells how one text became another. Lines that say much the same are told as changed, others as gone and new.
func Lines(old, now string) []Line {
	was, is := split(old), split(now)
	var lines []Line
	at := 0
	for _, h := range hunks(was, is) {
		lines = whole(lines, Same, was[at:h.lo])
		lines = append(lines, replaced(was[h.lo:h.hi], is[h.toLo:h.toHi])...)
		at = h.hi
	}
	return whole(lines, Same, was[at:])
}

// split makes lines of a text; of none, none.
func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func whole(lines []Line, op Op, texts []string) []Line {
	for _, text := range texts {
		lines = append(lines, Line{op, []Piece{{op, text}}})
	}
	return lines
}

// replaced tells of lines that took the place of others, those that resemble each other side by side.
func replaced(old, now []string) []Line {
	var lines []Line
	from := pair{}
	for _, p := range append(alike(old, now), pair{len(old), len(now)}) {
		lines = whole(lines, Gone, old[from.a:p.a])
		lines = whole(lines, New, now[from.b:p.b])
		if p.a < len(old) {
			lines = append(lines, Line{Changed, Words(old[p.a], now[p.b])})
		}
		from = pair{p.a + 1, p.b + 1}
	}
	return lines
}

// compareMax is how many pairs of lines are compared, and compareBytes how long those are, each of the old as often as there are new;
// with more, none are.
const (
	compareMax   = 2500
	compareBytes = 100 * compareMax
)

// alike pairs lines that resemble each other, in order, so that they do so the most.
func alike(old, now []string) []pair {
	if len(old)*len(now) == 0 || len(old)*len(now) > compareMax || len(strings.Join(old, ""))*len(now) > compareBytes {
		return nil
	}
	best := make([][]float64, len(old)+1) // from a line of each on
	like := make([][]float64, len(old))
	best[len(old)] = make([]float64, len(now)+1)
	was, is := bags(old), bags(now)
	for a := len(old) - 1; a >= 0; a-- {
		best[a], like[a] = make([]float64, len(now)+1), make([]float64, len(now))
		for b := len(now) - 1; b >= 0; b-- {
			best[a][b] = max(best[a+1][b], best[a][b+1])
			if like[a][b] = was[a].likeness(is[b]); like[a][b] >= resembles {
				best[a][b] = max(best[a][b], best[a+1][b+1]+like[a][b])
			}
		}
	}
	var pairs []pair
	for a, b := 0, 0; a < len(old) && b < len(now); {
		switch best[a][b] {
		case best[a+1][b]:
			a++
		case best[a][b+1]:
			b++
		default:
			pairs = append(pairs, pair{a, b})
			a, b = a+1, b+1
		}
	}
	return pairs
}

// resembles is the part of two lines' words that they must share to be one line that was changed.
const resembles = 0.4

// bag counts the words of a line.
type bag struct {
	words map[string]int
	size  int
}

func bags(lines []string) []bag {
	all := make([]bag, len(lines))
	for i, line := range lines {
		all[i].words = map[string]int{}
		for _, word := range words(line) {
			if strings.TrimSpace(word) != "" {
				all[i].words[word]++
				all[i].size++
			}
		}
	}
	return all
}

func (b bag) likeness(other bag) float64 {
	shared := 0
	for word, n := range b.words {
		shared += min(n, other.words[word])
	}
	return 2 * float64(shared) / float64(max(1, b.size+other.size))
}
