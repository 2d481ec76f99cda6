package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

var hues = [8]string{"hue-red", "hue-orange", "hue-yellow", "hue-green", "hue-teal", "hue-blue", "hue-violet", "hue-pink"}

// Hue is the class of the colour that an id keeps everywhere. The last byte decides: the first ones of a
// UUIDv7 are its time.
func Hue(id uuid.UUID) string { return hues[int(id[15])%len(hues)] }

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
