package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.Fields(name)
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return firstLetter(words[0])
	default:
		return firstLetter(words[0]) + firstLetter(words[len(words)-1])
	}
}

func firstLetter(word string) string {
	letter, _ := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(letter))
}
