package filter

import "strings"

// nearestOf is the name that a word was perhaps meant to be: the one that it begins, or that is a third of it away at
// most; "" when there is none.
func nearestOf(word string, names []string) string {
	letters := []rune(word)
	least, nearest := (len(letters)+2)/3+1, ""
	for _, name := range names {
		away := distance(letters, []rune(name))
		if strings.HasPrefix(name, word) {
			away = 0
		}
		if away < least {
			least, nearest = away, name
		}
	}
	return nearest
}

// distance is how many letters have to be put in, taken out, changed or swapped with their neighbour to make one word of
// the other (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			changed := last[j-1]
			if a[i-1] != b[j-1] {
				changed++
			}
			row[j] = min(last[j]+1, row[j-1]+1, changed)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
