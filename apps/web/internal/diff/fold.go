package diff

// Block is some lines that follow on each other; those of a folded one are far from any change.
type Block struct {
	Lines  []Line
	Folded bool
	Count  int // of the lines in it, though some may stand together as one (see bound.go)
}

// around is how many lines stay to be seen on each side of a change.
const around = 2

// foldMin is how many lines are worth folding: the words in their place take one themselves.
const foldMin = 4

// Fold parts the lines near a change from longer stretches of the same.
func Fold(lines []Line) []Block {
	near := make([]bool, len(lines))
	for i, line := range lines {
		if line.Op == Same {
			continue
		}
		for j := max(0, i-around); j <= min(len(lines)-1, i+around); j++ {
			near[j] = true
		}
	}
	return blocks(lines, near)
}

func blocks(lines []Line, near []bool) []Block {
	var all []Block
	for at := 0; at < len(lines); {
		end := at
		for end < len(lines) && near[end] == near[at] {
			end++
		}
		folded := !near[at] && end-at >= foldMin
		if n := len(all) - 1; n >= 0 && !folded && !all[n].Folded {
			all[n].Lines = append(all[n].Lines, lines[at:end]...)
			all[n].Count += end - at
		} else {
			all = append(all, Block{Lines: lines[at:end:end], Folded: folded, Count: end - at})
		}
		at = end
	}
	return bounded(all, len(lines))
}

// Base is a text that others were written over: its lines, folded where none of them has it otherwise.
func Base(text string, others ...string) []Block {
	base := split(text)
	near := make([]bool, len(base))
	for _, other := range others {
		for _, h := range hunks(base, split(other)) {
			for i := max(0, h.lo-around); i < min(len(base), h.hi+around); i++ {
				near[i] = true
			}
		}
	}
	return blocks(whole(nil, Same, base), near)
}

// plainMax is how many lines of a text without changes are shown.
const plainMax = 6

// Plain is a text that nothing was changed in: its first lines, and the rest folded.
func Plain(text string) []Block {
	lines := split(text)
	near := make([]bool, len(lines))
	for i := range min(plainMax, len(near)) {
		near[i] = true
	}
	return blocks(whole(nil, Same, lines), near)
}
