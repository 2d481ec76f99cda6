package kanban

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// nearFrom and nearTo are how many letters a word has that may be mistyped: of shorter ones, too many others are near.
const nearFrom, nearTo = 4, 24

// letters are those that one may have missed or put in the place of another, by a letter of the same alphabet.
var letters = []string{
	"abcdefghijklmnopqrstuvwxyzäöüé", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїє", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς",
}

// Near lists what a word may have been meant to be: itself, and what one letter too few or too many, a wrong one or two
// that are swapped make of it (Damerau-Levenshtein distance 1). A word that isn't of one alphabet is only itself.
func Near(word string) []string {
	alphabet := alphabetOf(word)
	if alphabet == "" {
		return []string{word}
	}
	n := utf8.RuneCountInString(word)
	w, seen := []rune(word), map[string]bool{}
	var near []string
	add := func(parts ...[]rune) {
		var b strings.Builder
		for _, part := range parts {
			b.WriteString(string(part))
		}
		if !seen[b.String()] {
			seen[b.String()] = true
			near = append(near, b.String())
		}
	}
	add(w)
	for i := range n + 1 {
		for _, c := range alphabet {
			add(w[:i], []rune{c}, w[i:])
			if i < n {
				add(w[:i], []rune{c}, w[i+1:])
			}
		}
		if i < n {
			add(w[:i], w[i+1:])
		}
		if i+1 < n {
			add(w[:i], []rune{w[i+1], w[i]}, w[i+2:])
		}
	}
	return near
}

// alphabetOf is the one that a word is written in; "" when it has none, or is too short or too long to be mistyped.
func alphabetOf(word string) string {
	if n := utf8.RuneCountInString(word); n < nearFrom || n > nearTo {
		return ""
	}
	for _, alphabet := range letters {
		if strings.Trim(word, alphabet) == "" {
			return alphabet
		}
	}
	return ""
}

// isNear reports whether a word is among those that Near lists for another, without listing them.
func isNear(word, other string) bool {
	a, b := []rune(word), []rune(other)
	if len(a) > len(b) {
		a, b = b, a
	}
	alphabet := alphabetOf(other)
	if alphabet == "" || strings.Trim(word, alphabet) != "" || len(b)-len(a) > 1 {
		return word == other
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	wrong := i == len(a) || slices.Equal(a[i+1:], b[i+1:])
	return wrong || (i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:]))
}
