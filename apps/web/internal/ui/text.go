package ui

import (
	"strconv"
	"strings"
)

// Line makes one line of what was typed or pasted into a title's field.
func Line(typed string) string { return strings.Join(strings.Fields(typed), " ") }

// Opened is a text as it stands in a <textarea>: the parser drops the line end right after the tag, so a first
// empty line is written twice.
func Opened(text string) string {
	if strings.HasPrefix(text, "\n") || strings.HasPrefix(text, "\r\n") {
		return "\n" + text
	}
	return text
}

// Capital makes a word of the interface begin a line.
func Capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// Plural counts things in words: "1 card", "3 cards".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
